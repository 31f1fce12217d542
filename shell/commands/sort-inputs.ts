// The files that sort reads: operands, or the names in a file (--files0-from).

import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { closeInput, openInput, readAll } from './input.ts';
import type { Output } from './output.ts';
import { quoteAlways, quoteIfNeeded } from './quoting.ts';
import type { SortOptions } from './sort-options.ts';
import { toText } from './text.ts';
import { usageError } from './usage-error.ts';

/** The names; undefined after a complaint. */
export const inputNames = async (
  out: Output,
  sort: Command,
  parsed: SortOptions,
): Promise<readonly string[] | undefined> => {
  const { process } = out;
  const from = parsed.value('files0-from');
  const [operand] = parsed.operands;
  if (from === undefined) return operand === undefined ? ['-'] : parsed.operands;
  if (operand !== undefined) {
    await usageError(
      out,
      sort,
      `extra operand ${quoteAlways(process, operand)}\nfile operands cannot be combined with --files0-from`,
    );
    return undefined;
  }
  const shown = quoteIfNeeded(process, from);
  const opened = attempt(() => openInput(process, from));
  if (opened.error !== undefined) {
    await out.complain(`open failed: ${shown}`, opened.error);
    return undefined;
  }
  const text = toText(await readAll(process, opened.value));
  closeInput(process, opened.value);
  const names = text.replace(/\0$/, '').split('\0');
  const problem = text === '' ? `no input from ${quoteAlways(process, from)}` : wrongName(names, shown);
  if (problem === undefined) return names;
  await out.warn(problem);
  return undefined;
};

const wrongName = (names: readonly string[], shown: string): string | undefined => {
  for (const [at, name] of names.entries()) {
    if (name === '-') return "when reading file names from stdin, no file name of '-' allowed";
    if (name === '') return `${shown}:${at + 1}: invalid zero-length file name`;
  }
  return undefined;
};
