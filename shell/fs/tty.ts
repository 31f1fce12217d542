// A terminal (tty(4), termios(3)): the line discipline between a keyboard and a screen outside and processes inside.

import { fail } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { makedev, S_IFCHR } from './mode.ts';
import type { OpenFile } from './open-file.ts';
import { O } from './open-flags.ts';
import type { Process, Terminal } from './process.ts';
import type { Signal } from './signal.ts';
import type { Stat } from './stat.ts';

type OutputListener = (bytes: Uint8Array) => void | Promise<void>;

const ETX = 0x03;
const EOT = 0x04;
const BS = 0x08;
const LF = 0x0a;
const CR = 0x0d;
const NAK = 0x15;
const SYN = 0x16;
const ETB = 0x17;
const SUB = 0x1a;
const FS = 0x1c;
const ESC = 0x1b;
const DEL = 0x7f;

/** ISIG: the keys that send signals to the foreground process group. */
/** With more processes than this nobody has started them by hand. */
const CROWD = 300;

const signalKeys: Readonly<Record<number, Signal>> = { [ETX]: 'SIGINT', [FS]: 'SIGQUIT', [SUB]: 'SIGTSTP' };

export interface TtyOptions {
  readonly columns: number;
  readonly rows: number;
  /** Number of the pseudo-terminal: 0 for /dev/pts/0. */
  readonly number?: number;
}

export class Tty implements Terminal {
  readonly name: string;
  columns: number;
  rows: number;
  /** ICANON: input comes in lines that can be edited with erase, kill and word-erase. */
  canonical = true;
  /** ECHO */
  echo = true;
  /** ISIG */
  signals = true;
  /** ICRNL: Enter, which sends CR, is read as LF. */
  crToNl = true;
  /** OPOST and ONLCR: LF is written as CR LF. */
  nlToCrNl = true;
  /** The process group that Ctrl-C goes to. */
  foreground = 0;
  readonly #kernel: Kernel;
  readonly #number: number;
  readonly #listeners = new Set<OutputListener>();
  readonly #waiting = new Set<() => void>();
  /** Input that a read may take now; in canonical mode whole lines, an empty one for end of file. */
  #ready: Uint8Array[] = [];
  /** The line being typed in canonical mode. */
  #line: number[] = [];
  #quoteNext = false;
  #hungUp = false;

  constructor(kernel: Kernel, options: TtyOptions) {
    this.#kernel = kernel;
    this.#number = options.number ?? 0;
    this.name = `/dev/pts/${this.#number}`;
    this.columns = options.columns;
    this.rows = options.rows;
  }

