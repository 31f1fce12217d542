// Text objects: iw a" i( ap and the rest, as ranges around the cursor.

import { bracketsAround } from './brackets.ts';
import type { Position } from './position.ts';
import type { Vi } from './state.ts';
import { lineAt } from './text.ts';
import { kindOf } from './words.ts';

export interface Range {
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
  readonly linewise: boolean;
}

type Find = (vi: Vi, around: boolean, count: number) => Range | undefined;

const inRow = (row: number, start: number, end: number): Range => ({
  start: { row, col: start },
  end: { row, col: end },
  linewise: false,
});

const word =
  (big: boolean): Find =>
  ({ lines, cursor: { row, col } }, around, count) => {
    const line = lineAt(lines, row);
    if (line === '') return inRow(row, 0, 0);
    const run = (from: number): number => {
      const kind = kindOf(line[from], big);
      let end = from;
      while (end < line.length && kindOf(line[end], big) === kind) end++;
      return end;
    };
    const here = kindOf(line[col], big);
    let start = col;
    while (start > 0 && kindOf(line[start - 1], big) === here) start--;
    let end = start;
    for (let n = 0; n < count && end < line.length; n++) {
      end = run(end);
      if (around && end < line.length && (here === 'blank' || kindOf(line[end], big) === 'blank'))
        end = run(end);
    }
    const tookBlank = kindOf(line[end - 1], big) === 'blank';
    if (around && here !== 'blank' && !tookBlank) {
      while (start > 0 && kindOf(line[start - 1], big) === 'blank') start--;
      // The indent of a line is no blank between words.
      if (start === 0 && kindOf(line[0], big) === 'blank')
        while (kindOf(line[start], big) === 'blank') start++;
    }
    return inRow(row, start, end);
  };

const quoted =
  (quote: string): Find =>
  ({ lines, cursor: { row, col } }, around) => {
    const line = lineAt(lines, row);
    const places: number[] = [];
    for (let at = 0; at < line.length; at++) {
      if (line[at] === '\\') at++;
      else if (line[at] === quote) places.push(at);
    }
    for (let n = 0; n + 1 < places.length; n += 2) {
      const [open, close] = [places[n] as number, places[n + 1] as number];
      if (close < col) continue;
      if (!around) return inRow(row, open + 1, close);
      const after = /^[ \t]*/.exec(line.slice(close + 1))?.[0].length ?? 0;
      const before = after > 0 ? 0 : (/[ \t]*$/.exec(line.slice(0, open))?.[0].length ?? 0);
      return inRow(row, open - before, close + 1 + after);
    }
    return undefined;
  };

const bracketed =
  (open: string, close: string): Find =>
  ({ lines, cursor }, around, count) => {
    const pair = bracketsAround(lines, cursor, open, close, count);
    if (pair === undefined) return undefined;
    const [start, end] = pair;
    if (around) return { start, end: { row: end.row, col: end.col + 1 }, linewise: false };
    const inside = { row: start.row, col: start.col + 1 };
    // Brackets at the ends of their lines: the lines between them.
    if (
      end.row > start.row + 1 &&
      inside.col === lineAt(lines, start.row).length &&
      /^\s*$/.test(lineAt(lines, end.row).slice(0, end.col))
    ) {
      return {
        start: { row: start.row + 1, col: 0 },
        end: { row: end.row - 1, col: lineAt(lines, end.row - 1).length },
        linewise: true,
      };
    }
    return { start: inside, end, linewise: false };
  };

const paragraphObject: Find = ({ lines, cursor: { row } }, around, count) => {
  const isEmpty = (at: number): boolean => lineAt(lines, at).trim() === '';
  const run = (from: number): number => {
    let end = from;
    while (end < lines.length && isEmpty(end) === isEmpty(from)) end++;
    return end;
  };
  let start = row;
  while (start > 0 && isEmpty(start - 1) === isEmpty(row)) start--;
  let end = start;
  for (let n = 0; n < count && end < lines.length; n++) {
    end = run(end);
    if (around && end < lines.length) end = run(end);
    else if (around) while (start > 0 && isEmpty(start - 1)) start--;
  }
  return {
    start: { row: start, col: 0 },
    end: { row: end - 1, col: lineAt(lines, end - 1).length },
    linewise: true,
  };
};

export const OBJECTS: Readonly<Record<string, Find>> = {
  w: word(false),
  W: word(true),
  '"': quoted('"'),
  "'": quoted("'"),
  '`': quoted('`'),
  '(': bracketed('(', ')'),
  ')': bracketed('(', ')'),
  b: bracketed('(', ')'),
  '{': bracketed('{', '}'),
  '}': bracketed('{', '}'),
  B: bracketed('{', '}'),
  '[': bracketed('[', ']'),
  ']': bracketed('[', ']'),
  '<': bracketed('<', '>'),
  '>': bracketed('<', '>'),
  p: paragraphObject,
};
