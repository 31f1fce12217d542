// The current record: $0, its fields, NF. Taken apart when somebody asks for a field, put together when for $0.

import { Input, type Value } from './value.ts';

export interface RecordSurroundings {
  split(text: string): string[];
  text(value: Value): string;
  outputSeparator(): string;
}

export class CurrentRecord {
  readonly #around: RecordSurroundings;
  #whole = new Input('');
  /** None: not taken apart yet. Field 1 is at 0. */
  #fields: Value[] | undefined;
  /** A field has changed since #whole was made. */
  #stale = false;

  constructor(around: RecordSurroundings) {
    this.#around = around;
  }

  /** $0. */
  get whole(): Input {
    if (this.#stale) {
      const { text, outputSeparator } = this.#around;
      this.#whole = new Input((this.#fields ?? []).map((field) => text(field)).join(outputSeparator()));
      this.#stale = false;
    }
    return this.#whole;
  }

  set whole(value: Input) {
    this.#whole = value;
    this.#fields = undefined;
    this.#stale = false;
  }

  get count(): number {
    return this.#parts().length;
  }

  /** NF set: fields are dropped, or empty ones added. */
  set count(count: number) {
    const fields = this.#parts();
    while (fields.length > count) fields.pop();
    while (fields.length < count) fields.push(undefined);
    this.#stale = true;
  }

  get(index: number): Value {
    return index === 0 ? this.whole : this.#parts()[index - 1];
  }

  set(index: number, value: Value): void {
    if (index === 0) {
      this.whole = value instanceof Input ? value : new Input(this.#around.text(value));
      return;
    }
    const fields = this.#parts();
    while (fields.length < index) fields.push(undefined);
    fields[index - 1] = value;
    this.#stale = true;
  }

  /** Takes the record apart by the separators of now, before they change. */
  settle(): void {
    this.#parts();
  }

  #parts(): Value[] {
    this.#fields ??= this.#around.split(this.#whole.text).map((text) => new Input(text));
    return this.#fields;
  }
}
