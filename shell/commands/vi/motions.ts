// Motions: from the cursor to somewhere else. An operator takes the text between, as each motion's kind says.

import { matchingBracket } from './brackets.ts';
import type { Asked, Kind, Motion, Moved } from './motion.ts';
import type { Position } from './position.ts';
import { search, searchAgain, searchWord } from './search-motions.ts';
import { sentence } from './sentences.ts';
import { failure, isVisual, type Vi } from './state.ts';
import { atDisplayColumn, displayColumn, firstNonBlank, lastCol, leftOf, lineAt, rightOf } from './text.ts';
import { endBefore, nextWord, paragraph, wordBefore, wordEnd } from './words.ts';

const at = (row: number, col: number): Moved => ({ to: { row, col } });

const vertical = (step: number): Motion => ({
  kind: 'linewise',
  move: ({ vi, count, past }) => {
    const { lines, cursor, want, settings } = vi;
    const row = cursor.row + step * count;
    if (row < 0 || row >= lines.length) return {};
    const col = atDisplayColumn(lineAt(lines, row), want, settings.tabstop, past);
    return { to: { row, col }, want };
  },
});

const rows = (rowOf: (asked: Asked) => number): Motion => ({
  kind: 'linewise',
  move: (asked) => {
    const { lines } = asked.vi;
    const row = rowOf(asked);
    if (row < 0) return {};
    const inside = Math.min(row, lines.length - 1);
    return at(inside, firstNonBlank(lineAt(lines, inside)));
  },
});

const stepRows = (step: (count: number) => number): Motion => ({
  kind: 'linewise',
  move: ({ vi, count }) => {
    const row = vi.cursor.row + step(count);
    return row < 0 || row >= vi.lines.length ? {} : at(row, firstNonBlank(lineAt(vi.lines, row)));
  },
});

const repeated =
  (step: (vi: Vi, from: Position) => Position) =>
  ({ vi, count }: Asked): Moved => {
    let to = vi.cursor;
    for (let n = 0; n < count; n++) to = step(vi, to);
    return to.row === vi.cursor.row && to.col === vi.cursor.col ? {} : { to };
  };

const word = (
  kind: Kind,
  step: (lines: readonly string[], from: Position, big: boolean) => Position,
  big: boolean,
): Motion => ({ kind, move: repeated(({ lines }, from) => step(lines, from, big)) });

const left: Motion = {
  kind: 'exclusive',
  move: ({ vi: { lines, cursor }, count }) => {
    let { col } = cursor;
    if (col === 0) return {};
    for (let n = 0; n < count && col > 0; n++) col = leftOf(lineAt(lines, cursor.row), col);
    return at(cursor.row, col);
  },
};

const right: Motion = {
  kind: 'exclusive',
  move: ({ vi: { lines, cursor }, count, past }) => {
    const line = lineAt(lines, cursor.row);
    const end = past ? line.length : lastCol(line);
    let { col } = cursor;
    if (col >= end) return past && line !== '' ? at(cursor.row, end) : {};
    for (let n = 0; n < count && col < end; n++) col = rightOf(line, col);
    return at(cursor.row, col);
  },
};

/** Space and Backspace go on to the next line, to the one before. */
const across = (step: 1 | -1): Motion => ({
  kind: 'exclusive',
  move: repeated(({ lines }, { row, col }) => {
    const line = lineAt(lines, row);
    if (step < 0) {
      if (col > 0) return { row, col: leftOf(line, col) };
      return row === 0 ? { row, col } : { row: row - 1, col: lastCol(lineAt(lines, row - 1)) };
    }
    if (col < lastCol(line)) return { row, col: rightOf(line, col) };
    return row + 1 < lines.length ? { row: row + 1, col: 0 } : { row, col };
  }),
});

const findInLine = (
  vi: Vi,
  key: string,
  character: string,
  count: number,
  again: boolean,
): number | undefined => {
  const line = lineAt(vi.lines, vi.cursor.row);
  const forward = key === 'f' || key === 't';
  let col = vi.cursor.col;
  // `;` after t must not stay before the character it stands before already.
  if (again && key === 't' && line[col + 1] === character && count === 1) col++;
  if (again && key === 'T' && line[col - 1] === character && count === 1) col--;
  for (let n = 0; n < count; n++) {
    col = forward ? line.indexOf(character, col + 1) : col === 0 ? -1 : line.lastIndexOf(character, col - 1);
    if (col < 0) return undefined;
  }
  if (key === 't') return leftOf(line, col);
  return key === 'T' ? rightOf(line, col) : col;
};

const find = (key: 'f' | 'F' | 't' | 'T'): Motion => ({
  kind: key === 'f' || key === 't' ? 'inclusive' : 'exclusive',
  move: ({ vi, count, argument }) => {
    const known = { ...vi, found: { key, character: argument } };
    const col = findInLine(vi, key, argument, count, false);
    return col === undefined ? { vi: known } : { ...at(vi.cursor.row, col), vi: known };
  },
});

const REVERSED: Readonly<Record<string, string>> = { f: 'F', F: 'f', t: 'T', T: 't' };

const findAgain = (reverse: boolean): Motion => ({
  kind: 'inclusive',
  move: ({ vi, count }) => {
    if (vi.found === undefined) return {};
    const key = reverse ? (REVERSED[vi.found.key] as string) : vi.found.key;
    const col = findInLine(vi, key, vi.found.character, count, true);
    if (col === undefined) return {};
    return { ...at(vi.cursor.row, col), kind: 'ft'.includes(key) ? 'inclusive' : 'exclusive' };
  },
});

