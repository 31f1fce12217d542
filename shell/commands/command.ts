// A command: what a program file's marker name stands for.

import type { Program } from '../fs/process.ts';
import type { OperandWords } from './operand-words.ts';

export interface Command {
  readonly name: string;
  /** The full text of `--help`, in GNU layout; its second line is the one-line summary that `help` shows. */
  readonly help: string;
  readonly run: Program;
  /** The exit status of a usage error, where it is not 1. */
  readonly usageStatus?: number;
  /** A line that a usage error shows before "Try …", where the program has that habit (grep). */
  readonly usageLine?: string;
  /** What a usage error says instead of "Try 'NAME --help' for more information." (tar, gzip). */
  readonly usageHint?: string;
  /** A usage error shows the whole help instead (shadow-utils). */
  readonly usageShowsHelp?: true;
  /** What Tab offers for its operands, where that is not a path. */
  readonly words?: OperandWords;
  /** "Try …" begins with the program's name too (cmp, diff). */
  readonly signsHint?: true;
}

/** The one-line summary of a command: the first line of its help that is not a usage line. */
export const summary = (command: Command): string =>
  command.help.split('\n').find((line) => line !== '' && !/^(Usage:| +or:|\s)/.test(line)) ?? '';
