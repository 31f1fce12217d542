// Pipes and fifos (pipe(7), fifo(7)): 64 KiB of bytes between writers and readers, with back-pressure.

import { fail } from './errno.ts';
import type { Spot } from './mount.ts';
import type { OpenFile } from './open-file.ts';
import { O } from './open-flags.ts';
import { pipeStat } from './pipe-stat.ts';
import type { Process } from './process.ts';
import type { Stat } from './stat.ts';

const CAPACITY = 65536;

/** What a pipe holds at one moment; its ends are counted by the descriptors that have them. */
export interface SavedPipe {
  readonly chunks: readonly Uint8Array[];
  readonly length: number;
  readonly hadReader: boolean;
  readonly hadWriter: boolean;
}

/** The buffer, and whoever waits at either end. */
export class Pipe {
  readers = 0;
  writers = 0;
  #chunks: Uint8Array[] = [];
  #length = 0;
  #waiting = new Set<() => void>();
  /** A named pipe waits for its other end to be opened for the first time (fifo(7)). */
  readonly #named: boolean;
  #hadReader = false;
  #hadWriter = false;

  constructor(named = false) {
    this.#named = named;
  }

  /** Whether nothing more will come: the writers have been, and are gone. */
  get atEnd(): boolean {
    return this.writers === 0 && (!this.#named || this.#hadWriter);
  }

  /** Whether nobody will ever read. */
  get isBroken(): boolean {
    return this.readers === 0 && (!this.#named || this.#hadReader);
  }

  join(reads: boolean, writes: boolean): void {
    if (reads) this.readers++;
    if (writes) this.writers++;
    this.#hadReader ||= reads;
    this.#hadWriter ||= writes;
    this.wake();
  }

  save(): SavedPipe {
    const [length, hadReader, hadWriter] = [this.#length, this.#hadReader, this.#hadWriter];
    return { chunks: [...this.#chunks], length, hadReader, hadWriter };
  }

  /** As it was, with `ends`, the descriptions that are open on it then. */
  restore(saved: SavedPipe, ends: readonly PipeEnd[]): void {
    this.#chunks = [...saved.chunks];
    this.#length = saved.length;
    this.#hadReader = saved.hadReader;
    this.#hadWriter = saved.hadWriter;
    this.readers = ends.filter((end) => (end.flags & O.ACCMODE) !== O.WRONLY).length;
    this.writers = ends.filter((end) => (end.flags & O.ACCMODE) !== O.RDONLY).length;
    this.wake();
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  get room(): number {
    return CAPACITY - this.#length;
  }

  put(bytes: Uint8Array): void {
    this.#chunks.push(bytes.slice());
    this.#length += bytes.length;
    this.wake();
  }

  take(length: number): Uint8Array {
    const out = new Uint8Array(Math.min(length, this.#length));
    let at = 0;
    while (at < out.length) {
      const chunk = this.#chunks[0] as Uint8Array;
      const part = chunk.subarray(0, out.length - at);
      out.set(part, at);
      at += part.length;
      if (part.length === chunk.length) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(part.length);
    }
    this.#length -= out.length;
    this.wake();
    return out;
  }

  /** Calls `check` at every change until it is forgotten. */
  onChange(check: () => void): () => void {
    this.#waiting.add(check);
    return () => this.#waiting.delete(check);
  }

  wake(): void {
    for (const check of [...this.#waiting]) check();
  }
}

let pipes = 0;

/** One end of a pipe. */
export class PipeEnd implements OpenFile {
  readonly path: string;
  flags: number;
  position = 0;
  references = 0;
  readonly pipe: Pipe;
  readonly fifo: Spot | undefined;
  readonly #ino: number;

  /** `fifo` is the file by which a named pipe was opened. */
  constructor(pipe: Pipe, flags: number, path = '', fifo?: Spot) {
    this.pipe = pipe;
    this.#ino = ++pipes;
    this.path = path || `pipe:[${this.#ino}]`;
    this.flags = flags;
    this.fifo = fifo;
    fifo?.mount.fs.hold(fifo.node);
    pipe.join((flags & O.ACCMODE) !== O.WRONLY, (flags & O.ACCMODE) !== O.RDONLY);
  }

  read(process: Process, length: number): Uint8Array | Promise<Uint8Array> {
    const pipe = this.pipe;
    if ((this.flags & O.ACCMODE) === O.WRONLY) fail('EBADF');
    if (!pipe.isEmpty || pipe.atEnd || length === 0) return pipe.take(length);
    if ((this.flags & O.NONBLOCK) !== 0) return pipe.writers === 0 ? pipe.take(0) : fail('EAGAIN');
    return this.#readSlowly(process, length);
  }

  async #readSlowly(process: Process, length: number): Promise<Uint8Array> {
    const pipe = this.pipe;
    while (pipe.isEmpty && !pipe.atEnd) await this.#change(process);
    return pipe.take(length);
  }

  write(process: Process, bytes: Uint8Array): number | Promise<number> {
    if ((this.flags & O.ACCMODE) === O.RDONLY) fail('EBADF');
    if (this.pipe.isBroken) return this.#broken(process);
    if (bytes.length <= this.pipe.room) {
      this.pipe.put(bytes);
      return bytes.length;
    }
    if ((this.flags & O.NONBLOCK) !== 0) fail('EAGAIN');
    return this.#writeSlowly(process, bytes);
  }

  async #writeSlowly(process: Process, bytes: Uint8Array): Promise<number> {
    const pipe = this.pipe;
    for (let at = 0; at < bytes.length; ) {
      if (pipe.isBroken) return this.#broken(process);
      const part = bytes.subarray(at, at + pipe.room);
      if (part.length > 0) pipe.put(part);
      at += part.length;
      if (at < bytes.length && pipe.room === 0) {
        await this.#change(process);
      }
    }
    return bytes.length;
  }

  #change(process: Process): Promise<void> {
    return process.block((done) => this.pipe.onChange(() => done(undefined)));
  }

  /** Nobody reads: SIGPIPE, and EPIPE for those who ignore it. */
  #broken(process: Process): never {
    process.raise('SIGPIPE');
    return fail('EPIPE');
  }

  stat(): Stat {
    if (this.fifo !== undefined) return this.fifo.mount.fs.stat(this.fifo.node);
    return pipeStat(this.#ino);
  }

  close(): void {
    this.fifo?.mount.fs.release(this.fifo.node);
    if ((this.flags & O.ACCMODE) !== O.WRONLY) this.pipe.readers--;
    if ((this.flags & O.ACCMODE) !== O.RDONLY) this.pipe.writers--;
    this.pipe.wake();
  }
}