const paragraphs = (step: 1 | -1): Motion => ({
  kind: 'exclusive',
  move: repeated(({ lines }, { row, col }) => {
    const to = paragraph(lines, row, step);
    if (to < 0) return { row: 0, col: 0 };
    if (to < lines.length) return { row: to, col: 0 };
    const end = lines.length - 1;
    return {
      row: end,
      col: row === end && col >= lastCol(lineAt(lines, end)) ? col : lineAt(lines, end).length,
    };
  }),
});

const mark = (linewise: boolean): Motion => ({
  kind: linewise ? 'linewise' : 'exclusive',
  move: ({ vi, argument }) => {
    const name = argument === '`' ? "'" : argument;
    const found = vi.marks[name] ?? (name === "'" ? { row: 0, col: 0 } : undefined);
    if (found === undefined) return { vi: failure(vi, 'E20: Mark not set') };
    if (found.row >= vi.lines.length) return { vi: failure(vi, 'E19: Mark has invalid line number') };
    return { to: linewise ? { row: found.row, col: firstNonBlank(lineAt(vi.lines, found.row)) } : found };
  },
});

const lastShown = ({ top, height, lines }: Vi): number => Math.min(lines.length, top + height) - 1;

export const MOTIONS: Readonly<Record<string, Motion>> = {
  h: left,
  l: right,
  ' ': across(1),
  '\x7f': across(-1),
  j: vertical(1),
  k: vertical(-1),
  w: word('exclusive', nextWord, false),
  W: word('exclusive', nextWord, true),
  b: word('exclusive', wordBefore, false),
  B: word('exclusive', wordBefore, true),
  e: word('inclusive', wordEnd, false),
  E: word('inclusive', wordEnd, true),
  ge: word('inclusive', endBefore, false),
  gE: word('inclusive', endBefore, true),
  '0': { kind: 'exclusive', move: ({ vi }) => at(vi.cursor.row, 0) },
  '^': {
    kind: 'exclusive',
    move: ({ vi }) => at(vi.cursor.row, firstNonBlank(lineAt(vi.lines, vi.cursor.row))),
  },
  $: {
    kind: 'inclusive',
    move: ({ vi, count }) => {
      const row = vi.cursor.row + count - 1;
      if (row >= vi.lines.length) return {};
      const line = lineAt(vi.lines, row);
      // A selection goes past the last character: the newline is in it.
      return { to: { row, col: isVisual(vi) ? line.length : lastCol(line) }, want: Number.POSITIVE_INFINITY };
    },
  },
  '|': {
    kind: 'exclusive',
    move: ({ vi, count }) =>
      at(
        vi.cursor.row,
        atDisplayColumn(lineAt(vi.lines, vi.cursor.row), count - 1, vi.settings.tabstop, false),
      ),
  },
  '+': stepRows((count) => count),
  '\r': stepRows((count) => count),
  '-': stepRows((count) => -count),
  _: stepRows((count) => count - 1),
  G: rows(({ vi, count, given }) => (given ? count : vi.lines.length) - 1),
  gg: rows(({ count }) => count - 1),
  H: rows(({ vi, count }) => Math.min(vi.top + count - 1, lastShown(vi))),
  M: rows(({ vi }) => Math.floor((vi.top + lastShown(vi)) / 2)),
  L: rows(({ vi, count }) => Math.max(vi.top, lastShown(vi) - count + 1)),
  f: find('f'),
  F: find('F'),
  t: find('t'),
  T: find('T'),
  ';': findAgain(false),
  ',': findAgain(true),
  '/': search(true),
  '?': search(false),
  n: searchAgain(true),
  N: searchAgain(false),
  '*': searchWord(true, true),
  '#': searchWord(false, true),
  'g*': searchWord(true, false),
  'g#': searchWord(false, false),
  '}': paragraphs(1),
  '{': paragraphs(-1),
  ')': { kind: 'exclusive', move: repeated(({ lines }, from) => sentence(lines, from, 1)) },
  '(': { kind: 'exclusive', move: repeated(({ lines }, from) => sentence(lines, from, -1)) },
  "'": mark(true),
  '`': mark(false),
  '%': {
    kind: 'inclusive',
    move: ({ vi, count, given }) => {
      if (given) {
        const row = Math.ceil((count * vi.lines.length) / 100) - 1;
        return { ...at(row, firstNonBlank(lineAt(vi.lines, row))), kind: 'linewise' };
      }
      const to = matchingBracket(vi.lines, vi.cursor);
      return to === undefined ? {} : { to };
    },
  },
};

/** Other names of the same keys. */
export const SAME_KEYS: Readonly<Record<string, string>> = {
  '<Left>': 'h',
  '\x08': '\x7f',
  '<Right>': 'l',
  '<Up>': 'k',
  '<Down>': 'j',
  '\x0e': 'j',
  '\n': 'j',
  '\x10': 'k',
  '<Home>': '0',
  '<End>': '$',
  '<C-Left>': 'b',
  '<C-Right>': 'w',
  '<PageUp>': '\x02',
  '<PageDown>': '\x06',
  '<Delete>': 'x',
  '<Insert>': 'i',
};

/** Motions after which Ctrl-O and '' come back. */
export const JUMPS: ReadonlySet<string> = new Set([
  'G',
  'gg',
  '/',
  '?',
  'n',
  'N',
  '*',
  '#',
  '%',
  '{',
  '}',
  '(',
  ')',
  'H',
  'M',
  'L',
  "'",
  '`',
]);

export const wantOf = (vi: Vi, to: Position): number =>
  displayColumn(lineAt(vi.lines, to.row), to.col, vi.settings.tabstop);
