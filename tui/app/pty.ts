// For tests: the built app in a pseudo-terminal, its screen read through an emulator.
import { fileURLToPath } from 'node:url';
import pty from '@lydell/node-pty';
import graphemes from '@xterm/addon-unicode-graphemes';
import xterm from '@xterm/headless';

// An installed cowsh can be tested instead of the checkout's own build.
export const cowshEntry =
  process.env.COWSH_ENTRY ?? fileURLToPath(new URL('../../dist/cowsh.js', import.meta.url));
// Far beyond what anything takes: it only ends a test that would wait for ever.
const PATIENCE_MS = 60_000;
const POLL_MS = 15;
// Between them a terminal waits with showing: synchronized output.
const FRAME_BEGINS = '\x1b[?2026h';
const FRAME_ENDS = '\x1b[?2026l';

export interface PtyOptions {
  readonly columns: number;
  readonly rows: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Exit {
  readonly exitCode: number;
  readonly signal?: number | undefined;
}

export class PtyApp {
  readonly exited: Promise<Exit>;
  /** Everything the app wrote. */
  raw = '';
  readonly #process: pty.IPty;
  readonly #terminal: xterm.Terminal;
  #pending = 0;
  #ended: Exit | undefined;

  private constructor(file: string, args: string[], { columns, rows, env = {} }: PtyOptions) {
    this.#process = pty.spawn(file, args, {
      cols: columns,
      rows,
      name: 'xterm-256color',
      env: { ...quietEnv(), ...env },
    });
    this.#terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, logLevel: 'off' });
    this.#terminal.loadAddon(new graphemes.UnicodeGraphemesAddon() as never);
    this.#process.onData((text) => {
      this.raw += text;
      this.#pending++;
      this.#terminal.write(text, () => this.#pending--);
    });
    this.exited = new Promise((resolve) => {
      this.#process.onExit((exit) => {
        this.#ended = exit;
        void this.#quiet().then(() => resolve(exit));
      });
    });
  }

  static cowsh(args: readonly string[], options: PtyOptions): PtyApp {
    return new PtyApp(process.execPath, [cowshEntry, ...args], options);
  }

  /** A shell script in the terminal; `"$@"` in it is the command that starts cowsh. */
  static script(script: string, options: PtyOptions): PtyApp {
    return new PtyApp('/bin/sh', ['-c', script, 'sh', process.execPath, cowshEntry], options);
  }

  get pid(): number {
    return this.#process.pid;
  }

  get rows(): string[] {
    const buffer = this.#terminal.buffer.active;
    return Array.from(
      { length: this.#terminal.rows },
      (_, y) => buffer.getLine(buffer.baseY + y)?.translateToString(true) ?? '',
    );
  }

  get text(): string {
    return this.rows.join('\n');
  }

  get onAlternateScreen(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  press(keys: string): void {
    this.#process.write(keys);
  }

  /** Types a line as a person does: key by key, then Enter. */
  async type(line: string): Promise<void> {
    for (const key of line) {
      this.press(key);
      await new Promise(setImmediate);
    }
    this.press('\r');
  }

  resize(columns: number, rows: number): void {
    this.#process.resize(columns, rows);
    this.#terminal.resize(columns, rows);
  }

  signal(name: string): void {
    this.#process.kill(name);
  }

  /** For a test that ends early: the app must not outlive it. */
  kill(): void {
    if (this.#ended === undefined) this.#process.kill('SIGKILL');
  }

  /** Resolves when the screen is as wanted; throws with the screen when it never is. */
  async until(wanted: (text: string) => boolean, what: string): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!this.#whole() || !wanted(this.text)) {
      if (Date.now() > end || (this.#ended !== undefined && this.#pending === 0 && !wanted(this.text))) {
        throw new Error(`not seen: ${what}\n${this.text}\n(exit: ${JSON.stringify(this.#ended)})`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  // A frame may come in pieces: half of it is no screen that anybody sees.
  #whole(): boolean {
    return this.#pending === 0 && this.raw.lastIndexOf(FRAME_BEGINS) <= this.raw.lastIndexOf(FRAME_ENDS);
  }

  // The last output may come after the news of the end.
  async #quiet(): Promise<void> {
    for (let length = -1; length !== this.raw.length || this.#pending > 0; ) {
      length = this.raw.length;
      await new Promise((resolve) => setTimeout(resolve, 4 * POLL_MS));
    }
  }

  sees(text: string): Promise<void> {
    return this.until((screen) => screen.includes(text), text);
  }
}

// What would change the app's behaviour is left out: CI turns interactive output off, NO_COLOR the colours.
function quietEnv(): Record<string, string> {
  const { PATH = '', HOME = '/', LANG = 'C.UTF-8' } = process.env;
  return { PATH, HOME, LANG, TERM: 'xterm-256color', COWSH_HISTORY: '' };
}
