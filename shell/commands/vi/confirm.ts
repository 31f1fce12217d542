// The c flag of :s: each place is shown and asked about.

import { compilePattern } from './pattern.ts';
import type { Position } from './position.ts';
import { expandReplacement } from './replacement.ts';
import type { Confirmation, Vi } from './state.ts';
import { firstNonBlank, lineAt, splice } from './text.ts';

type Search = Omit<Confirmation, 'match'>;

const regexOf = (vi: Vi, { pattern, ignoreCase }: Search): RegExp | undefined =>
  compilePattern(pattern, vi.settings, ignoreCase);

const nextMatch = (vi: Vi, search: Search): { start: Position; end: number } | undefined => {
  const regex = regexOf(vi, search);
  if (regex === undefined) return undefined;
  for (let { row, col } = search.from; row <= search.to; row++, col = 0) {
    const line = lineAt(vi.lines, row);
    regex.lastIndex = col;
    const match = col > line.length ? null : regex.exec(line);
    if (match !== null) return { start: { row, col: match.index }, end: match.index + match[0].length };
  }
  return undefined;
};

/** Shows the next place, or ends. */
export const askNext = (vi: Vi, search: Search, found: number): Vi => {
  const match = nextMatch(vi, search);
  if (match === undefined) {
    const message =
      found === 0 && vi.confirmation === undefined
        ? { text: `E486: Pattern not found: ${search.pattern}`, error: true }
        : vi.message;
    const { row } = vi.cursor;
    return {
      ...vi,
      mode: 'normal',
      confirmation: undefined,
      message,
      cursor: { row, col: firstNonBlank(lineAt(vi.lines, row)) },
    };
  }
  return { ...vi, mode: 'confirm', cursor: match.start, confirmation: { ...search, match } };
};

/** Where the search goes on: behind the place, or on the next line. */
const skip = (asked: Confirmation, row: number, col: number, wasEmpty: boolean): Search =>
  asked.all
    ? { ...asked, from: { row, col: wasEmpty ? col + 1 : col } }
    : { ...asked, from: { row: row + 1, col: 0 } };

const replaceHere = (vi: Vi, asked: Confirmation): { vi: Vi; next: Search } => {
  const { start, end } = asked.match;
  const line = lineAt(vi.lines, start.row);
  const regex = regexOf(vi, asked) as RegExp;
  regex.lastIndex = start.col;
  const groups = regex.exec(line) ?? [''];
  const put = expandReplacement(asked.replacement, groups).split('\n');
  const lines = splice(vi.lines, start, { row: start.row, col: end }, put);
  const row = start.row + put.length - 1;
  const col = (put.length === 1 ? start.col : 0) + (put.at(-1) ?? '').length;
  const longer = { ...asked, to: asked.to + put.length - 1 };
  return { vi: { ...vi, lines }, next: skip(longer, row, col, end === start.col) };
};

const stop = (vi: Vi): Vi => ({ ...vi, mode: 'normal', confirmation: undefined });

export const pressConfirm = (vi: Vi, key: string): Vi => {
  const asked = vi.confirmation;
  if (asked === undefined) return stop(vi);
  const { start, end } = asked.match;
  if (key === 'n') return askNext(vi, skip(asked, start.row, end, end === start.col), 1);
  if (key === 'y' || key === 'l') {
    const done = replaceHere(vi, asked);
    return key === 'l' ? stop(done.vi) : askNext(done.vi, done.next, 1);
  }
  if (key === 'a') {
    let done = replaceHere(vi, asked);
    for (let now = askNext(done.vi, done.next, 1); ; now = askNext(done.vi, done.next, 1)) {
      if (now.confirmation === undefined) return now;
      done = replaceHere(now, now.confirmation);
    }
  }
  return key === 'q' || key === '\x1b' || key === '\x03' ? stop(vi) : vi;
};
