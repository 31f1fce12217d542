// Files and commands that a program has open, by name: those it writes to and those it reads from.

import type { FsError } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import { type ExitStatus, signals } from '../../fs/signal.ts';
import { attempt } from '../attempt.ts';
import type { TextCodec } from '../text-codec.ts';
import type { Patterns } from './pattern.ts';
import { RecordReader } from './record-reader.ts';
import { Sink } from './sink.ts';
import type { Redirect } from './syntax-tree.ts';

interface Stream {
  readonly fd: number;
  readonly sink?: Sink;
  readonly reader?: RecordReader;
  /** Of a command: its end. */
  readonly exited?: Promise<ExitStatus>;
}

const STANDARD: Readonly<Record<string, number>> = {
  '-': 1,
  '/dev/stdout': 1,
  '/dev/stderr': 2,
};

export class Streams {
  readonly output: Sink;
  readonly #process: Process;
  readonly #codec: TextCodec;
  readonly #patterns: Patterns;
  readonly #shell: string;
  /** `>name`, `|command`, `<name`, `!command` */
  readonly #open = new Map<string, Stream>();

  /** `shell`: what commands see as $0. */
  constructor(process: Process, codec: TextCodec, patterns: Patterns, shell: string) {
    this.#process = process;
    this.#codec = codec;
    this.#patterns = patterns;
    this.#shell = shell;
    this.output = new Sink(process, 1, codec);
  }

  /** The sink of a redirection; the first use opens it. Throws FsError. */
  sink(mode: Redirect['mode'], name: string): Sink {
    const key = mode === '|' ? `|${name}` : `>${name}`;
    const known = this.#open.get(key)?.sink;
    if (known !== undefined) return known;
    const standard = mode === '|' ? undefined : STANDARD[name];
    if (standard === 1) return this.output;
    const stream = mode === '|' ? this.#writeTo(name) : this.#openFile(mode, name, standard);
    this.#open.set(key, stream);
    return stream.sink;
  }

  #openFile(mode: '>' | '>>', name: string, standard: number | undefined): Stream & { sink: Sink } {
    const ways = O.WRONLY | O.CREAT | (mode === '>' ? O.TRUNC : O.APPEND);
    const fd = standard ?? this.#process.open(this.#codec.name(name), ways | O.CLOEXEC);
    return { fd, sink: new Sink(this.#process, fd, this.#codec) };
  }

  #writeTo(command: string): Stream & { sink: Sink } {
    const [read, write] = this.#process.pipe();
    this.#process.setCloseOnExec(write, true);
    const exited = this.#start(command, { 0: read, 1: 1, 2: 2 });
    this.#process.close(read);
    return { fd: write, sink: new Sink(this.#process, write, this.#codec), exited };
  }

  /** Where `getline < name` reads; the error when it cannot. */
  reader(name: string): RecordReader | FsError {
    const known = this.#open.get(`<${name}`)?.reader;
    if (known !== undefined) return known;
    const opened = attempt(() =>
      name === '-' || name === '/dev/stdin'
        ? 0
        : this.#process.open(this.#codec.name(name), O.RDONLY | O.CLOEXEC),
    );
    if (opened.error !== undefined) return opened.error;
    const reader = new RecordReader(this.#process, opened.value, this.#patterns);
    this.#open.set(`<${name}`, { fd: opened.value, reader });
    return reader;
  }

  /** Where `command | getline` reads. */
  commandReader(command: string): RecordReader {
    const known = this.#open.get(`!${command}`)?.reader;
    if (known !== undefined) return known;
    const [read, write] = this.#process.pipe();
    this.#process.setCloseOnExec(read, true);
    const exited = this.#start(command, { 0: 0, 1: write, 2: 2 });
    this.#process.close(write);
    const reader = new RecordReader(this.#process, read, this.#patterns);
    this.#open.set(`!${command}`, { fd: read, reader, exited });
    return reader;
  }

  /** Starts a command after what has been printed so far. */
  #start(command: string, fds: Record<number, number>): Promise<ExitStatus> {
    for (const sink of this.#sinks()) sink.start();
    const argv = [this.#shell, '-c', this.#codec.name(command)];
    const started = attempt(() => this.#process.spawn('/bin/sh', argv, { fds }).exited);
    return started.value ?? Promise.resolve({ code: 127 });
  }

  /** system(): the command's status. */
  async run(command: string): Promise<number> {
    await this.flush();
    return statusOf(await this.#start(command, { 0: 0, 1: 1, 2: 2 }));
  }

  *#sinks(): Generator<Sink> {
    yield this.output;
    for (const { sink } of this.#open.values()) if (sink !== undefined) yield sink;
  }

  async flush(): Promise<void> {
    for (const sink of this.#sinks()) await sink.flush();
  }

  /** Flushes what is open under that name; -1 when nothing is. */
  async flushOne(name: string): Promise<number> {
    const found = [`>${name}`, `|${name}`].flatMap((key) => this.#open.get(key)?.sink ?? []);
    if (STANDARD[name] === 1) found.push(this.output);
    for (const sink of found) await sink.flush();
    return found.length > 0 ? 0 : -1;
  }

  /** A promise while any reader is slower than this program. */
  caughtUp(): Promise<void> | undefined {
    for (const sink of this.#sinks()) {
      const pending = sink.caughtUp();
      if (pending !== undefined) return pending;
    }
    return undefined;
  }

  /** Closes all that is open under that name; the status of the last, -1 when nothing was. */
  async close(name: string): Promise<number> {
    let status = -1;
    for (const sign of ['>', '|', '<', '!']) {
      const stream = this.#open.get(sign + name);
      if (stream !== undefined) status = await this.#close(sign + name, stream);
    }
    return status;
  }

  async #close(key: string, { fd, sink, exited }: Stream): Promise<number> {
    this.#open.delete(key);
    await sink?.flush();
    if (fd > 2) this.#process.close(fd);
    return exited === undefined ? 0 : statusOf(await exited);
  }

  async closeAll(): Promise<void> {
    await this.flush();
    for (const [key, stream] of [...this.#open]) await this.#close(key, stream);
  }
}

/** As system and close of mawk and gawk give it: signals count from 256. */
const statusOf = ({ code, signal }: ExitStatus): number =>
  signal === undefined ? code : 256 + signals[signal];
