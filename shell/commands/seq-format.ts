// How seq prints its numbers: by the digits of its operands, equally wide, or by a format of printf.

import type { Process } from '../fs/process.ts';
import { paddedReal, readReal, realText, ZERO } from './c-float.ts';
import { quoteLocale } from './quoting.ts';
import { decimalText, type SeqNumber } from './seq-number.ts';

/** What a number in units of 10 ** -scale looks like; zero may be a negative one. */
export type Show = (value: bigint, scale: number, negative?: boolean) => string;

export interface Layout {
  readonly before: string;
  readonly after: string;
  readonly show: Show;
}

const FORMAT = /^((?:[^%]|%%)*)%([-+#0 ']*)(\d*)(?:\.(\d*))?L?([efgaEFGA])((?:[^%]|%%)*)$/s;

/** The layout that a format stands for, or what is wrong with it. */
export const readFormat = (process: Process, format: string): Layout | string => {
  const match = FORMAT.exec(format);
  if (!match) return badFormat(format, quoteLocale(process, format));
  const [, before = '', flags = '', width = '', precision, letter = 'g', after = ''] = match;
  const kind = letter.toLowerCase() as 'e' | 'f' | 'g' | 'a';
  const show: Show = (value, scale, negative) => {
    const real = readReal(decimalText(value, scale, scale, negative))?.value ?? ZERO;
    const digits = precision === undefined ? undefined : Number(precision);
    const text = realText(kind, real, digits, flags.includes('#'));
    return paddedReal(letter === kind ? text : text.toUpperCase(), flags, Number(width));
  };
  return { before: before.replaceAll('%%', '%'), after: after.replaceAll('%%', '%'), show };
};

const badFormat = (format: string, shown: string): string => {
  const start = /^(?:[^%]|%%)*%(?!%)/.exec(format)?.[0];
  if (start === undefined) return `format ${shown} has no % directive`;
  const rest = /^[-+#0 ']*\d*(?:\.\d*)?L?(.?)(.*)$/s.exec(format.slice(start.length));
  const [, letter = '', after = ''] = rest ?? [];
  if (letter === '') return `format ${shown} ends in %`;
  if (!'efgaEFGA'.includes(letter)) return `format ${shown} has unknown %${letter} directive`;
  return /^(?:[^%]|%%)*%(?!%)/.test(after)
    ? `format ${shown} has too many % directives`
    : `format ${shown} ends in %`;
};

/** The layout without a format: as many digits after the point as FIRST and INCREMENT have. */
export const plainLayout = (
  first: SeqNumber,
  step: SeqNumber,
  last: SeqNumber,
  equalWidth: boolean,
): Layout => {
  const plain = { before: '', after: '' };
  if (first.precision === undefined || step.precision === undefined || last.precision === undefined) {
    const show: Show = (value, scale, negative) =>
      realText('g', readReal(decimalText(value, scale, scale, negative))?.value ?? ZERO, undefined, false);
    return { ...plain, show };
  }
  const shown = Math.max(first.precision, step.precision);
  const width = equalWidth ? Math.max(widthOf(first, shown), widthOf(last, shown)) : 0;
  const show: Show = (value, scale, negative) => {
    const text = decimalText(value, scale, shown, negative);
    return text.length < width ? paddedReal(text, '0', width) : text;
  };
  return { ...plain, show };
};

/** How wide a number is with another precision than its own; the point comes or goes with it. */
const widthOf = ({ width, precision = 0 }: SeqNumber, shown: number): number =>
  width + shown - precision + (precision === 0 && shown > 0 ? 1 : precision > 0 && shown === 0 ? -1 : 0);
