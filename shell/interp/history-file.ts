// The history file: read when an interactive shell starts, written at its end and by `history -r -w -a -n`.
import { isFsError } from '../fs/errno.ts';
import { encodeName } from '../fs/name.ts';
import { O } from '../fs/open-flags.ts';
import { readTextFile } from './files.ts';
import type { Shell } from './shell.ts';

/** HISTFILE, or what an interactive bash takes instead. */
export function historyFile(shell: Shell): string | undefined {
  if (shell.dialect !== 'bash') return undefined;
  const { variables } = shell.state;
  const home = variables.scalar('HOME');
  return variables.scalar('HISTFILE') ?? (home ? `${home}/.bash_history` : undefined);
}

/** The commands in a history file; undefined where it cannot be read. */
export function readHistory(shell: Shell, path: string): string[] | undefined {
  return readTextFile(shell.process, path)
    ?.split('\n')
    .filter((line) => line !== '');
}

/** Writes commands over the file or behind its end; the error's text where that fails. */
export function writeHistory(
  shell: Shell,
  path: string,
  commands: readonly string[],
  append: boolean,
): string | undefined {
  const { process } = shell;
  try {
    const fd = process.open(path, O.WRONLY | O.CREAT | (append ? O.APPEND : O.TRUNC), 0o600);
    process.write(fd, encodeName(commands.map((line) => `${line}\n`).join('')));
    process.close(fd);
    return undefined;
  } catch (error) {
    if (!isFsError(error)) throw error;
    return error.message;
  }
}
