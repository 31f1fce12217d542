// Where print writes to: text gathered, encoded and handed on in blocks as stdio does it.

import type { Process } from '../../fs/process.ts';
import { Output } from '../output.ts';
import type { TextCodec } from '../text-codec.ts';

const BLOCK = 4096;

export class Sink {
  readonly #output: Output;
  readonly #codec: TextCodec;
  /** Terminals and standard error see every write at once. */
  readonly #direct: boolean;
  #text = '';

  constructor(process: Process, fd: number, codec: TextCodec) {
    this.#output = new Output(process, fd);
    this.#codec = codec;
    this.#direct = fd === 2 || process.tty(fd) !== undefined;
  }

  write(text: string): void {
    this.#text += text;
    if (this.#direct) this.start();
    else if (this.#text.length >= BLOCK) this.#hand();
  }

  /** A promise while the reader is slower than this writer. */
  caughtUp(): Promise<void> | undefined {
    return this.#output.caughtUp();
  }

  /** Begins to write what has been gathered; its failure shows at the next flush. */
  start(): void {
    this.flush().catch(() => {});
  }

  /** Throws FsError. */
  async flush(): Promise<void> {
    this.#hand();
    await this.#output.flush();
  }

  #hand(): void {
    if (this.#text === '') return;
    const bytes = this.#codec.encode(this.#text);
    this.#text = '';
    this.#output.bytes(bytes);
  }
}
