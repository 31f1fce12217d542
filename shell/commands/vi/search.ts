// Searching: the next place where a pattern matches, around the end of the text if need be.

import { compilePattern } from './pattern.ts';
import type { Position } from './position.ts';
import { failure, type Vi } from './state.ts';
import { lineAt } from './text.ts';

/** Columns where the pattern matches in a line. */
const matchesIn = (line: string, regex: RegExp): number[] => {
  const starts: number[] = [];
  regex.lastIndex = 0;
  for (let match = regex.exec(line); match !== null; match = regex.exec(line)) {
    starts.push(match.index);
    if (match[0] === '') regex.lastIndex++;
    if (regex.lastIndex > line.length) break;
  }
  return starts;
};

export const findPattern = (
  { lines, settings }: Vi,
  regex: RegExp,
  from: Position,
  forward: boolean,
): Position | undefined => {
  const { length } = lines;
  for (let step = 0; step <= length; step++) {
    const unwrapped = forward ? from.row + step : from.row - step;
    if (!settings.wrapscan && (unwrapped < 0 || unwrapped >= length)) return undefined;
    const row = (unwrapped + length) % length;
    const line = lineAt(lines, row);
    const columns = matchesIn(line, regex).filter((col) => col < line.length || line === '');
    const col = forward
      ? columns.find((at) => step !== 0 || at > from.col)
      : columns.findLast((at) => step !== 0 || at < from.col);
    if (col !== undefined) return { row, col };
  }
  return undefined;
};

/** `/PATTERN/OFFSET`: the pattern, and what follows an unescaped slash. */
export const splitSearch = (typed: string, delimiter: string): readonly [pattern: string, offset: string] => {
  for (let at = 0; at < typed.length; at++) {
    if (typed[at] === '\\') at++;
    else if (typed[at] === delimiter)
      return [typed.slice(0, at).replaceAll(`\\${delimiter}`, delimiter), typed.slice(at + 1)];
  }
  return [delimiter === '?' ? typed.replaceAll('\\?', '?') : typed.replaceAll('\\/', '/'), ''];
};

export interface SearchResult {
  readonly vi: Vi;
  readonly to?: Position;
}

/** Goes to the `count`th match from the cursor; the failure's words are vim's. */
export const searchFor = (vi: Vi, text: string, forward: boolean, count: number): SearchResult => {
  const regex = compilePattern(text, vi.settings);
  if (regex === undefined) return { vi: failure(vi, `E486: Pattern not found: ${text}`) };
  let to: Position = vi.cursor;
  for (let n = 0; n < count; n++) {
    const next = findPattern(vi, regex, to, forward);
    if (next === undefined) return { vi: failure(vi, notFound(vi, text, forward)) };
    to = next;
  }
  return { vi: wrapped(vi, to, forward), to };
};

const notFound = ({ settings }: Vi, text: string, forward: boolean): string => {
  if (settings.wrapscan) return `E486: Pattern not found: ${text}`;
  return forward
    ? `E385: Search hit BOTTOM without match for: ${text}`
    : `E384: Search hit TOP without match for: ${text}`;
};

const wrapped = (vi: Vi, to: Position, forward: boolean): Vi => {
  const before = to.row < vi.cursor.row || (to.row === vi.cursor.row && to.col <= vi.cursor.col);
  if (forward !== before) return vi;
  const text = forward ? 'search hit BOTTOM, continuing at TOP' : 'search hit TOP, continuing at BOTTOM';
  return { ...vi, message: { text, error: true } };
};

/** The word at or after the cursor, for * and #. */
export const wordUnderCursor = ({ lines, cursor }: Vi): string | undefined => {
  const line = lineAt(lines, cursor.row);
  for (const match of line.matchAll(/\w+/g)) {
    if (match.index + match[0].length > cursor.col) return match[0];
  }
  return undefined;
};
