// What nano's keys do to the text.

import { inOrder, type Position } from '../vi/position.ts';
import { leftOf, lineAt, rightOf, slice, splice } from '../vi/text.ts';
import { changed, type Nano, tell } from './state.ts';

export type Step = (nano: Nano) => Nano;

export const before = ({ lines, cursor: { row, col } }: Nano): Position => {
  if (col > 0) return { row, col: leftOf(lineAt(lines, row), col) };
  return row === 0 ? { row, col } : { row: row - 1, col: lineAt(lines, row - 1).length };
};

export const behind = ({ lines, cursor: { row, col } }: Nano): Position => {
  if (col < lineAt(lines, row).length) return { row, col: rightOf(lineAt(lines, row), col) };
  return row + 1 < lines.length ? { row: row + 1, col: 0 } : { row, col };
};

/** Where a piece of text ends that begins at a position. */
const endOf = ({ row, col }: Position, put: readonly string[]): Position => {
  const last = put.at(-1) ?? '';
  return put.length === 1 ? { row, col: col + last.length } : { row: row + put.length - 1, col: last.length };
};

const insert = (nano: Nano, what: string, put: readonly string[], more = ''): Nano => {
  const lines = splice(nano.lines, nano.cursor, nano.cursor, put);
  return changed(nano, what, lines, endOf(nano.cursor, put), more);
};

export const typeText = (nano: Nano, text: string): Nano => insert(nano, 'addition', [text], 'addition');

export const breakLine: Step = (nano) => insert(nano, 'line break', ['', '']);

/** A file's lines put in at the cursor. */
export const insertLines = (nano: Nano, lines: readonly string[]): Nano =>
  tell(
    { ...insert(nano, 'insertion', [...lines, '']), view: 'centre' },
    `Read ${lines.length} line${lines.length === 1 ? '' : 's'}`,
  );

const erase = (nano: Nano, start: Position, end: Position, more: string): Nano => {
  if (start.row === end.row && start.col === end.col) return nano;
  const what = start.row === end.row ? 'deletion' : 'line join';
  const lines = splice(nano.lines, start, end, ['']);
  return changed(nano, what, lines, start, start.row === end.row ? more : '');
};

export const backspace: Step = (nano) => erase(nano, before(nano), nano.cursor, 'backspace');

export const deleteHere: Step = (nano) => erase(nano, nano.cursor, behind(nano), 'delete');

/** The marked text, or this line with its newline where it has one. */
const taken = ({ lines, mark, cursor }: Nano): readonly [Position, Position] => {
  if (mark !== undefined) return inOrder(mark, cursor);
  const { row } = cursor;
  const start = { row, col: 0 };
  return row + 1 < lines.length
    ? [start, { row: row + 1, col: 0 }]
    : [start, { row, col: lineAt(lines, row).length }];
};

/** One cut after another gathers. */
const gather = (nano: Nano, text: readonly string[]): readonly string[] =>
  nano.cutting && nano.cut.length > 0
    ? [...nano.cut.slice(0, -1), (nano.cut.at(-1) ?? '') + (text[0] ?? ''), ...text.slice(1)]
    : text;

export const cutText: Step = (nano) => {
  const [start, end] = taken(nano);
  if (start.row === end.row && start.col === end.col) return tell(nano, 'Nothing was cut');
  const cut = gather(nano, slice(nano.lines, start, end));
  const lines = splice(nano.lines, start, end, ['']);
  const quiet = { ...nano, message: '', cut, mark: undefined };
  return { ...changed(quiet, 'cut', lines, start, 'cut'), cutting: true };
};

export const copyText: Step = (nano) => {
  const [start, end] = taken(nano);
  if (start.row === end.row && start.col === end.col)
    return tell({ ...nano, mark: undefined, cut: [] }, 'Copied nothing');
  const cut = gather(nano, slice(nano.lines, start, end));
  const cursor = nano.mark === undefined ? end : nano.cursor;
  return { ...nano, message: '', cut, mark: undefined, cursor, cutting: true };
};

export const pasteText: Step = (nano) =>
  nano.cut.length === 0
    ? tell(nano, 'Cutbuffer is empty')
    : { ...insert(nano, 'paste', nano.cut), message: '' };

export const setMark: Step = (nano) =>
  nano.mark === undefined
    ? tell({ ...nano, mark: nano.cursor }, 'Mark Set')
    : tell({ ...nano, mark: undefined }, 'Mark Unset');
