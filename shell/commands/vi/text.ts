// Pieces of a text in lines: slices, insertions, columns. Ends of ranges are exclusive, rows of blocks inclusive.

import type { Position } from './position.ts';

type Lines = readonly string[];

/** A text without any line: shown as one empty line, written as nothing. Known by identity. */
export const NO_LINES: Lines = [''];

export const lineAt = (lines: Lines, row: number): string => lines[row] ?? '';

const isPair = (line: string, at: number): boolean => {
  const [high, low] = [line.charCodeAt(at), line.charCodeAt(at + 1)];
  return high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
};

/** The column of the next character, of the one before. */
export const rightOf = (line: string, col: number): number => col + (isPair(line, col) ? 2 : 1);
export const leftOf = (line: string, col: number): number =>
  Math.max(0, col - (col > 1 && isPair(line, col - 2) ? 2 : 1));

/** The column of a line's last character; 0 in an empty line. */
export const lastCol = (line: string): number => leftOf(line, line.length);

export const firstNonBlank = (line: string): number => {
  const col = line.search(/[^ \t]/);
  return col < 0 ? lastCol(line) : col;
};

export const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';

/** A position on a character of the text, or past the last one of its line where `past` allows that. */
export const within = (lines: Lines, { row, col }: Position, past = false): Position => {
  const at = Math.max(0, Math.min(row, lines.length - 1));
  const line = lineAt(lines, at);
  return { row: at, col: Math.max(0, Math.min(col, past ? line.length : lastCol(line))) };
};

export const slice = (lines: Lines, start: Position, end: Position): string[] => {
  if (start.row === end.row) return [lineAt(lines, start.row).slice(start.col, end.col)];
  return [
    lineAt(lines, start.row).slice(start.col),
    ...lines.slice(start.row + 1, end.row),
    lineAt(lines, end.row).slice(0, end.col),
  ];
};

/** Puts `put`, split at newlines, where [start, end) was. */
export const splice = (lines: Lines, start: Position, end: Position, put: readonly string[]): string[] => {
  const head = lineAt(lines, start.row).slice(0, start.col);
  const tail = lineAt(lines, end.row).slice(end.col);
  const fresh = [...put];
  fresh[0] = head + (fresh[0] ?? '');
  fresh[fresh.length - 1] += tail;
  return [...lines.slice(0, start.row), ...fresh, ...lines.slice(end.row + 1)];
};

/** Puts whole lines where the rows from, to (inclusive) were; to < from inserts. A text keeps one line at least. */
export const spliceRows = (lines: Lines, from: number, to: number, put: readonly string[]): Lines => {
  const result = [...lines.slice(0, from), ...put, ...lines.slice(to + 1)];
  return result.length === 0 ? NO_LINES : result;
};

/** The display column of a character; tabs reach to the next stop. */
export const displayColumn = (line: string, col: number, tabstop: number): number => {
  let width = 0;
  for (let at = 0; at < col && at < line.length; at = rightOf(line, at)) {
    width += cellWidth(line, at, width, tabstop);
  }
  return width;
};

/** The character that stands at a display column, or the last one. */
export const atDisplayColumn = (line: string, wanted: number, tabstop: number, past: boolean): number => {
  let width = 0;
  let at = 0;
  const end = past ? line.length : lastCol(line);
  while (at < end) {
    width += cellWidth(line, at, width, tabstop);
    if (width > wanted) break;
    at = rightOf(line, at);
  }
  return at;
};

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** How many columns the character at `at` takes when it begins in column `from`. */
export const cellWidth = (line: string, at: number, from: number, tabstop: number): number => {
  const code = line.codePointAt(at) ?? 0;
  if (code === 9) return tabstop - (from % tabstop);
  if (code < 32 || code === 127) return 2;
  if (code < 127) return 1;
  if (code >= 0xdc80 && code <= 0xdcff) return 4;
  if (/\p{Mn}|\p{Me}|\p{Cf}/u.test(String.fromCodePoint(code))) return 0;
  return (code >= 0x1f300 && code <= 0x1faff) ||
    code >= 0x20000 ||
    (code < 0x10000 && WIDE.test(String.fromCharCode(code)))
    ? 2
    : 1;
};
