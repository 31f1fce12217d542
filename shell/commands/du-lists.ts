// du's lists out of files: names that zero bytes end (--files0-from), patterns line by line (-X).

import type { Command } from './command.ts';
import { closeInput, openInput, readAll } from './input.ts';
import type { Output } from './output.ts';
import { quoteAlways, quoteIfNeeded, quoteLocale } from './quoting.ts';
import { toText } from './text.ts';
import { tryHelp, usageError } from './usage-error.ts';

/** The operands, or the names that the list has; a number is the exit status of a complaint. */
export const duNames = async (
  out: Output,
  du: Command,
  operands: readonly string[],
  list: string | undefined,
): Promise<readonly string[] | number> => {
  const { process } = out;
  if (list === undefined) return operands.length > 0 ? operands : ['.'];
  const [extra] = operands;
  if (extra !== undefined) {
    const problem = `extra operand ${quoteLocale(process, extra)}`;
    return usageError(out, du, `${problem}\nfile operands cannot be combined with --files0-from`);
  }
  let fd: number | undefined;
  let text = '';
  try {
    fd = openInput(process, list);
    text = toText(await readAll(process, fd));
    closeInput(process, fd);
  } catch (error) {
    const shown = quoteAlways(process, list);
    const doing =
      fd === undefined ? `cannot open ${shown} for reading` : `${quoteIfNeeded(process, list)}: read error`;
    await out.complain(doing, error);
    return 1;
  }
  return usable(out, text.replace(/\0$/, ''), list);
};

/** What cannot be a name is told of with its place. */
const usable = async (out: Output, text: string, list: string): Promise<string[]> => {
  const names: string[] = [];
  for (const [at, name] of (text === '' ? [] : text.split('\0')).entries()) {
    if (name === '') {
      const place = `${quoteIfNeeded(out.process, list)}:${at + 1}`;
      await out.warn(`${place}: invalid zero-length file name`);
    } else if (list === '-' && name === '-') {
      const dash = quoteAlways(out.process, '-');
      await out.warn(`when reading file names from stdin, no file name of ${dash} allowed`);
    } else names.push(name);
  }
  return names;
};

/** The patterns of the files that -X names; undefined after a complaint. */
export const excludedIn = async (out: Output, files: readonly string[]): Promise<string[] | undefined> => {
  const { process } = out;
  const patterns: string[] = [];
  for (const file of files) {
    try {
      const fd = openInput(process, file);
      patterns.push(...toText(await readAll(process, fd)).split('\n'));
      closeInput(process, fd);
    } catch (error) {
      await out.complain(quoteIfNeeded(process, file), error);
      await tryHelp(out);
      return undefined;
    }
  }
  return patterns.map((pattern) => pattern.trimEnd()).filter((pattern) => pattern !== '');
};
