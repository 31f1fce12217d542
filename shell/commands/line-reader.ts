// Lines one at a time from several inputs at once: comm, join, paste.

import type { Process } from '../fs/process.ts';
import { lineBatches } from './input.ts';
import { byteCodec } from './text-codec.ts';

export class LineReader {
  readonly #batches: AsyncGenerator<Uint8Array[]>;
  readonly #end: string;
  #lines: readonly Uint8Array[] = [];
  #at = 0;

  constructor(process: Process, fd: number, end = '\n') {
    this.#batches = lineBatches(process, fd, end.charCodeAt(0));
    this.#end = end;
  }

  /** The next line as bytes in a string, without its terminator; undefined at the end. Throws FsError. */
  async next(): Promise<string | undefined> {
    if (this.#at === this.#lines.length) {
      const batch = await this.#batches.next();
      if (batch.done) return undefined;
      this.#lines = batch.value;
      this.#at = 0;
    }
    const line = byteCodec.decode(this.#lines[this.#at++] as Uint8Array);
    return line.endsWith(this.#end) ? line.slice(0, -1) : line;
  }
}
