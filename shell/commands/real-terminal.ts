// For tests: a program of this machine in a pseudo-terminal, in a directory of its own, its screen read back.

import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** Rows without blanks at their ends, and where the cursor is. */
export interface Seen {
  readonly rows: readonly string[];
  readonly cursor: readonly [row: number, column: number];
}

export interface TerminalPlace {
  readonly columns: number;
  readonly rows: number;
  /** Path and content; a directory's path ends in a slash, a script may be executed. */
  readonly files: readonly (readonly [path: string, content: string])[];
}

// Far beyond what any program takes to draw: it only ends a wait for a screen that never comes.
const PATIENCE_MS = 30_000;
const POLL_MS = 5;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class Screen {
  readonly terminal: xterm.Terminal;
  #pending = 0;

  constructor(columns: number, rows: number) {
    this.terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, logLevel: 'off' });
  }

  write(data: string | Uint8Array): void {
    this.#pending++;
    this.terminal.write(data, () => this.#pending--);
  }

  async seen(): Promise<Seen> {
    while (this.#pending > 0) await turn();
    const { active } = this.terminal.buffer;
    const rows = Array.from({ length: this.terminal.rows }, (_, at) =>
      (active.getLine(active.viewportY + at)?.translateToString(true) ?? '').trimEnd(),
    );
    return { rows, cursor: [active.cursorY, active.cursorX] };
  }
}

export class RealTerminal {
  readonly #screen: Screen;
  readonly #directory: string;
  readonly #process: pty.IPty;

  /** `env` is given the directory, which is where the program starts. */
  constructor(
    command: string,
    { columns, rows, files }: TerminalPlace,
    env: (directory: string) => Record<string, string>,
  ) {
    this.#directory = mkdtempSync(join(tmpdir(), 'cowsh-terminal-'));
    for (const [path, content] of files) this.#put(path, content);
    this.#screen = new Screen(columns, rows);
    this.#process = pty.spawn('/bin/sh', ['-c', command], {
      cols: columns,
      rows,
      cwd: this.#directory,
      env: env(this.#directory),
      name: 'xterm-256color',
    });
    this.#process.onData((text) => this.#screen.write(text));
  }

  #put(path: string, content: string): void {
    const full = join(this.#directory, path);
    mkdirSync(path.endsWith('/') ? full : dirname(full), { recursive: true });
    if (path.endsWith('/')) return;
    writeFileSync(full, content);
    if (content.startsWith('#!')) chmodSync(full, 0o755);
  }

  keys(text: string): void {
    this.#process.write(text);
  }

  resize(columns: number, rows: number): void {
    this.#screen.terminal.resize(columns, rows);
    this.#process.resize(columns, rows);
  }

  seen(): Promise<Seen> {
    return this.#screen.seen();
  }

  /** Its screen when that is as wanted, or when it was not for so many milliseconds. */
  async agreed(wanted: Seen, patience = PATIENCE_MS): Promise<Seen> {
    for (const end = performance.now() + patience; ; ) {
      const seen = await this.seen();
      if (sameScreen(seen, wanted) || performance.now() > end) return seen;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  close(): void {
    this.#process.kill('SIGKILL');
    // The program may still be writing as it dies.
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

export const sameScreen = (a: Seen, b: Seen): boolean => JSON.stringify(a) === JSON.stringify(b);

/** For people: the rows, with a bar where the cursor is. */
export const drawn = ({ rows, cursor: [row, column] }: Seen): string =>
  rows
    .map((text, at) => (at === row ? `${text.padEnd(column).slice(0, column)}▏${text.slice(column)}` : text))
    .join('\n')
    .trimEnd();
