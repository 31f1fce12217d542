// Values computed from the disk. They hold until any file of the machine changes; nothing here is a truth of its own.

import type { Kernel } from '../fs/kernel.ts';

export class WhileUnchanged {
  readonly #kernel: Kernel;
  readonly #values = new Map<string, unknown>();
  #generation = -1;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  get<Value>(key: string, compute: () => Value): Value {
    const { generation } = this.#kernel;
    if (generation !== this.#generation) this.#values.clear();
    this.#generation = generation;
    if (!this.#values.has(key)) this.#values.set(key, compute());
    return this.#values.get(key) as Value;
  }
}
