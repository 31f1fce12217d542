// The real world's streams as open files of the machine: what a headless script reads and writes.

import { fail } from '../fs/errno.ts';
import type { OpenFile } from '../fs/open-file.ts';
import { O } from '../fs/open-flags.ts';
import { pipeStat } from '../fs/pipe-stat.ts';
import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';

/** Standard input, pulled from outside only when somebody reads. */
export class HostInput implements OpenFile {
  readonly path = 'pipe:[1]';
  flags: number = O.RDONLY;
  position = 0;
  references = 0;
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);
  #ended = false;
  #pulling: Promise<void> | undefined;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  read(process: Process, length: number): Uint8Array | Promise<Uint8Array> {
    if (this.#rest.length > 0 || this.#ended) return this.#take(length);
    return this.#readSlowly(process, length);
  }

  write = (): never => fail('EBADF');

  stat(): Stat {
    return pipeStat(1);
  }

  close(): void {}

  async #readSlowly(process: Process, length: number): Promise<Uint8Array> {
    while (this.#rest.length === 0 && !this.#ended) {
      this.#pulling ??= this.#pull();
      const pulled = this.#pulling;
      await process.block<void>((done) => {
        void pulled.then(() => done(undefined));
        return () => {};
      });
    }
    return this.#take(length);
  }

  async #pull(): Promise<void> {
    const { value, done } = await this.#source.next();
    this.#pulling = undefined;
    if (done) this.#ended = true;
    else this.#rest = value;
  }

  #take(length: number): Uint8Array {
    const taken = this.#rest.slice(0, length);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }
}

/** Standard output or error: every write goes out at once; a promise from outside holds the writer back. */
export class HostOutput implements OpenFile {
  readonly path: string;
  flags: number = O.WRONLY;
  position = 0;
  references = 0;
  readonly #ino: number;
  readonly #sink: (bytes: Uint8Array) => void | Promise<void>;

  constructor(ino: number, sink: (bytes: Uint8Array) => void | Promise<void>) {
    this.#ino = ino;
    this.#sink = sink;
    this.path = `pipe:[${ino}]`;
  }

  read = (): never => fail('EBADF');

  write(_process: Process, bytes: Uint8Array): number | Promise<number> {
    const slow = this.#sink(bytes);
    return slow === undefined ? bytes.length : slow.then(() => bytes.length);
  }

  stat(): Stat {
    return pipeStat(this.#ino);
  }

  close(): void {}
}
