// A program that has the whole terminal: raw keys in, the alternate screen out, only changed rows drawn again.

import { isFsError } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import { keysOf } from './terminal-keys.ts';
import { toBytes } from './text.ts';

export interface Frame {
  /** Each no wider than the screen; control sequences that they open they close. */
  readonly rows: readonly string[];
  /** Row and column from 0; absent: hidden. */
  readonly cursor?: { readonly row: number; readonly col: number };
}

const ENTER = '\x1b[?1049h\x1b[H\x1b[2J';
const LEAVE = '\x1b[?25h\x1b[?1049l';

export class FullScreen {
  readonly #process: Process;
  readonly #keyboard: number;
  readonly #decoder = new TextDecoder();
  #restore: (() => void) | undefined;
  #shown: readonly string[] = [];

  /** `keyboard`: the descriptor that keys come from. */
  constructor(process: Process, keyboard = 0) {
    this.#process = process;
    this.#keyboard = keyboard;
  }

  get columns(): number {
    return this.#process.tty(1)?.columns || 80;
  }

  get rows(): number {
    return this.#process.tty(1)?.rows || 24;
  }

  async enter(): Promise<void> {
    const tty = this.#process.tty(this.#keyboard) ?? this.#process.tty(1);
    this.#restore ??= tty?.makeRaw();
    // Resizes wake the wait for a key.
    this.#process.onSignal('SIGWINCH', () => {});
    this.#shown = [];
    await this.#write(ENTER);
  }

  /** Gives the terminal back as it was. Does nothing when it was not taken, or is gone. */
  async leave(): Promise<void> {
    this.#restore?.();
    this.#restore = undefined;
    const written = attempt(() => this.#process.write(1, toBytes(LEAVE)));
    if (written.value !== undefined) await written.value;
  }

  /** The next frame draws everything. */
  forget(): void {
    this.#shown = [];
  }

  async draw({ rows, cursor }: Frame): Promise<void> {
    let out = '\x1b[?25l';
    if (this.#shown.length === 0) out += '\x1b[H\x1b[2J';
    for (const [at, row] of rows.entries()) {
      if (row !== (this.#shown[at] ?? '')) out += `\x1b[${at + 1};1H${row}\x1b[K`;
    }
    this.#shown = rows;
    if (cursor !== undefined) out += `\x1b[${cursor.row + 1};${cursor.col + 1}H\x1b[?25h`;
    await this.#write(out);
  }

  /** What was typed since; 'resized' after a signal; 'closed' when nobody will type any more. */
  async keys(): Promise<readonly string[] | 'resized' | 'closed'> {
    try {
      const bytes = await this.#process.read(this.#keyboard, 4096);
      return bytes.length === 0 ? 'closed' : keysOf(this.#decoder.decode(bytes, { stream: true }));
    } catch (error) {
      if (!isFsError(error, 'EINTR')) throw error;
      this.#shown = [];
      return 'resized';
    }
  }

  async #write(text: string): Promise<void> {
    await this.#process.write(1, toBytes(text));
  }
}
