// Standard output and standard error of a command: stdout is buffered as stdio does it, stderr is not,
// and an error message waits for the output before it, so the two never change places.

import { isFsError } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import { errorText, flavorOf, wordsFor } from './flavor.ts';
import { joinBytes, toBytes } from './text.ts';

const BUFFER_BYTES = 4096; // stdio's, on files and pipes

export class Output {
  readonly process: Process;
  /** The exit status so far: 0, or what the last failed step made it. */
  status = 0;
  /** What `complain` makes of the status. */
  failureStatus = 1;
  readonly #fd: number;
  #parts: Uint8Array[] = [];
  #text = '';
  #size = 0;
  #pending: Promise<void> | undefined;
  /** The error that standard output itself ended with: no complaint about anything else. */
  #broken: unknown;

  constructor(process: Process, fd = 1) {
    this.process = process;
    this.#fd = fd;
  }

  /** The name messages begin with: argv[0], as it was typed. */
  get name(): string {
    const typed = this.process.argv[0] ?? '';
    return flavorOf(this.process) === 'gnu' ? typed : (typed.split('/').at(-1) ?? '');
  }

  /** Adds text to standard output. Loops over long input also await `caughtUp`. */
  text(text: string): void {
    this.#text += text;
    this.#size += text.length;
    if (this.#size >= BUFFER_BYTES) this.#drain();
  }

  line(text: string): void {
    this.text(`${text}\n`);
  }

  bytes(bytes: Uint8Array): void {
    this.#settleText();
    this.#parts.push(bytes);
    this.#size += bytes.length;
    if (this.#size >= BUFFER_BYTES) this.#drain();
  }

  /** A promise while the reader is slower than the writer; undefined when there is nothing to wait for. */
  caughtUp(): Promise<void> | undefined {
    return this.#pending;
  }

  /** Everything written so far has reached the descriptor. Throws the write's error. */
  async flush(): Promise<void> {
    this.#drain();
    while (this.#pending) {
      await this.#pending;
      this.#drain();
    }
  }

  /** Flushes and answers the exit status: the last line of most commands. */
  async end(): Promise<number> {
    await this.flush();
    return this.status;
  }

  /** Text on standard error as it is, after all output before it. */
  async errorText(text: string): Promise<void> {
    await this.flush();
    await this.process.write(2, toBytes(text));
  }

  /** A message as the program's family words it. */
  worded(message: string): string {
    return wordsFor(this.process, this.name, message);
  }

  /** "NAME: MESSAGE" on standard error; the exit status becomes the failure status. */
  async warn(message: string): Promise<void> {
    this.status = this.failureStatus;
    const worded = this.worded(message);
    // What an applet keeps to itself stands in the table with nothing in its place.
    if (worded !== '') await this.errorText(`${this.name}: ${worded}\n`);
  }

  /** "NAME: MESSAGE: ERROR TEXT" for a failed call. Anything that is no failed call is thrown on. */
  async complain(message: string, error: unknown): Promise<void> {
    if (!isFsError(error) || error === this.#broken) throw error;
    await this.warn(`${message}: ${errorText(this.process, error.code)}`);
  }

  #settleText(): void {
    if (this.#text === '') return;
    this.#parts.push(toBytes(this.#text));
    this.#text = '';
  }

  #drain(): void {
    if (this.#pending) return;
    this.#settleText();
    if (this.#size === 0) return;
    const bytes = joinBytes(this.#parts);
    this.#parts = [];
    this.#size = 0;
    const written = this.#write(bytes);
    if (typeof written === 'number') return;
    this.#pending = written.then(
      () => {
        this.#pending = undefined;
      },
      (error) => {
        this.#broken = error;
        throw error;
      },
    );
    // A rejection stays in #pending, for flush to throw: nobody has to await a write to be safe.
    this.#pending.catch(() => {});
  }

  #write(bytes: Uint8Array): number | Promise<number> {
    try {
      return this.process.write(this.#fd, bytes);
    } catch (error) {
      this.#broken = error;
      throw error;
    }
  }
}
