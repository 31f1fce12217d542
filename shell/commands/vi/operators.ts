// Operators on a range of text: d c y > < g~ gu gU.

import type { Range } from './objects.ts';
import type { Position } from './position.ts';
import { deleteInto, yankInto } from './registers.ts';
import type { Vi } from './state.ts';
import { firstNonBlank, indentOf, lineAt, slice, splice, spliceRows, within } from './text.ts';

interface Operation {
  readonly register: string | undefined;
  /** How many times a shift shifts. */
  readonly times: number;
}

type Operator = (vi: Vi, range: Range, operation: Operation) => Vi;

const rowsOf = ({ start, end }: Range): readonly [number, number] => [start.row, end.row];

const taken = ({ lines }: Vi, { start, end, linewise }: Range): readonly string[] =>
  linewise ? lines.slice(start.row, end.row + 1) : slice(lines, start, end);

const moreLines = (vi: Vi, count: number, what: (count: number) => string): Vi =>
  count > 2 ? { ...vi, message: { text: what(count), error: false } } : vi;

/** Tells when more than two lines came or went. */
export const countLines = (vi: Vi, before: number): Vi => {
  const change = vi.lines.length - before;
  return moreLines(vi, Math.abs(change), (count) => `${count} ${change > 0 ? 'more' : 'fewer'} lines`);
};

export const deleteRange: Operator = (vi, range, { register }) => {
  const kept = deleteInto(vi, register, { lines: taken(vi, range), linewise: range.linewise });
  if (!range.linewise) {
    const lines = splice(vi.lines, range.start, range.end, ['']);
    return countLines({ ...kept, lines, cursor: within(lines, range.start) }, vi.lines.length);
  }
  const [from, to] = rowsOf(range);
  const lines = spliceRows(vi.lines, from, to, []);
  const row = Math.min(from, lines.length - 1);
  const after = { ...kept, lines, cursor: { row, col: firstNonBlank(lineAt(lines, row)) } };
  if (from === 0 && to >= vi.lines.length - 1)
    return { ...after, message: { text: '--No lines in buffer--', error: false } };
  return countLines(after, vi.lines.length);
};

export const change: Operator = (vi, range, { register }) => {
  const kept = deleteInto(vi, register, { lines: taken(vi, range), linewise: range.linewise });
  const begun = { mode: 'insert', insertion: undefined } as const;
  if (!range.linewise) {
    const lines = splice(vi.lines, range.start, range.end, ['']);
    return { ...kept, ...begun, lines, cursor: range.start };
  }
  const [from, to] = rowsOf(range);
  const indent = vi.settings.autoindent ? indentOf(lineAt(vi.lines, from)) : '';
  const lines = spliceRows(vi.lines, from, to, [indent]);
  return { ...kept, ...begun, lines, cursor: { row: from, col: indent.length } };
};

const yank: Operator = (vi, range, { register }) => {
  const value = { lines: taken(vi, range), linewise: range.linewise };
  const kept = yankInto(vi, register, value);
  const named = register === undefined || register === '"' ? '' : ` into "${register}`;
  const told = moreLines(kept, value.lines.length, (count) => `${count} lines yanked${named}`);
  const cursor = range.linewise
    ? {
        row: range.start.row,
        col: Math.min(
          vi.cursor.row === range.start.row ? vi.cursor.col : vi.cursor.col,
          lineAt(vi.lines, range.start.row).length,
        ),
      }
    : range.start;
  return { ...told, cursor: within(vi.lines, cursor) };
};

const mapRows = (vi: Vi, range: Range, edit: (line: string) => string): Vi => {
  const [from, to] = rowsOf(range);
  const lines = spliceRows(vi.lines, from, to, vi.lines.slice(from, to + 1).map(edit));
  return { ...vi, lines, cursor: { row: from, col: firstNonBlank(lineAt(lines, from)) } };
};

/** An indent of `width` columns, in tabs where the settings want them. */
const indentText = (width: number, { settings }: Vi): string =>
  settings.expandtab
    ? ' '.repeat(width)
    : '\t'.repeat(Math.floor(width / settings.tabstop)) + ' '.repeat(width % settings.tabstop);

const widthOf = (indent: string, tabstop: number): number =>
  [...indent].reduce(
    (width, character) => (character === '\t' ? width - (width % tabstop) + tabstop : width + 1),
    0,
  );

const shift =
  (direction: 1 | -1): Operator =>
  (vi, range, { times }) => {
    const { shiftwidth, tabstop } = vi.settings;
    const step = (shiftwidth || tabstop) * times * direction;
    const shifted = mapRows(vi, range, (line) => {
      if (line === '') return line;
      const indent = indentOf(line);
      return indentText(Math.max(0, widthOf(indent, tabstop) + step), vi) + line.slice(indent.length);
    });
    const sign = direction > 0 ? '>' : '<';
    return moreLines(
      shifted,
      range.end.row - range.start.row + 1,
      (count) => `${count} lines ${sign}ed ${times} time${times === 1 ? '' : 's'}`,
    );
  };

const swapCase = (text: string): string =>
  [...text].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join('');

const caseOperator =
  (edit: (text: string) => string): Operator =>
  (vi, range) => {
    const [start, end]: readonly [Position, Position] = range.linewise
      ? [
          { row: range.start.row, col: 0 },
          { row: range.end.row, col: lineAt(vi.lines, range.end.row).length },
        ]
      : [range.start, range.end];
    const lines = splice(vi.lines, start, end, slice(vi.lines, start, end).map(edit));
    const cursor = range.linewise ? { row: range.start.row, col: 0 } : start;
    return { ...vi, lines, cursor: within(lines, cursor) };
  };

export const OPERATIONS: Readonly<Record<string, Operator>> = {
  d: deleteRange,
  c: change,
  y: yank,
  '>': shift(1),
  '<': shift(-1),
  '=': (vi, range) => mapRows(vi, range, (line) => line),
  'g~': caseOperator(swapCase),
  gu: caseOperator((text) => text.toLowerCase()),
  gU: caseOperator((text) => text.toUpperCase()),
};

/** The keys of visual mode that are operators of other names. */
export const VISUAL_OPERATORS: Readonly<Record<string, string>> = {
  d: 'd',
  x: 'd',
  c: 'c',
  s: 'c',
  y: 'y',
  '>': '>',
  '<': '<',
  '=': '=',
  '~': 'g~',
  u: 'gu',
  U: 'gU',
  'g~': 'g~',
  gu: 'gu',
  gU: 'gU',
};

export { swapCase };
