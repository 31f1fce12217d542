// Groups of equal lines, and which of their lines uniq prints.

import type { Output } from './output.ts';
import { byteCodec } from './text-codec.ts';

/** Where an empty line goes when groups are printed whole. */
export type GroupStyle = 'none' | 'separate' | 'prepend' | 'append' | 'both';

export interface UniqStyle {
  readonly count: boolean;
  readonly repeated: boolean;
  readonly unique: boolean;
  /** Whole groups are printed: all of them, or only those of several lines. */
  readonly all: 'groups' | 'repeated' | undefined;
  readonly grouping: GroupStyle;
}

export class UniqPrinter {
  readonly #out: Output;
  readonly #end: string;
  readonly #style: UniqStyle;
  #group: string[] = [];
  #key: string | undefined;
  #printed = 0;

  constructor(out: Output, end: string, style: UniqStyle) {
    this.#out = out;
    this.#end = end;
    this.#style = style;
  }

  add(line: string, key: string): void {
    if (key !== this.#key) {
      this.finish();
      this.#key = key;
    }
    this.#group.push(line);
  }

  /** Prints the group that is complete. */
  finish(): void {
    const group = this.#group;
    this.#group = [];
    const [first] = group;
    if (first === undefined) return;
    const { all, repeated, unique, count } = this.#style;
    const many = group.length > 1;
    if (all !== undefined) {
      if (all === 'groups' || many) this.#printGroup(group);
      return;
    }
    if ((repeated && !many) || (unique && many)) return;
    this.#write(`${count ? `${String(group.length).padStart(7)} ` : ''}${first}${this.#end}`);
  }

  #printGroup(group: readonly string[]): void {
    const { grouping } = this.#style;
    const first = this.#printed++ === 0;
    const before =
      grouping === 'prepend' || (grouping === 'separate' && !first) || (grouping === 'both' && first);
    const after = grouping === 'append' || grouping === 'both';
    const text = group.map((line) => line + this.#end).join('');
    this.#write(`${before ? this.#end : ''}${text}${after ? this.#end : ''}`);
  }

  #write(text: string): void {
    this.#out.bytes(byteCodec.encode(text));
  }
}
