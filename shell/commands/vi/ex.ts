// Colon commands: their names, the lines they work on, what they do.

import { readAddresses } from './address.ts';
import type { ExCommand } from './ex-command.ts';
import { EX_COMMANDS } from './ex-commands.ts';
import { failure, type Vi } from './state.ts';
import { firstNonBlank, lineAt } from './text.ts';

/** Finds what was abbreviated; a name is letters, or one sign. */
const find = (word: string): ExCommand | undefined =>
  EX_COMMANDS.find(({ name, least }) => name.startsWith(word) && word.startsWith(least));

export const runEx = (vi: Vi, line: string): Vi => {
  const addressed = readAddresses(vi, line);
  if ('error' in addressed) return failure(vi, addressed.error);
  const { rows, rest } = addressed;
  if (rest === '' || rest.startsWith('"')) return rows.length === 0 ? vi : goTo(vi, rows.at(-1) as number);
  const split = splitName(rest);
  const command = find(split.word);
  if (command === undefined) return failure(vi, `E492: Not an editor command: ${line.trim()}`);
  const [
    first = command.all ? 0 : vi.cursor.row,
    last = rows[0] ?? (command.all ? vi.lines.length - 1 : vi.cursor.row),
  ] = rows;
  if (first > last) return failure(vi, 'E493: Backwards range given');
  const [own, next] = command.takesBar ? [split.rest, undefined] : splitBar(split.rest);
  const bang = own.startsWith('!') && split.word !== '!';
  const call = {
    from: first,
    to: last,
    given: rows.length > 0,
    bang,
    argument: (bang ? own.slice(1) : own).trimStart(),
    name: split.word,
  };
  const done = command.run(vi, call, runEx);
  return next === undefined || done.failed || done.request !== undefined ? done : runEx(done, next);
};

const goTo = (vi: Vi, row: number): Vi => {
  const at = Math.max(0, row);
  return {
    ...vi,
    cursor: { row: at, col: firstNonBlank(lineAt(vi.lines, at)) },
    marks: { ...vi.marks, "'": vi.cursor },
  };
};

/** `s/a/b/`, `g!/x/d`, `w!`, `r!ls`, `ka`: where a name ends. */
const splitName = (text: string): { word: string; rest: string } => {
  const sign = /^[!&=<>@#~]/.exec(text)?.[0];
  if (sign !== undefined) return { word: sign, rest: text.slice(1) };
  const word = /^(?:s(?=[^a-zA-Z]|$)|k(?=[a-zA-Z](?:\s|$))|[a-zA-Z]+)/.exec(text)?.[0] ?? '';
  return { word, rest: text.slice(word.length) };
};

/** Commands on one line are parted by bars. */
const splitBar = (text: string): readonly [string, string | undefined] => {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '|') return [text.slice(0, at).trimEnd(), text.slice(at + 1)];
  }
  return [text, undefined];
};
