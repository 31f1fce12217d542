// The window on the text: what scrolls it, and how it follows the cursor.

import type { Command } from './parse.ts';
import { failure, type Vi } from './state.ts';
import { atDisplayColumn, firstNonBlank, lineAt } from './text.ts';

type Scroll = (vi: Vi, command: Command) => Vi;

const toRow = (vi: Vi, row: number, top: number): Vi => {
  const at = Math.max(0, Math.min(row, vi.lines.length - 1));
  return { ...vi, top: Math.max(0, top), cursor: { row: at, col: firstNonBlank(lineAt(vi.lines, at)) } };
};

/** Ctrl-F and Ctrl-B keep two lines of the page before. */
const page =
  (direction: 1 | -1): Scroll =>
  (vi, { count }) => {
    const step = Math.max(1, vi.height - 2) * (count ?? 1) * direction;
    if (direction < 0 ? vi.top === 0 : vi.top >= vi.lines.length - 1) return failure(vi);
    const top = Math.max(0, Math.min(vi.top + step, vi.lines.length - 1));
    const row = direction > 0 ? Math.max(vi.cursor.row, top) : Math.min(vi.cursor.row, top + vi.height - 1);
    return toRow(vi, row, top);
  };

/** Ctrl-D and Ctrl-U: half a screen, text and cursor. */
const half =
  (direction: 1 | -1): Scroll =>
  (vi, { count }) => {
    const { length } = vi.lines;
    if (direction > 0 ? vi.cursor.row >= length - 1 : vi.cursor.row === 0) return failure(vi);
    const step = (count ?? Math.max(1, Math.floor(vi.height / 2))) * direction;
    const furthest = Math.max(0, length - vi.height);
    const top = direction > 0 ? Math.max(vi.top, Math.min(vi.top + step, furthest)) : vi.top + step;
    return toRow(vi, vi.cursor.row + step, top);
  };

/** Ctrl-E and Ctrl-Y: the text alone, as long as the cursor can stay. */
const line =
  (direction: 1 | -1): Scroll =>
  (vi, { count }) => {
    const top = Math.max(0, Math.min(vi.top + (count ?? 1) * direction, vi.lines.length - 1));
    const row = Math.max(top, Math.min(vi.cursor.row, top + vi.height - 1));
    const col =
      row === vi.cursor.row
        ? vi.cursor.col
        : atDisplayColumn(lineAt(vi.lines, row), vi.want, vi.settings.tabstop, false);
    return { ...vi, top, cursor: { row, col } };
  };

const place =
  (where: (height: number) => number, first: boolean): Scroll =>
  (vi, { count }) => {
    const row = count === undefined ? vi.cursor.row : Math.min(count, vi.lines.length) - 1;
    const top = Math.max(0, row - where(vi.height));
    const moved = toRow(vi, row, top);
    return first ? moved : { ...moved, cursor: { row, col: vi.cursor.col } };
  };

const atTop = (): number => 0;
const atMiddle = (height: number): number => Math.floor((height - 1) / 2);
const atBottom = (height: number): number => height - 1;

export const SCROLLS: Readonly<Record<string, Scroll>> = {
  '\x06': page(1),
  '\x02': page(-1),
  '\x04': half(1),
  '\x15': half(-1),
  '\x05': line(1),
  '\x19': line(-1),
  zt: place(atTop, false),
  'z\r': place(atTop, true),
  zz: place(atMiddle, false),
  'z.': place(atMiddle, true),
  zb: place(atBottom, false),
  'z-': place(atBottom, true),
};

/** How many rows of the screen a line takes. */
export const heightOf = (width: number, columns: number): number =>
  Math.max(1, Math.ceil(width / Math.max(1, columns)));

/** Moves the window so that the cursor's line is in it; far away it comes to the middle. */
export const followCursor = (vi: Vi, rowHeight: (row: number) => number): Vi => {
  const { row } = vi.cursor;
  let { top } = vi;
  if (row < top) top = top - row > vi.height ? Math.max(0, row - atMiddle(vi.height)) : row;
  let used = 0;
  let first = row;
  for (; first >= 0; first--) {
    used += rowHeight(first);
    if (used > vi.height) break;
  }
  const least = Math.min(row, first + 1);
  if (top < least)
    top =
      least - top > vi.height
        ? Math.max(least, Math.min(row - atMiddle(vi.height), vi.lines.length - vi.height))
        : least;
  return top === vi.top ? vi : { ...vi, top };
};
