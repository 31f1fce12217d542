// Line addresses of colon commands: 5 . $ 'a /x/ ?x? + - % and what , and ; make of them.

import { compilePattern } from './pattern.ts';
import { findPattern } from './search.ts';
import type { Vi } from './state.ts';

export interface Addressed {
  /** Rows, from 0; empty when no address was given. */
  readonly rows: readonly number[];
  readonly rest: string;
}

export type AddressError = { readonly error: string };

export const readAddresses = (vi: Vi, text: string): Addressed | AddressError => {
  let rest = text.replace(/^[\s:]+/, '');
  if (rest.startsWith('%')) return { rows: [0, vi.lines.length - 1], rest: rest.slice(1).trimStart() };
  const rows: number[] = [];
  let current = vi.cursor.row;
  for (;;) {
    const one = readAddress(vi, rest, current);
    if ('error' in one) return one;
    rest = one.rest.trimStart();
    const separator = rest[0];
    const separated = separator === ',' || separator === ';';
    if (one.row !== undefined) rows.push(one.row);
    else if (separated || rows.length > 0) rows.push(current);
    if (!separated) break;
    if (separator === ';') current = rows.at(-1) ?? current;
    rest = rest.slice(1).trimStart();
  }
  if (rows.some((row) => row < -1 || row >= vi.lines.length)) return { error: 'E16: Invalid range' };
  return { rows: rows.slice(-2), rest };
};

type One = { readonly row: number | undefined; readonly rest: string };

const readAddress = (vi: Vi, text: string, current: number): One | AddressError => {
  const base = readBase(vi, text, current);
  if ('error' in base) return base;
  let { row, rest } = base;
  for (let offset = /^\s*([+-])(\d*)/.exec(rest); offset !== null; offset = /^\s*([+-])(\d*)/.exec(rest)) {
    const by = offset[2] === '' ? 1 : Number(offset[2]);
    row = (row ?? current) + (offset[1] === '+' ? by : -by);
    rest = rest.slice(offset[0].length);
  }
  return { row, rest };
};

const readBase = (vi: Vi, text: string, current: number): One | AddressError => {
  const number = /^\d+/.exec(text)?.[0];
  if (number !== undefined) return { row: Number(number) - 1, rest: text.slice(number.length) };
  if (text.startsWith('.')) return { row: current, rest: text.slice(1) };
  if (text.startsWith('$')) return { row: vi.lines.length - 1, rest: text.slice(1) };
  if (text.startsWith("'")) {
    const mark = vi.marks[text[1] ?? ''];
    return mark === undefined ? { error: 'E20: Mark not set' } : { row: mark.row, rest: text.slice(2) };
  }
  const search = /^([/?])((?:\\.|(?!\1)[^\\])*)\1?/.exec(text);
  if (search === null) return { row: undefined, rest: text };
  return searchRow(vi, search[1] === '/', search[2] ?? '', current, text.slice(search[0].length));
};

const searchRow = (
  vi: Vi,
  forward: boolean,
  typed: string,
  current: number,
  rest: string,
): One | AddressError => {
  const text = typed || (vi.pattern?.text ?? '');
  const regex = compilePattern(text, vi.settings);
  const from = { row: current, col: forward ? Number.POSITIVE_INFINITY : 0 };
  const found = regex && findPattern(vi, regex, from, forward);
  return found === undefined ? { error: `E486: Pattern not found: ${text}` } : { row: found.row, rest };
};
