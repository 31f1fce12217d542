// The commands of former runs, kept on the real disk so that the next run's shell has them in its history.

import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** As many as the shell keeps; the file may grow to twice that before it is cut. */
const MOST = 1000;

/**
 * Where they are: what COWSH_HISTORY says (empty: nowhere), else in the folder for state (XDG Base Directory
 * specification; %LOCALAPPDATA% where there is that).
 */
export function historyPath(env: NodeJS.ProcessEnv): string | undefined {
  const { COWSH_HISTORY: told, XDG_STATE_HOME: state, LOCALAPPDATA: local } = env;
  if (told !== undefined) return told === '' ? undefined : told;
  return join(state || local || join(homedir(), '.local', 'state'), 'cowsh', 'history');
}

/** A file that cannot be read or written is no reason to stop: then there is no history. */
export class PastCommands {
  readonly #path: string | undefined;

  constructor(path: string | undefined) {
    this.#path = path;
  }

  /** The oldest first; one of several lines as so many. */
  read(): string[] {
    if (this.#path === undefined) return [];
    let lines: string[];
    try {
      lines = readFileSync(this.#path, 'utf8').split('\n').filter(isCommand);
    } catch {
      return [];
    }
    if (lines.length > 2 * MOST) this.#rewrite(lines.slice(-MOST));
    return lines.slice(-MOST);
  }

  /** Written at once: runs side by side and runs that end badly lose nothing. */
  add(command: string): void {
    const path = this.#path;
    if (path === undefined) return;
    const append = () => appendFileSync(path, `${command}\n`, { mode: 0o600 });
    attempt(() => {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      append();
    });
  }

  #rewrite(lines: readonly string[]): void {
    const path = this.#path as string;
    const draft = `${path}.${process.pid}`;
    attempt(() => {
      writeFileSync(draft, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 });
      renameSync(draft, path);
    });
  }
}

const isCommand = (line: string): boolean => line !== '';

function attempt(write: () => void): void {
  try {
    write();
  } catch {
    // Nothing is lost but this line.
  }
}
