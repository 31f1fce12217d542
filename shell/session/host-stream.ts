// The streams of a headless run: open files inside the machine whose other end is outside. Writes go through at once
// and in order, so that what was written first to either of two streams arrives first.

import { fail } from '../fs/errno.ts';
import { makedev, S_IFIFO } from '../fs/mode.ts';
import type { OpenFile } from '../fs/open-file.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';

export type Sink = (bytes: Uint8Array) => void | Promise<void>;

/** An open file that reads from outside. */
export const openSource = (source: AsyncIterable<Uint8Array>): OpenFile => new HostSource(source);

/** An open file that writes to outside. */
export const openSink = (sink: Sink): OpenFile => new HostSink(sink);

/** To a program, either end looks like a pipe. */
abstract class HostStream implements OpenFile {
  readonly path = 'pipe:[0]';
  abstract flags: number;
  position = 0;
  references = 0;

  abstract read(process: Process, length: number): Uint8Array | Promise<Uint8Array>;
  abstract write(process: Process, bytes: Uint8Array): number | Promise<number>;

  stat(): Stat {
    return {
      dev: makedev(0, 14),
      ino: 0,
      mode: S_IFIFO | 0o600,
      kind: 'fifo',
      nlink: 1,
      uid: 0,
      gid: 0,
      rdev: 0,
      size: 0,
      blksize: 4096,
      blocks: 0,
      atime: 0n,
      mtime: 0n,
      ctime: 0n,
    };
  }

  /** The other end belongs to whoever started the run. */
  close(): void {}
}

const nothing = new Uint8Array(0);

class HostSource extends HostStream {
  flags: number = O.RDONLY;
  readonly #source: AsyncIterable<Uint8Array>;
  #chunks: AsyncIterator<Uint8Array> | undefined;
  #rest: Uint8Array = nothing;
  #ended = false;
  /** The chunk asked for, which outlives a reader that was interrupted. */
  #coming: Promise<void> | undefined;

  constructor(source: AsyncIterable<Uint8Array>) {
    super();
    this.#source = source;
  }

  read(process: Process, length: number): Uint8Array | Promise<Uint8Array> {
    if (this.#rest.length > 0 || this.#ended || length === 0) return this.#take(length);
    return this.#readSlowly(process, length);
  }

  write(): never {
    return fail('EBADF');
  }

  async #readSlowly(process: Process, length: number): Promise<Uint8Array> {
    while (this.#rest.length === 0 && !this.#ended) {
      this.#coming ??= this.#fetch();
      const coming = this.#coming;
      await process.block<void>((done) => {
        void coming.then(done);
        return () => {};
      });
    }
    return this.#take(length);
  }

  async #fetch(): Promise<void> {
    this.#chunks ??= this.#source[Symbol.asyncIterator]();
    const { value, done } = await this.#chunks.next();
    this.#coming = undefined;
    if (done) this.#ended = true;
    else this.#rest = value;
  }

  #take(length: number): Uint8Array {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }
}

class HostSink extends HostStream {
  flags: number = O.WRONLY;
  readonly #sink: Sink;

  constructor(sink: Sink) {
    super();
    this.#sink = sink;
  }

  read(): never {
    return fail('EBADF');
  }

  /** The bytes are the receiver's to keep: a copy, as write(2) makes one. */
  write(process: Process, bytes: Uint8Array): number | Promise<number> {
    process.checkpoint();
    const taken = this.#sink(bytes.slice());
    return taken === undefined ? bytes.length : taken.then(() => bytes.length);
  }
}
