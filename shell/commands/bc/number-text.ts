// Numbers of bc as text: constants in the input base, results in the output base.

import { type Decimal, divide, rescale, tenTo, whole } from './number.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A constant; digits that the base has not count as its highest one, unless a digit stands alone. */
export const readNumber = (text: string, base: number): Decimal => {
  const [before = '', after = ''] = text.split('.');
  const alone = before.length + after.length === 1;
  const highest = alone ? 35 : base - 1;
  const valueOf = (digit: string): bigint => BigInt(Math.min(DIGITS.indexOf(digit), highest));
  const fold = (digits: string): bigint =>
    [...digits].reduce((sum, digit) => sum * BigInt(base) + valueOf(digit), 0n);
  const decimal = base === 10 && /^[\d.]*$/.test(text);
  if (decimal) return { units: BigInt(`${before}${after}` || '0'), scale: after.length };
  const fraction = divide(whole(fold(after)), whole(BigInt(base) ** BigInt(after.length)), after.length);
  return { units: fold(before) * tenTo(after.length) + fraction.units, scale: after.length };
};

/** The text of a number in a base of 2 or more. */
export const numberText = (number: Decimal, base: number): string => {
  const { units, scale } = number;
  if (units === 0n) return '0';
  const sign = units < 0n ? '-' : '';
  const size = units < 0n ? -units : units;
  const unit = tenTo(scale);
  if (base !== 10) return `${sign}${inBase(size / unit, { units: size % unit, scale }, base)}`;
  const digits = size.toString().padStart(scale + 1, '0');
  const before = digits.slice(0, digits.length - scale).replace(/^0$/, '');
  return `${sign}${before}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
};

const inBase = (integer: bigint, fraction: Decimal, base: number): string => {
  const width = String(base - 1).length;
  const spell = (digit: bigint): string =>
    base <= 16 ? (DIGITS[Number(digit)] as string) : String(digit).padStart(width, '0');
  const between = base <= 16 ? '' : ' ';
  const before: string[] = [];
  for (let rest = integer; rest > 0n; rest /= BigInt(base)) before.push(spell(rest % BigInt(base)));
  const text = before.reverse().map((digit) => between + digit);
  if (fraction.scale === 0) return text.join('');
  const after: string[] = [];
  let rest = fraction.units;
  const unit = tenTo(fraction.scale);
  // As many digits as it takes for the base's powers to reach the number of decimal ones.
  for (let reached = 1n; String(reached).length <= fraction.scale; reached *= BigInt(base)) {
    rest *= BigInt(base);
    after.push(spell(rest / unit));
    rest %= unit;
  }
  return `${text.join('')}.${after.join(between)}`;
};

/** What stands before the point, as a number of JavaScript's; undefined when that is too big for one. */
export const toInteger = (number: Decimal): number | undefined => {
  const { units } = rescale(number, 0);
  const value = Number(units);
  return Number.isSafeInteger(value) ? value : undefined;
};
