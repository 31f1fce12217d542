// Insert and replace mode.

import { MOTIONS, wantOf } from './motions.ts';
import type { Position } from './position.ts';
import { readRegister } from './registers.ts';
import type { Insertion, Vi } from './state.ts';
import { indentOf, leftOf, lineAt, rightOf, splice, spliceRows, within } from './text.ts';

export const beginInsert = (vi: Vi, opener: string, count: number | undefined, at: Position): Vi => ({
  ...vi,
  mode: 'insert',
  cursor: at,
  insertion: { count: count ?? 1, keys: [], opener, start: at, replaced: lineAt(vi.lines, at.row) },
});

export const openLine = (vi: Vi, opener: string, count: number | undefined): Vi => {
  const row = opener === 'o' ? vi.cursor.row + 1 : vi.cursor.row;
  const indent = vi.settings.autoindent ? indentOf(lineAt(vi.lines, vi.cursor.row)) : '';
  const lines = spliceRows(vi.lines, row, row - 1, [indent]);
  return beginInsert({ ...vi, lines }, opener, count, { row, col: indent.length });
};

/** A change begins without counts of its own. */
const insertionOf = (vi: Vi): Insertion =>
  vi.insertion ?? {
    count: 1,
    keys: [],
    opener: 'c',
    start: vi.cursor,
    replaced: lineAt(vi.lines, vi.cursor.row),
  };

export const pressInsert = (vi: Vi, key: string): Vi => {
  const insertion = insertionOf(vi);
  if (key === '\x1b' || key === '\x03') return finish({ ...vi, insertion }, insertion);
  const started = { ...vi, insertion: { ...insertion, keys: [...insertion.keys, key] } };
  return edit(started, key);
};

/** Keys that take one more: Ctrl-V, Ctrl-R. */
const TAKING = new Set(['\x16', '\x12']);

const edit = (vi: Vi, key: string): Vi => {
  const [taker] = vi.pending;
  if (taker !== undefined) return take({ ...vi, pending: [] }, taker, key);
  if (TAKING.has(key)) return { ...vi, pending: [key] };
  const step = STEPS[key];
  if (step !== undefined) return step(vi);
  return key.startsWith('<') && key.length > 1 ? vi : type(vi, key);
};

const take = (vi: Vi, taker: string, key: string): Vi => {
  if (taker === '\x16') return type(vi, key);
  const register = readRegister(vi, key);
  const text = register === undefined ? '' : register.lines.join('\n') + (register.linewise ? '\n' : '');
  return insertText(vi, text);
};

const insertText = (vi: Vi, text: string): Vi => {
  const put = text.split('\n');
  const lines = splice(vi.lines, vi.cursor, vi.cursor, put);
  const { row, col } = vi.cursor;
  const last = put.at(-1) ?? '';
  const cursor =
    put.length === 1 ? { row, col: col + last.length } : { row: row + put.length - 1, col: last.length };
  return { ...vi, lines, cursor };
};

const type = (vi: Vi, text: string): Vi => {
  const { row, col } = vi.cursor;
  const line = lineAt(vi.lines, row);
  if (vi.mode !== 'replace' || col >= line.length) return insertText(vi, text);
  const lines = splice(vi.lines, vi.cursor, { row, col: rightOf(line, col) }, [text]);
  return { ...vi, lines, cursor: { row, col: col + text.length } };
};

const enter = (vi: Vi): Vi => {
  const indent = vi.settings.autoindent
    ? indentOf(lineAt(vi.lines, vi.cursor.row)).slice(0, vi.cursor.col)
    : '';
  return insertText(vi, `\n${indent}`);
};

/** Deletes back to a place; backspace=indent,eol,start. */
const eraseTo = (vi: Vi, start: Position): Vi => ({
  ...vi,
  lines: splice(vi.lines, start, vi.cursor, ['']),
  cursor: start,
});

const backspace = (vi: Vi): Vi => {
  const { row, col } = vi.cursor;
  if (col === 0 && row === 0) return vi;
  if (col === 0) return eraseTo(vi, { row: row - 1, col: lineAt(vi.lines, row - 1).length });
  const left = leftOf(lineAt(vi.lines, row), col);
  if (vi.mode !== 'replace') return eraseTo(vi, { row, col: left });
  // What was written over comes back.
  const insertion = insertionOf(vi);
  const original =
    insertion.start.row === row && left >= insertion.start.col ? insertion.replaced[left] : undefined;
  if (insertion.start.row === row && left < insertion.start.col) return { ...vi, cursor: { row, col: left } };
  return {
    ...eraseTo(vi, { row, col: left }),
    lines: splice(vi.lines, { row, col: left }, vi.cursor, [original ?? '']),
  };
};

