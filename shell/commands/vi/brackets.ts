// Brackets and the partners they have.

import { isBefore, type Position } from './position.ts';
import { lineAt } from './text.ts';

const PARTNERS: Readonly<Record<string, readonly [partner: string, step: 1 | -1]>> = {
  '(': [')', 1],
  '[': [']', 1],
  '{': ['}', 1],
  ')': ['(', -1],
  ']': ['[', -1],
  '}': ['{', -1],
};

/** The partner of the first bracket at or after a position in its line. */
export const matchingBracket = (lines: readonly string[], { row, col }: Position): Position | undefined => {
  const line = lineAt(lines, row);
  const start = line.slice(col).search(/[()[\]{}]/);
  if (start < 0) return undefined;
  const bracket = line[col + start] as string;
  const [partner, step] = PARTNERS[bracket] as readonly [string, 1 | -1];
  return scan(lines, { row, col: col + start }, bracket, partner, step);
};

/** From a bracket (or from inside) to the partner, over pairs between; the start itself counts as nothing. */
const scan = (
  lines: readonly string[],
  from: Position,
  same: string,
  partner: string,
  step: 1 | -1,
): Position | undefined => {
  let depth = 0;
  let col = from.col + step;
  for (let row = from.row; row >= 0 && row < lines.length; row += step) {
    const line = lineAt(lines, row);
    if (row !== from.row) col = step > 0 ? 0 : line.length - 1;
    for (; col >= 0 && col < line.length; col += step) {
      if (line[col] === same) depth++;
      else if (line[col] === partner && depth-- === 0) return { row, col };
    }
  }
  return undefined;
};

/** The pair of brackets around a position, which may be on one of them; `count` pairs out. */
export const bracketsAround = (
  lines: readonly string[],
  from: Position,
  open: string,
  close: string,
  count: number,
): readonly [Position, Position] | undefined => {
  let start: Position | undefined = from;
  for (let n = 0; n < count && start !== undefined; n++) {
    const here = lineAt(lines, start.row)[start.col];
    if (n === 0 && here === open) continue;
    start = scan(lines, start, close, open, -1);
  }
  if (start === undefined) return undefined;
  const end = scan(lines, start, open, close, 1);
  return end === undefined || isBefore(end, from) ? undefined : [start, end];
};
