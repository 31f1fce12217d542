// Where a container's stdout or stderr goes: line by line into its log, and at once to every client that is attached.

import { fail } from '../fs/errno.ts';
import type { OpenFile } from '../fs/open-file.ts';
import { O } from '../fs/open-flags.ts';
import { pipeStat } from '../fs/pipe-stat.ts';
import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';
import type { LogEntry } from './contract.ts';
import { appendLog } from './log-file.ts';

/** Docker cuts a line without an end after 16 KiB. */
const LINE_LIMIT = 16384;

export type Listener = (bytes: Uint8Array) => number | Promise<number>;

/** The write end of a pipe whose other end is dockerd. */
export class OutputStream implements OpenFile {
  readonly path = 'pipe:[docker]';
  flags: number = O.WRONLY;
  position = 0;
  references = 0;
  readonly listeners = new Set<Listener>();
  readonly #daemon: Process;
  readonly #id: string;
  readonly #logged: boolean;
  readonly #stream: LogEntry['stream'];
  #pending: Uint8Array[] = [];

  constructor(daemon: Process, id: string, stream: LogEntry['stream'], logged = true) {
    this.#daemon = daemon;
    this.#logged = logged;
    this.#id = id;
    this.#stream = stream;
  }

  read(): never {
    return fail('EBADF');
  }

  write(_process: Process, bytes: Uint8Array): number | Promise<number> {
    if (this.#logged) this.#log(bytes);
    const slow = [...this.listeners]
      .map((listener) => listener(bytes))
      .filter((written) => written instanceof Promise);
    return slow.length === 0 ? bytes.length : Promise.allSettled(slow).then(() => bytes.length);
  }

  stat(): Stat {
    return pipeStat(1, this.#daemon.kernel.clock.now());
  }

  /** Output that ended without a newline is logged as it is. */
  close(): void {
    const rest = this.#take();
    if (rest !== '') appendLog(this.#daemon, this.#id, this.#stream, rest);
  }

  #log(bytes: Uint8Array): void {
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      this.#pending.push(bytes.slice(start, end + 1));
      appendLog(this.#daemon, this.#id, this.#stream, this.#take());
      start = end + 1;
    }
    if (start < bytes.length) this.#pending.push(bytes.slice(start));
    if (this.#pending.reduce((sum, part) => sum + part.length, 0) >= LINE_LIMIT) this.close();
  }

  #take(): string {
    const text = Buffer.concat(this.#pending).toString('utf8');
    this.#pending = [];
    return text;
  }
}

const NEWLINE = 0x0a;
