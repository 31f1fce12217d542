// u and Ctrl-R: back and forth between the moments of rest.

import type { Snapshot, Vi } from './state.ts';
import { firstNonBlank, lineAt, within } from './text.ts';

const LIMIT = 1000;

/** Remembers the text as it was before the command that has just ended. */
export const remember = (vi: Vi): Vi =>
  vi.lines === vi.rest.lines ? vi : { ...vi, past: [...vi.past.slice(-(LIMIT - 1)), vi.rest], future: [] };

/** The first row in which two texts differ. */
const firstChange = (a: readonly string[], b: readonly string[]): number => {
  let row = 0;
  while (row < a.length && row < b.length && a[row] === b[row]) row++;
  return row;
};

const changeText = (before: number, after: number): string => {
  const count = after - before;
  if (count === 0) return '1 change';
  const lines = Math.abs(count);
  if (lines === 1) return count > 0 ? '1 more line' : '1 line less';
  return count > 0 ? `${lines} more lines` : `${lines} fewer lines`;
};

const restore = (vi: Vi, to: Snapshot, place: Snapshot): Vi => {
  const row = Math.min(firstChange(vi.lines, to.lines), to.lines.length - 1);
  const col = place.cursor.row === row ? place.cursor.col : firstNonBlank(lineAt(to.lines, row));
  return {
    ...vi,
    lines: to.lines,
    cursor: within(to.lines, { row, col }),
    message: { text: changeText(vi.lines.length, to.lines.length), error: false },
  };
};

type Step = (vi: Vi, command: { readonly count: number | undefined }) => Vi;

export const undo: Step = (vi, { count }) => {
  let now = vi;
  for (let n = 0; n < (count ?? 1); n++) {
    const before = now.past.at(-1);
    if (before === undefined) return { ...now, message: { text: 'Already at oldest change', error: false } };
    const left = { lines: now.lines, cursor: before.cursor };
    now = { ...restore(now, before, before), past: now.past.slice(0, -1), future: [left, ...now.future] };
  }
  return now;
};

export const redo: Step = (vi, { count }) => {
  let now = vi;
  for (let n = 0; n < (count ?? 1); n++) {
    const [next, ...future] = now.future;
    if (next === undefined) return { ...now, message: { text: 'Already at newest change', error: false } };
    const left = { lines: now.lines, cursor: next.cursor };
    now = { ...restore(now, next, next), past: [...now.past, left], future };
  }
  return now;
};
