// Two desks with a keyboard and a screen: cowsh's interactive bash, and the one of this machine in a pseudo-terminal.

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { Tty } from '../../../fs/tty.ts';
import { ShellMachine } from '../../test-machine.ts';

/** Rows without blanks at their ends, and where the cursor is. */
export interface Seen {
  readonly rows: readonly string[];
  readonly cursor: readonly [row: number, column: number];
}

export interface Place {
  readonly columns: number;
  readonly rows: number;
  /** Path in the home directory and content; a directory's path ends in a slash. */
  readonly files: Readonly<Record<string, string>>;
  readonly history: readonly string[];
}

const ARGV = ['--norc', '--noprofile', '-i'];
const environment = (home: string, path: string): Record<string, string> => ({
  HOME: home,
  HISTFILE: join(home, '.history'),
  INPUTRC: '/dev/null',
  LC_ALL: 'C.UTF-8',
  NO_COLOR: '1',
  PATH: path,
  PS1: '$ ',
  TERM: 'xterm-256color',
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const QUIET_TURNS = 12;

class Screen {
  readonly terminal: xterm.Terminal;
  #pending = 0;

  constructor({ columns, rows }: Place) {
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

export class CowshDesk {
  readonly #screen: Screen;
  readonly #tty: Tty;
  #output = 0;

  constructor(place: Place) {
    const machine = new ShellMachine();
    const { kernel, init } = machine;
    init.mkdir('/home/me');
    for (const [path, content] of filesOf(place)) {
      if (path.endsWith('/')) init.mkdir(`/home/me/${path.slice(0, -1)}`);
      else machine.put(`/home/me/${path}`, content, content.startsWith('#!') ? 0o755 : 0o644);
    }
    this.#screen = new Screen(place);
    this.#tty = new Tty(kernel, place);
    this.#tty.onOutput((bytes) => {
      this.#output++;
      this.#screen.write(bytes);
    });
    const line = this.#tty.open(this.#tty.name, 2);
    init.spawn('/bin/bash', ['bash', ...ARGV], {
      env: new Map(Object.entries(environment('/home/me', '/home/me/bin'))),
      cwd: '/home/me',
      fds: {},
      files: { 0: line, 1: line, 2: line },
      terminal: this.#tty,
      newGroup: true,
      umask: 0o022,
    });
  }

  /** Types, and waits until nothing more is drawn. */
  async keys(text: string): Promise<void> {
    this.#tty.input(Buffer.from(text));
    await this.#quiet();
  }

  async resize(columns: number, rows: number): Promise<void> {
    this.#screen.terminal.resize(columns, rows);
    this.#tty.resize(columns, rows);
    await this.#quiet();
  }

  async #quiet(): Promise<void> {
    for (let calm = 0, before = this.#output; calm < QUIET_TURNS; calm++) {
      await turn();
      if (this.#output !== before) calm = 0;
      before = this.#output;
    }
  }

  seen(): Promise<Seen> {
    return this.#screen.seen();
  }

  close(): void {
    this.#tty.hangUp();
  }
}

/** Cowsh's machine has its home at one place, the real one at another: nothing that is shown may name it. */
const filesOf = ({ files, history }: Place): [string, string][] => [
  ['.history', history.map((line) => `${line}\n`).join('')],
  ['bin/', ''],
  ...Object.entries(files),
];

export class RealDesk {
  readonly #screen: Screen;
  readonly #home: string;
  readonly #process: pty.IPty;

  constructor(place: Place) {
    this.#home = mkdtempSync(join(tmpdir(), 'cowsh-prompt-'));
    for (const [path, content] of filesOf(place)) {
      const full = join(this.#home, path);
      mkdirSync(path.endsWith('/') ? full : dirname(full), { recursive: true });
      if (path.endsWith('/')) continue;
      writeFileSync(full, content);
      if (content.startsWith('#!')) chmodSync(full, 0o755);
    }
    this.#screen = new Screen(place);
    const { columns: cols, rows } = place;
    this.#process = pty.spawn('/bin/sh', ['-c', `/bin/stty -ixon; exec /bin/bash ${ARGV.join(' ')}`], {
      cols,
      rows,
      cwd: this.#home,
      env: environment(this.#home, join(this.#home, 'bin')),
      name: 'xterm-256color',
    });
    this.#process.onData((text) => this.#screen.write(text));
  }

  async keys(text: string): Promise<void> {
    this.#process.write(text);
  }

  async resize(columns: number, rows: number): Promise<void> {
    this.#screen.terminal.resize(columns, rows);
    this.#process.resize(columns, rows);
  }

  seen(): Promise<Seen> {
    return this.#screen.seen();
  }

  close(): void {
    this.#process.kill('SIGKILL');
    rmSync(this.#home, { recursive: true, force: true });
  }
}

export const hasBash = (): boolean =>
  /^GNU bash, version 5/.test(spawnSync('/bin/bash', ['--version']).stdout?.toString() ?? '');
