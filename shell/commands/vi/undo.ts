// u and Ctrl-R: back and forth between the moments of rest.

import type { Snapshot, Vi } from './state.ts';
import { firstNonBlank, lineAt, within } from './text.ts';

const LIMIT = 1000;

/** Remembers the text as it was before the command that has just ended. */
export const remember = (vi: Vi): Vi => (vi.lines === vi.rest.lines ? vi : changedFrom(vi, vi.rest));

/** One more change to take back: from a text as it was. */
export const changedFrom = (vi: Vi, { lines, cursor }: Snapshot): Vi => {
  const number = vi.changes + 1;
  const before = { lines, cursor, change: { number, at: vi.now } };
  return { ...vi, past: [...vi.past.slice(-(LIMIT - 1)), before], future: [], changes: number };
};

/** The first row in which two texts differ. */
const firstChange = (a: readonly string[], b: readonly string[]): number => {
  let row = 0;
  while (row < a.length && row < b.length && a[row] === b[row]) row++;
  return row;
};

const changeText = (before: readonly string[], after: readonly string[]): string => {
  const count = after.length - before.length;
  const lines = Math.abs(count);
  if (lines === 1) return count > 0 ? '1 more line' : '1 line less';
  if (lines > 1) return count > 0 ? `${lines} more lines` : `${lines} fewer lines`;
  const changed = after.filter((text, row) => text !== before[row]).length;
  return changed === 1 ? '1 change' : `${changed} changes`;
};

const OLD_S = 100;
const LONG_AGO_S = 12 * 60 * 60;

const ageText = (at: number, now: number): string => {
  const age = now - at;
  if (age < OLD_S) return age === 1 ? '1 second ago' : `${age} seconds ago`;
  const [day = '', time = ''] = new Date(at * 1000).toISOString().slice(0, 19).split('T');
  return age < LONG_AGO_S ? time : `${day.replaceAll('-', '/')} ${time}`;
};

const restore = (vi: Vi, to: Snapshot, direction: 'before' | 'after'): Vi => {
  const row = Math.min(firstChange(vi.lines, to.lines), to.lines.length - 1);
  const col = to.cursor.row === row ? to.cursor.col : firstNonBlank(lineAt(to.lines, row));
  const { number, at } = to.change ?? { number: 0, at: vi.now };
  const text = `${changeText(vi.lines, to.lines)}; ${direction} #${number}  ${ageText(at, vi.now)}`;
  return {
    ...vi,
    lines: to.lines,
    cursor: within(to.lines, { row, col }),
    message: { text, error: false },
  };
};

type Step = (vi: Vi, command: { readonly count: number | undefined }) => Vi;

export const undo: Step = (vi, { count }) => {
  let now = vi;
  for (let n = 0; n < (count ?? 1); n++) {
    const before = now.past.at(-1);
    if (before === undefined) return { ...now, message: { text: 'Already at oldest change', error: false } };
    const left = { ...before, lines: now.lines };
    now = { ...restore(now, before, 'before'), past: now.past.slice(0, -1), future: [left, ...now.future] };
  }
  return now;
};

export const redo: Step = (vi, { count }) => {
  let now = vi;
  for (let n = 0; n < (count ?? 1); n++) {
    const [next, ...future] = now.future;
    if (next === undefined) return { ...now, message: { text: 'Already at newest change', error: false } };
    const left = { ...next, lines: now.lines };
    now = { ...restore(now, next, 'after'), past: [...now.past, left], future };
  }
  return now;
};
