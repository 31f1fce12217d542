// Sentences end with . ! or ? and a blank or the line's end; empty lines part them too.

import type { Position } from './position.ts';
import { lineAt } from './text.ts';

const starts = (line: string): number[] => {
  const found = line.trim() === '' ? [0] : [line.search(/\S/)];
  for (const match of line.matchAll(/[.!?][)\]"']*\s+(?=\S)/g)) found.push(match.index + match[0].length);
  return found;
};

/** True for a row whose first character begins a sentence. */
const begins = (lines: readonly string[], row: number): boolean => {
  if (row === 0) return true;
  const [line, before] = [lineAt(lines, row), lineAt(lines, row - 1)];
  if (line === '') return before !== '';
  return before === '' || /[.!?][)\]"']*\s*$/.test(before);
};

/** The start of the next sentence, or of this one and the one before. */
export const sentence = (lines: readonly string[], from: Position, step: 1 | -1): Position => {
  for (let row = from.row; row >= 0 && row < lines.length; row += step) {
    const all = starts(lineAt(lines, row));
    const columns = begins(lines, row) ? all : all.slice(1);
    const col =
      step > 0
        ? columns.find((at) => row !== from.row || at > from.col)
        : columns.findLast((at) => row !== from.row || at < from.col);
    if (col !== undefined) return { row, col };
  }
  if (step < 0) return { row: 0, col: 0 };
  const end = lines.length - 1;
  return { row: end, col: lineAt(lines, end).length };
};
