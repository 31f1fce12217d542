// Putting registers into the text, and joining lines.

import { countLines } from './operators.ts';
import type { Register } from './register.ts';
import { failure, type Vi } from './state.ts';
import { firstNonBlank, lastCol, leftOf, lineAt, rightOf, splice, spliceRows } from './text.ts';

export const putRegister = (vi: Vi, { lines, linewise }: Register, behind: boolean, count: number): Vi => {
  const { row, col } = vi.cursor;
  if (linewise) {
    const rows = Array.from({ length: count }, () => lines).flat();
    const at = behind ? row + 1 : row;
    const put = spliceRows(vi.lines, at, at - 1, rows);
    return countLines(
      { ...vi, lines: put, cursor: { row: at, col: firstNonBlank(lineAt(put, at)) } },
      vi.lines.length,
    );
  }
  const line = lineAt(vi.lines, row);
  const from = { row, col: behind && line !== '' ? rightOf(line, col) : col };
  const text = lines.length === 1 ? [(lines[0] as string).repeat(count)] : repeatLines(lines, count);
  const put = splice(vi.lines, from, from, text);
  // After one line the cursor is on its last character, after several on the first.
  const cursor =
    text.length === 1 ? { row, col: leftOf(lineAt(put, row), from.col + (text[0] as string).length) } : from;
  return countLines({ ...vi, lines: put, cursor }, vi.lines.length);
};

const repeatLines = (lines: readonly string[], count: number): string[] =>
  lines.join('\n').repeat(count).split('\n');

/** Joins `count` lines into one; with `spaces` as J does, else as gJ. */
export const joinRows = (vi: Vi, count: number, spaces: boolean): Vi => {
  const { row } = vi.cursor;
  if (row + 1 >= vi.lines.length) return failure(vi);
  const last = Math.min(row + Math.max(2, count) - 1, vi.lines.length - 1);
  let text = lineAt(vi.lines, row);
  let { col } = vi.cursor;
  for (let at = row + 1; at <= last; at++) {
    const next = spaces ? lineAt(vi.lines, at).replace(/^[ \t]+/, '') : lineAt(vi.lines, at);
    const gap =
      spaces && next !== '' && !next.startsWith(')') && text !== '' && !/[ \t]$/.test(text) ? ' ' : '';
    col = text.length;
    if (gap === '' && spaces && next === '') col = lastCol(text);
    text += gap + next;
  }
  const lines = spliceRows(vi.lines, row, last, [text]);
  return countLines({ ...vi, lines, cursor: { row, col: Math.min(col, lastCol(text)) } }, vi.lines.length);
};
