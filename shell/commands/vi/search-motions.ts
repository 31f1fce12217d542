// Motions that search: / ? n N * #.

import type { Motion, Moved } from './motion.ts';
import type { Position } from './position.ts';
import { searchFor, splitSearch, wordUnderCursor } from './search.ts';
import { failure, type Vi } from './state.ts';
import { firstNonBlank, lineAt } from './text.ts';

export const search = (forward: boolean): Motion => ({
  kind: 'exclusive',
  move: ({ vi, count, argument }) => {
    const [typed, offset] = splitSearch(argument, forward ? '/' : '?');
    const text = typed === '' ? vi.pattern?.text : typed;
    if (text === undefined) return { vi: failure(vi, 'E35: No previous regular expression') };
    const result = searchFor({ ...vi, pattern: { text, forward } }, text, forward, count);
    return offset === '' || result.to === undefined ? result : withOffset(result.vi, result.to, offset);
  },
});

/** `/x/e`, `/x/+1`: behind the match's beginning, or lines away from it. */
const withOffset = (vi: Vi, to: Position, offset: string): Moved => {
  const lines = /^[+-]?\d*$/.exec(offset);
  if (lines === null) return { vi, to };
  const by = /^[+-]$/.test(offset) ? Number(`${offset}1`) : Number(offset);
  const row = Math.max(0, Math.min(vi.lines.length - 1, to.row + by));
  return { vi, to: { row, col: firstNonBlank(lineAt(vi.lines, row)) }, kind: 'linewise' };
};

export const searchAgain = (same: boolean): Motion => ({
  kind: 'exclusive',
  move: ({ vi, count }) => {
    if (vi.pattern === undefined) return { vi: failure(vi, 'E35: No previous regular expression') };
    const { text, forward } = vi.pattern;
    return searchFor(vi, text, forward === same, count);
  },
});

export const searchWord = (forward: boolean, whole: boolean): Motion => ({
  kind: 'exclusive',
  move: ({ vi, count }) => {
    const found = wordUnderCursor(vi);
    if (found === undefined) return { vi: failure(vi, 'E348: No string under cursor') };
    const text = whole ? `\\<${found}\\>` : found;
    const line = lineAt(vi.lines, vi.cursor.row);
    // Backwards from the start of the word, or the word itself would be found.
    const start = line.slice(0, vi.cursor.col + 1).search(/\w*$/);
    const cursor = forward ? vi.cursor : { row: vi.cursor.row, col: Math.max(0, start) };
    const { vi: after, to } = searchFor({ ...vi, cursor, pattern: { text, forward } }, text, forward, count);
    return to === undefined
      ? { vi: { ...after, cursor: vi.cursor } }
      : { vi: { ...after, cursor: vi.cursor }, to };
  },
});
