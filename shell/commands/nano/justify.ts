// ^J: a paragraph's lines joined, and broken again to the width that is left by eight columns.

import { displayColumn, indentOf, lineAt, rightOf, spliceRows } from '../vi/text.ts';
import { changed, type Nano, tell } from './state.ts';

const MARGIN = 8;
const TAB = 8;
const DEPTH = 222;

/** A paragraph's line has something behind its indentation. */
const isFull = (line: string): boolean => /[^ \t]/.test(line);

/** Where a paragraph begins: behind an empty line, or at another indentation than the lines before have. */
const begins = (lines: readonly string[], row: number, depth = 0): boolean => {
  if (!isFull(lineAt(lines, row))) return false;
  if (row === 0 || !isFull(lineAt(lines, row - 1))) return true;
  if (depth > DEPTH) return true;
  return (
    indentOf(lineAt(lines, row)) !== indentOf(lineAt(lines, row - 1)) && !begins(lines, row - 1, depth + 1)
  );
};

const endOf = (lines: readonly string[], start: number): number => {
  let end = start + 1;
  while (end < lines.length && isFull(lineAt(lines, end)) && !begins(lines, end)) end++;
  return end;
};

/** One blank between words, two at most behind the end of a sentence. */
const squeeze = (text: string): string =>
  text
    .replaceAll('\t', ' ')
    .replace(/([.?!]["')\]]*)? +/g, (blanks, end: string | undefined) =>
      end === undefined ? ' ' : end + blanks.slice(end.length, end.length + 2),
    )
    .trimEnd();

/** Behind the last blank that is still within `width` columns, or the first one at all. */
const breakAt = (text: string, width: number): number => {
  let last = 0;
  for (let at = 0, column = 0; at < text.length; at = rightOf(text, at)) {
    if (column > width && last > 0) break;
    if (text[at] === ' ' && (column <= width || last === 0)) last = at + 1;
    column = displayColumn(text, rightOf(text, at), TAB);
  }
  return last;
};

const wrap = (text: string, first: string, lead: string, columns: number): string[] => {
  const rows: string[] = [];
  let rest = first + text;
  while (displayColumn(rest, rest.length, TAB) > columns) {
    const head = rows.length === 0 ? first : lead;
    const length = breakAt(rest.slice(head.length), columns - displayColumn(head, head.length, TAB));
    if (length === 0 || head.length + length >= rest.length) break;
    rows.push(rest.slice(0, head.length + length));
    rest = lead + rest.slice(head.length + length);
  }
  return [...rows, rest];
};

export const justify = (nano: Nano, columns: number): Nano => {
  const { lines, cursor } = nano;
  let start = cursor.row;
  while (start > 0 && isFull(lineAt(lines, start)) && !begins(lines, start)) start--;
  while (start < lines.length && !begins(lines, start)) start++;
  if (start === lines.length)
    return { ...nano, cursor: { row: lines.length - 1, col: lineAt(lines, lines.length - 1).length } };
  const end = endOf(lines, start);
  const first = indentOf(lineAt(lines, start));
  const lead = end - start > 1 ? indentOf(lineAt(lines, start + 1)) : first;
  const text = lines.slice(start, end).map((line) => line.slice(indentOf(line).length));
  const put = wrap(
    squeeze(text.map((line) => (line.endsWith(' ') ? line : `${line} `)).join('')),
    first,
    lead,
    columns,
  );
  const fresh = spliceRows(lines, start, end - 1, put);
  const row = start + put.length;
  const to = row < fresh.length ? { row, col: 0 } : { row: row - 1, col: put.at(-1)?.length ?? 0 };
  return tell(changed({ ...nano, mark: undefined }, 'justification', fresh, to), 'Justified paragraph');
};

export const justifyWidth = (columns: number): number => Math.max(1, columns - MARGIN);