  /** Calls `listener` with what is to be seen; a promise it gives holds the writer back. */
  onOutput(listener: OutputListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Raw mode, as cfmakeraw(3) makes it; gives what puts the old settings back. */
  makeRaw(): () => void {
    const { canonical, echo, signals, crToNl, nlToCrNl } = this;
    if (canonical && this.#line.length > 0) this.#finish();
    // An end of file that was typed ahead is the key that it was.
    this.#ready = this.#ready.map((bytes) => (bytes.length === 0 ? Uint8Array.of(EOT) : bytes));
    Object.assign(this, { canonical: false, echo: false, signals: false, crToNl: false, nlToCrNl: true });
    return () => {
      Object.assign(this, { canonical, echo, signals, crToNl, nlToCrNl });
      this.#readAgain();
      this.#wake();
    };
  }

  /** What was typed ahead in raw mode is edited like what comes from now on. The echo was due when it came. */
  #readAgain(): void {
    if (!this.canonical) return;
    const typed = this.#ready;
    const { echo } = this;
    this.#ready = [];
    this.echo = false;
    for (const bytes of typed) for (const byte of bytes) this.#key(byte);
    this.echo = echo;
  }

  /** Keys from outside, as a terminal sends them. */
  input(bytes: Uint8Array): void {
    if (this.#kernel.processes.size > CROWD && bytes.includes(ETX)) this.#disperse();
    for (const byte of bytes) this.#key(byte);
    this.#wake();
  }

  resize(columns: number, rows: number): void {
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    this.#signal('SIGWINCH');
  }

  /** The terminal has gone: reads end, processes on it get SIGHUP. */
  hangUp(): void {
    this.#hungUp = true;
    for (const process of [...this.#kernel.processes.values()]) {
      if (process.terminal !== this) continue;
      process.raise('SIGHUP');
      process.raise('SIGCONT');
    }
    this.#wake();
  }

  open(path: string, flags: number): OpenFile {
    return new TtyFile(this, path, flags);
  }

  /** Whether a read would find something at once. */
  get hasInput(): boolean {
    return this.#ready.length > 0;
  }

  /** Up to `length` bytes of input, as they come; empty at the end of the file. */
  read(process: Process, length: number, nonBlocking: boolean): Uint8Array | Promise<Uint8Array> {
    if (this.#isInBackground(process)) return this.#readFromBackground(process, length, nonBlocking);
    const ready = this.#take(length);
    if (ready !== undefined) return ready;
    return nonBlocking ? fail('EAGAIN') : this.#readSlowly(process, length);
  }

  /** Shows bytes on the screen. */
  write(bytes: Uint8Array): number | Promise<number> {
    if (this.#hungUp) fail('EIO');
    const shown = this.nlToCrNl ? withCarriageReturns(bytes) : bytes;
    const slow = [...this.#listeners]
      .map((listener) => listener(shown))
      .filter((result) => result !== undefined);
    return slow.length === 0 ? bytes.length : Promise.all(slow).then(() => bytes.length);
  }

  /** Throws away what has been typed and not read, as Ctrl-C does. */
  flushInput(): void {
    this.#ready = [];
    this.#line = [];
  }

  stat(): Stat {
    const now = this.#kernel.clock.now();
    return {
      dev: makedev(0, 24),
      ino: this.#number + 3,
      mode: S_IFCHR | 0o620,
      kind: 'char',
      nlink: 1,
      uid: 1000,
      gid: 5,
      rdev: makedev(136, this.#number),
      size: 0,
      blksize: 1024,
      blocks: 0,
      atime: now,
      mtime: now,
      ctime: now,
    };
  }

  /** Job control: another, living process group has the terminal. */
  #isInBackground(process: Process): boolean {
    if (this.foreground === 0 || process.terminal !== this || process.group === this.foreground) return false;
    for (const { group } of this.#kernel.processes.values()) if (group === this.foreground) return true;
    return false;
  }

  /** SIGTTIN stops who reads from the background, or the read fails where that is ignored. */
  async #readFromBackground(process: Process, length: number, nonBlocking: boolean): Promise<Uint8Array> {
    if (process.signalHandler('SIGTTIN') !== 'default') fail('EIO');
    process.raise('SIGTTIN');
    await process.breathe();
    return this.read(process, length, nonBlocking);
  }

  async #readSlowly(process: Process, length: number): Promise<Uint8Array> {
    for (;;) {
      await process.block<void>((done) => {
        const check = (): void => {
          if (this.#ready.length > 0 || this.#hungUp) done(undefined);
        };
        this.#waiting.add(check);
        return () => this.#waiting.delete(check);
      });
      const ready = this.#take(length);
      if (ready !== undefined) return ready;
    }
  }

  #take(length: number): Uint8Array | undefined {
    const first = this.#ready[0];
    if (first === undefined) return this.#hungUp ? new Uint8Array(0) : undefined;
    if (!this.canonical && first.length > 0) return this.#takeAll(length);
    if (first.length > length) {
      this.#ready[0] = first.subarray(length);
      return first.slice(0, length);
    }
    this.#ready.shift();
    return first;
  }

  /** Without lines a read takes whatever has been typed (termios(3), MIN 1, TIME 0): keys of several bytes stay whole. */
  #takeAll(length: number): Uint8Array {
    const typed = this.#ready.length === 1 ? (this.#ready[0] as Uint8Array) : Buffer.concat(this.#ready);
    this.#ready = typed.length > length ? [typed.subarray(length)] : [];
    return new Uint8Array(typed.subarray(0, length));
  }

  #key(raw: number): void {
    const byte = raw === CR && this.crToNl ? LF : raw;
    const signal = signalKeys[byte];
    if (this.signals && signal !== undefined && !this.#quoteNext) {
      this.#echoKey(byte);
      this.flushInput();
      this.#signal(signal);
      return;
    }
    if (!this.canonical) {
      this.#ready.push(Uint8Array.of(byte));
      if (this.echo) this.#show(Uint8Array.of(byte));
      return;
    }
    this.#edit(byte);
  }

  /** Canonical mode: erase, kill, word-erase, end of file, end of line (termios(3)). */
  #edit(byte: number): void {
    if (this.#quoteNext) {
      this.#quoteNext = false;
      this.#add(byte);
    } else if (byte === SYN) this.#quoteNext = true;
    else if (byte === DEL || byte === BS) this.#erase();
    else if (byte === NAK) while (this.#line.length > 0) this.#erase();
    else if (byte === ETB) this.#eraseWord();
    else if (byte === EOT) this.#finish();
    else {
      this.#add(byte);
      if (byte === LF) this.#finish();
    }
  }

  #add(byte: number): void {
    this.#line.push(byte);
    this.#echoKey(byte);
  }

  /** Hands the line to whoever reads. */
  #finish(): void {
    this.#ready.push(Uint8Array.from(this.#line));
    this.#line = [];
  }

  #erase(): void {
    let byte = this.#line.pop();
    if (byte === undefined) return;
    const width = byte < 0x20 || byte === DEL ? 2 : 1;
    while (byte !== undefined && (byte & 0xc0) === 0x80) byte = this.#line.pop();
    if (this.echo) this.#show(new TextEncoder().encode('\b \b'.repeat(width)));
  }

