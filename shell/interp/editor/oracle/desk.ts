// Two desks with a keyboard and a screen: cowsh's interactive bash, and the one of this machine in a pseudo-terminal.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { RealTerminal, Screen, type Seen } from '../../../commands/real-terminal.ts';
import { isLoading } from '../../../fs/loading.ts';
import { Tty } from '../../../fs/tty.ts';
import { ShellMachine } from '../../test-machine.ts';

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
    this.#screen = new Screen(place.columns, place.rows);
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
      if (this.#output !== before || isLoading()) calm = 0;
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

/** This machine's bash, with the terminal's flow control off: C-s searches there too. */
export function realDesk(place: Place): RealTerminal {
  const command = `/bin/stty -ixon; exec /bin/bash ${ARGV.join(' ')}`;
  const files = filesOf(place);
  return new RealTerminal(command, { ...place, files }, (home) => environment(home, join(home, 'bin')));
}

export const hasBash = (): boolean =>
  /^GNU bash, version 5/.test(spawnSync('/bin/bash', ['--version']).stdout?.toString() ?? '');
