// Words, as w, b and e know them: runs of letters, digits and _, runs of other characters; an empty line is one too.

import type { Position } from './position.ts';
import { lineAt } from './text.ts';

type Lines = readonly string[];
type Kind = 'blank' | 'word' | 'other';

export const kindOf = (character: string | undefined, big: boolean): Kind => {
  if (character === undefined || character === ' ' || character === '\t') return 'blank';
  return big || /[\w\u00c0-\uffff]/.test(character) ? 'word' : 'other';
};

/** The start of the next word; the end of the text when there is none. */
export const nextWord = (lines: Lines, { row, col }: Position, big: boolean): Position => {
  let line = lineAt(lines, row);
  const kind = kindOf(line[col], big);
  if (kind !== 'blank') while (col < line.length && kindOf(line[col], big) === kind) col++;
  for (;;) {
    while (col < line.length && kindOf(line[col], big) === 'blank') col++;
    if (col < line.length || row + 1 >= lines.length) return { row, col };
    row++;
    col = 0;
    line = lineAt(lines, row);
    if (line === '') return { row, col };
  }
};

/** The end of this word, or of the next one when it is here already; `stay` allows to remain. */
export const wordEnd = (lines: Lines, { row, col }: Position, big: boolean, stay = false): Position => {
  let line = lineAt(lines, row);
  if (!stay) col++;
  for (;;) {
    while (col < line.length && kindOf(line[col], big) === 'blank') col++;
    if (col < line.length) break;
    if (row + 1 >= lines.length) return { row, col: Math.max(0, line.length - 1) };
    row++;
    col = 0;
    line = lineAt(lines, row);
  }
  const kind = kindOf(line[col], big);
  while (col + 1 < line.length && kindOf(line[col + 1], big) === kind) col++;
  return { row, col };
};

/** The start of this word, or of the one before when it is here already. */
export const wordBefore = (lines: Lines, { row, col }: Position, big: boolean): Position => {
  let line = lineAt(lines, row);
  col--;
  for (;;) {
    while (col >= 0 && kindOf(line[col], big) === 'blank') col--;
    if (col >= 0) break;
    if (row === 0) return { row: 0, col: 0 };
    row--;
    line = lineAt(lines, row);
    if (line === '') return { row, col: 0 };
    col = line.length - 1;
  }
  const kind = kindOf(line[col], big);
  while (col > 0 && kindOf(line[col - 1], big) === kind) col--;
  return { row, col };
};

/** The end of the word before. */
export const endBefore = (lines: Lines, { row, col }: Position, big: boolean): Position => {
  let line = lineAt(lines, row);
  const kind = kindOf(line[col], big);
  if (kind !== 'blank') while (col >= 0 && kindOf(line[col], big) === kind) col--;
  for (;;) {
    while (col >= 0 && kindOf(line[col], big) === 'blank') col--;
    if (col >= 0) return { row, col };
    if (row === 0) return { row: 0, col: 0 };
    row--;
    line = lineAt(lines, row);
    if (line === '') return { row, col: 0 };
    col = line.length - 1;
  }
};

/** The first empty line after (before) a paragraph; the text's end when there is none. */
export const paragraph = (lines: Lines, row: number, step: 1 | -1): number => {
  let at = row;
  while (at >= 0 && at < lines.length && lines[at] === '') at += step;
  while (at >= 0 && at < lines.length && lines[at] !== '') at += step;
  return at;
};
