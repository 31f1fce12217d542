// dd's numbers: digits with a unit, `B` behind them for a count of bytes, and one `x` between two factors.

import { parseSize } from './size-text.ts';

export interface DdNumber {
  readonly value: number;
  /** It has a `B`: bytes are counted and no blocks. */
  readonly bytes: boolean;
  /** A first factor of 0 that looks like the beginning of a hexadecimal number. */
  readonly zeroFactor: boolean;
}

const UNITS = { c: 1, w: 2, b: 512 };
const LARGEST = 2 ** 63;

/** Undefined for what is no number; 'overflow' for one that no offset can be. */
export const parseDdNumber = (text: string): DdNumber | 'overflow' | undefined => {
  const [, first, second] = /^([^x]*)(?:x([^x]+))?$/.exec(text) ?? [];
  if (first === undefined) return undefined;
  const left = factor(first);
  const right = second === undefined ? 1 : factor(second);
  if (left === undefined || right === undefined) return undefined;
  const value = left * right;
  if (value >= LARGEST) return 'overflow';
  return { value, bytes: text.includes('B'), zeroFactor: text.startsWith('0x') };
};

const factor = (text: string): number | undefined => {
  const trimmed = text.replace(/^\s*\+?/, '');
  if (/^\d*[mtgy]/.test(trimmed)) return undefined;
  return (
    parseSize(trimmed, UNITS) ?? (/[^B]B$/.test(trimmed) ? parseSize(trimmed.slice(0, -1), UNITS) : undefined)
  );
};
