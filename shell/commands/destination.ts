// Where cp, mv and install put things: a name, a directory given last, or one given with -t.

import { FsError } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import type { Output } from './output.ts';
import { basename, joinPath, stripSlashes } from './path-name.ts';
import { quoteAlways } from './quoting.ts';
import { extraOperand, missingOperand, usageError } from './usage-error.ts';

export interface DestinationOptions {
  readonly directory: string | undefined;
  /** -T: the last operand is no directory to put things into. */
  readonly plain: boolean;
}

/** Pairs of source and destination, or the exit status of a complaint. */
export type Destinations =
  | { readonly pairs: readonly { from: string; to: string }[]; readonly directory?: string }
  | { readonly exit: number };

export const destinations = async (
  out: Output,
  command: Command,
  operands: readonly string[],
  options: DestinationOptions,
): Promise<Destinations> => {
  const { process } = out;
  const { directory, plain } = options;
  const last = operands.at(-1);
  if (last === undefined || (operands.length === 1 && directory === undefined)) {
    if (last === undefined) return { exit: await usageError(out, command, 'missing file operand') };
    return { exit: await missingOperand(out, command, operands, 'destination file operand') };
  }
  if (plain) {
    if (directory !== undefined) {
      await out.warn('cannot combine --target-directory (-t) and --no-target-directory (-T)');
      return { exit: 1 };
    }
    if (operands.length > 2) return { exit: await extraOperand(out, command, operands[2] as string) };
    return { pairs: [{ from: operands[0] as string, to: last }] };
  }
  if (directory !== undefined) {
    const error = directoryError(process, directory);
    if (!error) return { pairs: into(directory, operands), directory };
    await out.complain(`target directory ${quoteAlways(process, directory)}`, error);
    return { exit: 1 };
  }
  const error = directoryError(process, last);
  if (!error) return { pairs: into(last, operands.slice(0, -1)), directory: last };
  // An applet takes the last one for a directory all the same, and fails for each source.
  const trusts = flavorOf(process) === 'busybox' && operands.length > 2;
  if (trusts) return { pairs: into(last, operands.slice(0, -1)), directory: last };
  if (operands.length === 2) return { pairs: [{ from: operands[0] as string, to: last }] };
  await out.complain(`target ${quoteAlways(process, last)}`, error);
  return { exit: 1 };
};

/** Why `name` is no directory to put things into; undefined when it is one. */
const directoryError = (process: Process, name: string): FsError | undefined => {
  const looked = attempt(() => process.stat(name));
  if (looked.error) return looked.error;
  return looked.value.kind === 'directory' ? undefined : new FsError('ENOTDIR');
};

const into = (directory: string, sources: readonly string[]): { from: string; to: string }[] =>
  sources.map((from) => ({ from, to: intoDirectory(directory, from) }));

/** The name of `from` within `directory`; `d/..` has no name of its own. */
const intoDirectory = (directory: string, from: string): string => {
  const name = basename(from);
  return name === '..' || name === '/' ? joinPath(directory, '.') : joinPath(directory, stripSlashes(name));
};
