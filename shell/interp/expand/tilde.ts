// Tilde expansion: ~, ~name, ~+ and ~- at the start of a word and, in assignments, after each colon.

import { directoryStack, stackPlace } from '../directory-stack.ts';
import { readTextFile } from '../files.ts';
import type { Shell } from '../shell.ts';

export interface Tilde {
  /** The directory, to be taken literally. */
  directory: string;
  /** Characters of the word's text it replaces. */
  length: number;
}

/** The tilde prefix at the start of `text`; `ends` says that the word ends with this text. */
export function tildeAt(shell: Shell, text: string, ends: boolean, assignment: boolean): Tilde | undefined {
  const shape = assignment ? /^~([\w.+-]*)(?=[/:]|$)/ : /^~([\w.+-]*)(?=\/|$)/;
  const found = shape.exec(text);
  if (found === null || (found[0].length === text.length && !ends)) return undefined;
  const directory = homeOf(shell, found[1] as string);
  return directory === undefined ? undefined : { directory, length: found[0].length };
}

function homeOf(shell: Shell, user: string): string | undefined {
  const { variables } = shell.state;
  if (user === '')
    return (
      variables.scalar('HOME') ?? passwdHome(shell, (fields) => fields[2] === String(shell.process.cred.uid))
    );
  if (shell.dialect === 'bash' && /^[-+]?\d+$/.test(user)) {
    const stack = directoryStack(shell);
    const place = stackPlace(/^\d/.test(user) ? `+${user}` : user, stack.length);
    return place === undefined ? undefined : stack[place];
  }
  if (user === '+') return shell.dialect === 'bash' ? variables.scalar('PWD') : undefined;
  if (user === '-') return shell.dialect === 'bash' ? variables.scalar('OLDPWD') : undefined;
  return passwdHome(shell, (fields) => fields[0] === user);
}

function passwdHome(shell: Shell, isUser: (fields: string[]) => boolean): string | undefined {
  const lines = readTextFile(shell.process, '/etc/passwd')?.split('\n') ?? [];
  return lines.map((line) => line.split(':')).find(isUser)?.[5];
}
