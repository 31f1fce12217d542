// Numbers as text: whole ones as they are, others by CONVFMT or OFMT.

import { floatText } from '../number-format.ts';
import type { Dialect } from './dialect.ts';

/** `format` is CONVFMT or OFMT; anything but a float conversion goes through `sprintf`. */
export const numberText = (
  value: number,
  format: string,
  dialect: Dialect,
  sprintf: (format: string, value: number) => string,
): string => {
  if (Number.isInteger(value) && Math.abs(value) < dialect.wholeLimit)
    return Math.abs(value) < 1e21 && Number.isSafeInteger(value)
      ? value === 0
        ? '0'
        : String(value)
      : BigInt(value).toString();
  if (!Number.isFinite(value)) return oddNumber(value, dialect);
  if (format === '%.6g') return floatText('g', value, { flags: '', width: 0, precision: 6 });
  return sprintf(format, value);
};

/** What an operation gives that has no result is negative on x86: -nan. */
export const oddNumber = (value: number, { name }: Dialect): string => {
  if (Number.isNaN(value)) return '-nan';
  return value < 0 ? '-inf' : name === 'gawk' ? '+inf' : 'inf';
};
