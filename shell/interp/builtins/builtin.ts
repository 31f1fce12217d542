// What a builtin is, and how builtins write.

import { isFsError } from '../../fs/errno.ts';
import { encodeName } from '../../fs/name.ts';
import { chain, type Maybe } from '../maybe.ts';
import type { Outcome } from '../outcome.ts';
import type { Redirected } from '../redirect.ts';
import type { Dialect, Shell } from '../shell.ts';
import { optionLetters } from './option-letters.ts';
import { showUsage } from './usage.ts';

export interface Builtin {
  /** Runs it; `redirected` are the redirections of this command, undone afterwards unless committed. */
  run(shell: Shell, argv: readonly string[], redirected: Redirected): Maybe<number | Outcome>;
  /** A special builtin of POSIX: its errors end a shell that is not bash. */
  special?: boolean;
  /** The shells that have it; all when left out. */
  dialects?: readonly Dialect[];
}

/** Writes a builtin's output; 0, or 1 with a message when it cannot be written. */
export function print(shell: Shell, name: string, text: string): Maybe<number> {
  if (text === '') return 0;
  try {
    const written = shell.process.write(1, encodeName(text));
    return written instanceof Promise ? written.then(success, (error) => writeFailed(shell, name, error)) : 0;
  } catch (error) {
    return writeFailed(shell, name, error);
  }
}

const success = (): number => 0;

function writeFailed(shell: Shell, name: string, error: unknown): Maybe<number> {
  if (!isFsError(error)) throw error;
  const text = shell.dialect === 'bash' ? `${name}: write error: ${error.message}` : `${name}: I/O error`;
  return chain(shell.complain(text), () => 1);
}

/** Complains as `name: text` and gives `status`. */
export function refuse(shell: Shell, name: string, text: string, status = 1): Maybe<number> {
  return chain(shell.complain(`${name}: ${text}`), () => status);
}

/** `status` is bash's. */
export const noSuchJob = (shell: Shell, name: string, spec: string, status = 1): Maybe<number> =>
  shell.dialect === 'dash'
    ? refuse(shell, name, `No such job: ${spec}`, 2)
    : refuse(shell, name, `${spec}: no such job`, shell.dialect === 'bash' ? status : 2);

/** The letters of leading options and what is left; stops at `--` and at the first operand. */
export function splitOptions(
  words: readonly string[],
  letters: string,
): { options: string[]; operands: readonly string[]; bad?: string } {
  const { given, operands, wrong } = optionLetters(words, letters);
  const options = given.map(([letter]) => letter);
  return wrong === undefined ? { options, operands } : { options, operands, bad: wrong.letter };
}

/** bash's two lines for an unknown option, dash's one. */
export function badOption(shell: Shell, name: string, letter: string): Maybe<number> {
  if (shell.dialect !== 'bash') return refuse(shell, name, `Illegal option -${letter}`, 2);
  return chain(shell.complain(`${name}: -${letter}: invalid option`), () => showUsage(shell, name));
}

export interface Flags {
  /** Letters given, each with its argument ('' where it takes none). */
  given: Map<string, string>;
  operands: readonly string[];
}

/**
 * Reads options as getopt does (`ab:` lets b take an argument).
 * An option that is none, or lacks its argument, is reported with the usage; the status comes back.
 */
export function readFlags(shell: Shell, argv: readonly string[], letters: string): Flags | Promise<number> {
  const [name = '', ...words] = argv;
  const { given, operands, wrong } = optionLetters(words, letters);
  if (wrong === undefined) return { given: new Map(given), operands };
  return misused(shell, name, wrong.text);
}

/** Complains of an option, and shows the usage. */
export async function misused(shell: Shell, name: string, text: string): Promise<number> {
  await shell.complain(`${name}: ${text}`);
  return showUsage(shell, name);
}
