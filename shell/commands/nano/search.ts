// Searching, from behind the cursor around to it again.

import { compileRegex, RegexError } from '../posix-regex.ts';
import { isBefore, type Position } from '../vi/position.ts';
import { lineAt } from '../vi/text.ts';
import { type Nano, type SearchFlags, tell } from './state.ts';

export interface Match {
  readonly start: Position;
  readonly length: number;
}

type Finder = (line: string, from: number) => { readonly at: number; readonly length: number } | undefined;

/** Looks for text as the flags say; an unreadable expression finds nothing. */
const finderOf = (text: string, { exact, regexp }: SearchFlags): Finder => {
  if (!regexp) {
    const fold = (line: string): string => (exact ? line : line.toLowerCase());
    const wanted = fold(text);
    return (line, from) => {
      const at = fold(line).indexOf(wanted, from);
      return at < 0 ? undefined : { at, length: text.length };
    };
  }
  try {
    const matcher = compileRegex(text, { extended: true, ignoreCase: !exact, utf8: true });
    return (line, from) => {
      const match = matcher.find(line, from);
      return match === undefined ? undefined : { at: match.start, length: match.end - match.start };
    };
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    return () => undefined;
  }
};

/** Every place, in the rows from `first` on. */
export function* matchesIn(nano: Nano, text: string, first = 0): Generator<Match> {
  const find = finderOf(text, nano.flags);
  for (let row = first; row < nano.lines.length; row++) {
    const line = lineAt(nano.lines, row);
    for (let from = 0; from <= line.length; ) {
      const found = find(line, from);
      if (found === undefined) break;
      yield { start: { row, col: found.at }, length: found.length };
      from = found.at + 1;
    }
  }
}

/** Goes to the next place; `backwards`: to the one before. */
export const searchText = (nano: Nano, text: string, backwards = nano.flags.backwards): Nano => {
  if (text === '') return tell(nano, 'No current search pattern');
  const searched = { ...nano, searched: text };
  const matches = [...matchesIn(nano, text)];
  const { cursor } = nano;
  const ahead = backwards
    ? matches.findLast(({ start }) => isBefore(start, cursor))
    : matches.find(({ start }) => isBefore(cursor, start));
  const around = backwards ? matches.at(-1) : matches[0];
  const match = ahead ?? around;
  if (match === undefined) return tell(searched, `"${text}" not found`);
  const found: Nano = { ...searched, cursor: match.start, view: 'centre' };
  if (ahead !== undefined) return { ...found, message: '' };
  const same = match.start.row === cursor.row && match.start.col === cursor.col;
  return tell(found, same ? 'This is the only occurrence' : 'Search Wrapped');
};
