// A filter that collects without end must not take all memory of this machine.

/** More than this, in bytes, is like having no memory left. */
const MOST = 512 * 1024 * 1024;

/** There is no memory left; jq aborts. */
export class OutOfMemory extends Error {}

const used = (): number => process.memoryUsage().heapUsed;

export class Memory {
  readonly #before = used();

  /** Throws OutOfMemory. */
  check(): void {
    if (used() - this.#before > MOST) throw new OutOfMemory();
  }
}

/** JavaScript's error for a string, an array or a map that is too large; the other RangeError is about its stack. */
export const isTooLarge = (error: unknown): boolean =>
  error instanceof OutOfMemory || (error instanceof RangeError && !error.message.includes('call stack'));