  #eraseWord(): void {
    const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;
    while (isBlank(this.#line.at(-1))) this.#erase();
    while (this.#line.length > 0 && !isBlank(this.#line.at(-1))) this.#erase();
  }

  /** ECHOCTL: control characters are shown as ^X, a newline as itself. */
  #echoKey(byte: number): void {
    if (!this.echo) return;
    if (byte === LF || byte === 0x09 || (byte >= 0x20 && byte !== DEL)) this.#show(Uint8Array.of(byte));
    else this.#show(Uint8Array.of(0x5e, byte === ESC ? 0x5b : (byte + 0x40) & 0x7f));
  }

  #show(bytes: Uint8Array): void {
    if (this.#hungUp) return;
    const shown = withCarriageReturns(bytes);
    for (const listener of this.#listeners) void listener(shown);
  }

  #signal(signal: Signal): void {
    for (const process of [...this.#kernel.processes.values()]) {
      if (process.terminal === this && process.group === this.foreground) process.raise(signal);
    }
  }

  /** Ends what a fork bomb has left in the background. A real machine would have to be started again. */
  #disperse(): void {
    for (const process of [...this.#kernel.processes.values()]) {
      if (process.terminal === this && process.group !== this.foreground) process.raise('SIGKILL');
    }
  }

  #wake(): void {
    for (const check of [...this.#waiting]) check();
  }
}

const withCarriageReturns = (bytes: Uint8Array): Uint8Array => {
  let lines = 0;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === LF) lines++;
  if (lines === 0) return bytes;
  const out = new Uint8Array(bytes.length + lines);
  let to = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === LF) out[to++] = CR;
    out[to++] = byte;
  }
  return out;
};

/** A descriptor's view of a terminal. */
class TtyFile implements OpenFile {
  readonly path: string;
  readonly tty: Tty;
  flags: number;
  position = 0;
  references = 0;

  constructor(tty: Tty, path: string, flags: number) {
    this.tty = tty;
    this.path = path;
    this.flags = flags;
  }

  read(process: Process, length: number): Uint8Array | Promise<Uint8Array> {
    return this.tty.read(process, length, (this.flags & O.NONBLOCK) !== 0);
  }

  write(_process: Process, bytes: Uint8Array): number | Promise<number> {
    return this.tty.write(bytes);
  }

  stat(): Stat {
    return this.tty.stat();
  }

  close(): void {}
}