const wordBack = (vi: Vi): Vi => {
  const { row, col } = vi.cursor;
  if (col === 0) return backspace(vi);
  const head = lineAt(vi.lines, row).slice(0, col);
  const start = head.search(/(?:\w+|[^\w\s]+)?[ \t]*$/);
  return eraseTo(vi, { row, col: Math.max(0, Math.min(start, col - 1)) });
};

const lineBack = (vi: Vi): Vi => {
  const { row, col } = vi.cursor;
  if (col === 0) return backspace(vi);
  const { start } = insertionOf(vi);
  const to = start.row === row && start.col < col ? start.col : 0;
  return eraseTo(vi, { row, col: to });
};

const deleteHere = (vi: Vi): Vi => {
  const { row, col } = vi.cursor;
  const line = lineAt(vi.lines, row);
  const end = col < line.length ? { row, col: rightOf(line, col) } : { row: row + 1, col: 0 };
  return end.row >= vi.lines.length ? vi : { ...vi, lines: splice(vi.lines, vi.cursor, end, ['']) };
};

/** Ctrl-T and Ctrl-D: the line's indent, a shiftwidth more or less. */
const indentBy =
  (direction: 1 | -1) =>
  (vi: Vi): Vi => {
    const { row, col } = vi.cursor;
    const line = lineAt(vi.lines, row);
    const indent = indentOf(line);
    const { shiftwidth, tabstop, expandtab } = vi.settings;
    const width = [...indent].reduce((sum, c) => (c === '\t' ? sum - (sum % tabstop) + tabstop : sum + 1), 0);
    const goal = Math.max(0, (Math.floor(width / shiftwidth) + direction) * shiftwidth);
    const fresh = expandtab
      ? ' '.repeat(goal)
      : '\t'.repeat(Math.floor(goal / tabstop)) + ' '.repeat(goal % tabstop);
    const lines = splice(vi.lines, { row, col: 0 }, { row, col: indent.length }, [fresh]);
    return { ...vi, lines, cursor: { row, col: Math.max(0, col + fresh.length - indent.length) } };
  };

/** Arrow keys end what a count would repeat. */
const move =
  (name: string) =>
  (vi: Vi): Vi => {
    const moved = MOTIONS[name]?.move({ vi, count: 1, given: false, argument: '', past: true });
    if (moved?.to === undefined) return vi;
    const col = name === '$' ? lineAt(vi.lines, moved.to.row).length : moved.to.col;
    const cursor = within(vi.lines, { row: moved.to.row, col }, true);
    const insertion: Insertion = {
      ...insertionOf(vi),
      count: 1,
      keys: [],
      start: cursor,
      replaced: lineAt(vi.lines, cursor.row),
    };
    return { ...vi, cursor, insertion, want: moved.want ?? wantOf(vi, cursor) };
  };

const tab = (vi: Vi): Vi => {
  const { expandtab, tabstop } = vi.settings;
  return expandtab ? type(vi, ' '.repeat(tabstop - (wantOf(vi, vi.cursor) % tabstop))) : type(vi, '\t');
};

const STEPS: Readonly<Record<string, (vi: Vi) => Vi>> = {
  '\r': enter,
  '\n': enter,
  '\t': tab,
  '\x7f': backspace,
  '\x08': backspace,
  '\x17': wordBack,
  '\x15': lineBack,
  '\x14': indentBy(1),
  '\x04': indentBy(-1),
  '<Delete>': deleteHere,
  '<Insert>': (vi) => ({ ...vi, mode: vi.mode === 'insert' ? 'replace' : 'insert' }),
  '<Left>': move('h'),
  '<Right>': move('l'),
  '<Up>': move('k'),
  '<Down>': move('j'),
  '<Home>': move('0'),
  '<End>': move('$'),
};

/** Escape: what was typed is typed again as often as the count says, and the cursor steps back. */
const finish = (vi: Vi, insertion: Insertion): Vi => {
  let now: Vi = { ...vi, pending: [] };
  for (let n = 1; n < insertion.count; n++) {
    if (insertion.opener === 'o' || insertion.opener === 'O')
      now = { ...openLine(now, 'o', 1), mode: vi.mode };
    for (const key of insertion.keys) now = edit(now, key);
  }
  const { row, col } = now.cursor;
  const line = lineAt(now.lines, row);
  // An indent that nothing follows goes away again.
  const bare = now.settings.autoindent && line !== '' && line.trim() === '' && insertion.keys.at(-1) !== ' ';
  const lines = bare ? spliceRows(now.lines, row, row, ['']) : now.lines;
  const cursor = within(lines, { row, col: leftOf(line, col) });
  const left = {
    ...now,
    lines,
    cursor,
    mode: 'normal',
    insertion: undefined,
    marks: { ...now.marks, '^': now.cursor },
  } as const;
  return { ...left, want: wantOf(left, cursor) };
};
