// The real terminal: raw keys in, and its state put back whatever way the app ends.
// Ink owns the alternate screen and the cursor; this owns raw mode and bracketed paste.
import { writeSync } from 'node:fs';
import type { Size } from '../state/layout.ts';

const PASTE_ON = '\x1b[?2004h';
const PASTE_OFF = '\x1b[?2004l';
const FALLBACK: Size = { columns: 80, rows: 24 };

export interface TerminalEvents {
  readonly input: (bytes: Uint8Array) => void;
  readonly resized: (size: Size) => void;
}

export class RealTerminal {
  readonly #events: TerminalEvents;
  readonly #input = (bytes: Buffer): void => this.#events.input(bytes);
  readonly #resize = (): void => this.#events.resized(this.size);
  readonly #atExit = (): void => this.close();
  #open = false;

  constructor(events: TerminalEvents) {
    this.#events = events;
    process.stdin.on('data', this.#input);
    process.stdout.on('resize', this.#resize);
    process.once('exit', this.#atExit);
    this.open();
  }

  get size(): Size {
    const { columns, rows } = process.stdout;
    return { columns: columns || FALLBACK.columns, rows: rows || FALLBACK.rows };
  }

  open(): void {
    if (this.#open) return;
    this.#open = true;
    if (process.stdin.isTTY) process.stdin.setRawMode(true);
    process.stdin.resume();
    this.#say(PASTE_ON);
  }

  /** Gives the terminal back for now: `open` takes it again. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#say(PASTE_OFF);
    try {
      if (process.stdin.isTTY) process.stdin.setRawMode(false);
    } catch {
      // The terminal is gone (SIGHUP): nothing is left to put back.
    }
    process.stdin.pause();
  }

  dispose(): void {
    this.close();
    process.stdin.off('data', this.#input);
    process.stdout.off('resize', this.#resize);
    process.off('exit', this.#atExit);
  }

  // Written at once: at exit there is no later.
  #say(text: string): void {
    try {
      writeSync(1, text);
    } catch {
      // As above; or a full pipe, which a terminal is not.
    }
  }
}
