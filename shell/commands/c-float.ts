// C's floating point numbers on x86-64, read from text and written by printf's rules: long double (64 bits of mantissa),
// with which bash's and GNU's printf and seq reckon, and double, which is dash's and busybox's.

export interface Float {
  readonly negative: boolean;
  /** The value is mantissa * 2 ** exponent; the mantissa has the highest of its bits set, but near zero. */
  readonly mantissa: bigint;
  readonly exponent: number;
  readonly kind: FloatKind;
}

export type Real = Float | { readonly negative: boolean; readonly endless: 'inf' | 'nan' };

/** Bits of the mantissa, and the bounds of its exponent. */
const KINDS = {
  long: { bits: 64, lowest: -16_445, highest: 16_384 - 64, leadingBits: 4 },
  double: { bits: 53, lowest: -1_074, highest: 1_024 - 53, leadingBits: 1 },
} as const;

export type FloatKind = keyof typeof KINDS;

export const ZERO: Float = { negative: false, mantissa: 0n, exponent: 0, kind: 'long' };

/** Decimal exponents beyond which nothing is left, or nothing fits. */
const FURTHEST = 12_000;

const NUMBER =
  /^\s*([-+]?)(?:0x(?:([\da-f]+)(?:\.([\da-f]*))?|\.([\da-f]+))(?:p([-+]?\d+))?|(\d+)(?:\.(\d*))?(?:e([-+]?\d+))?|\.(\d+)(?:e([-+]?\d+))?|(inf)(?:inity)?|(nan)(?:\(\w*\))?)/i;

export interface ReadReal {
  readonly value: Real;
  /** What follows the number. */
  readonly rest: string;
  /** Too large, or too small for all of its digits. */
  readonly outOfRange: boolean;
}

/** The number that a text begins with, as strtold(3) reads it; undefined when there is none. */
export const readReal = (text: string, kind: FloatKind = 'long'): ReadReal | undefined => {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [all, sign, hexWhole, hexPart, hexFraction, power, whole, part, tens, fraction, moreTens, inf, nan] =
    match;
  const negative = sign === '-';
  const rest = text.slice(all.length);
  const endless = inf ? 'inf' : nan ? 'nan' : undefined;
  if (endless !== undefined) return { value: { negative, endless }, rest, outOfRange: false };
  const hex = hexWhole ?? (hexFraction === undefined ? undefined : '0');
  if (hex !== undefined) {
    const behind = hexPart ?? hexFraction ?? '';
    const value = rounded(
      kind,
      negative,
      [BigInt(`0x${hex}${behind}`), 1n],
      Number(power ?? 0) - 4 * behind.length,
    );
    return { ...value, rest };
  }
  const behind = part ?? fraction ?? '';
  const shift = Number(tens ?? moreTens ?? 0) - behind.length;
  const digits = BigInt(`${whole ?? ''}${behind}`);
  const bounded = Math.max(-FURTHEST - behind.length, Math.min(FURTHEST, shift));
  const scale = 10n ** BigInt(Math.abs(bounded));
  return { ...rounded(kind, negative, bounded < 0 ? [digits, scale] : [digits * scale, 1n], 0), rest };
};

/** numerator / denominator * 2 ** power, rounded to the nearest that there is. */
const rounded = (
  kind: FloatKind,
  negative: boolean,
  [numerator, denominator]: readonly [bigint, bigint],
  power: number,
): { value: Real; outOfRange: boolean } => {
  if (numerator === 0n) return { value: { ...ZERO, negative, kind }, outOfRange: false };
  const { bits, lowest, highest } = KINDS[kind];
  const guess = bitLength(numerator) - bitLength(denominator) - bits;
  // The quotient may have one bit too many with this shift: one more takes it away.
  const fits = shifted(numerator, denominator, guess).quotient >> BigInt(bits) === 0n;
  const shift = Math.max(fits ? guess : guess + 1, lowest - power);
  const { quotient, remainder, divisor } = shifted(numerator, denominator, shift);
  let mantissa = quotient + roundUp(quotient, remainder, divisor);
  let exponent = shift + power;
  if (mantissa >> BigInt(bits) !== 0n) {
    mantissa >>= 1n;
    exponent++;
  }
  if (exponent > highest) return { value: { negative, endless: 'inf' }, outOfRange: true };
  const small = mantissa >> BigInt(bits - 1) === 0n;
  return { value: { negative, mantissa, exponent, kind }, outOfRange: small && remainder !== 0n };
};

const shifted = (numerator: bigint, denominator: bigint, shift: number) => {
  const divisor = shift > 0 ? denominator << BigInt(shift) : denominator;
  const dividend = shift < 0 ? numerator << BigInt(-shift) : numerator;
  return { quotient: dividend / divisor, remainder: dividend % divisor, divisor };
};

const bitLength = (value: bigint): number => value.toString(2).length;

/** One when the remainder is more than half, or half and the quotient is odd. */
const roundUp = (quotient: bigint, remainder: bigint, divisor: bigint): bigint => {
  const twice = remainder * 2n;
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? 1n : 0n;
};

/** value * 10 ** digits, rounded to a whole number. */
const scaled = ({ mantissa, exponent }: Float, digits: number): bigint => {
  const up = (digits > 0 ? 10n ** BigInt(digits) : 1n) << BigInt(Math.max(exponent, 0));
  const down = (digits < 0 ? 10n ** BigInt(-digits) : 1n) << BigInt(Math.max(-exponent, 0));
  const product = mantissa * up;
  const quotient = product / down;
  return quotient + roundUp(quotient, product % down, down);
};

/** A number by a conversion of printf, without padding: `-0.50`. `point` is the flag `#`. */
export const realText = (
  kind: 'f' | 'e' | 'g' | 'a',
  value: Real,
  precision: number | undefined,
  point: boolean,
): string => {
  const sign = value.negative ? '-' : '';
  if ('endless' in value) return sign + value.endless;
  const text =
    kind === 'a'
      ? hexText(value, precision, point)
      : kind === 'f'
        ? fixedText(value, precision ?? 6, point)
        : kind === 'e'
          ? exponentText(value, precision ?? 6, point)
          : generalText(value, precision ?? 6, point);
  return sign + text;
};

const fixedText = (value: Float, precision: number, point: boolean): string => {
  const digits = scaled(value, precision)
    .toString()
    .padStart(precision + 1, '0');
  if (precision === 0) return point ? `${digits}.` : digits;
  return `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
};

/** The first digits, rounded, and the power of ten of the first one. */
const leading = (value: Float, count: number): { digits: string; power: number } => {
  if (value.mantissa === 0n) return { digits: '0'.repeat(count), power: 0 };
  let power = Math.floor((bitLength(value.mantissa) + value.exponent - 1) * Math.log10(2));
  for (;;) {
    const digits = scaled(value, count - 1 - power).toString();
    if (digits.length === count) return { digits, power };
    power += digits.length > count ? 1 : -1;
  }
};

const exponentText = (value: Float, precision: number, point: boolean): string => {
  const { digits, power } = leading(value, precision + 1);
  const mark = precision > 0 || point ? '.' : '';
  const size = String(Math.abs(power)).padStart(2, '0');
  return `${digits[0]}${mark}${digits.slice(1)}e${power < 0 ? '-' : '+'}${size}`;
};

const generalText = (value: Float, precision: number, point: boolean): string => {
  const count = precision === 0 ? 1 : precision;
  const { power } = leading(value, count);
  const text =
    power < -4 || power >= count
      ? exponentText(value, count - 1, point)
      : fixedText(value, count - 1 - power, point);
  return point ? text : text.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '');
};

/** As glibc writes them: the first digit has the four highest bits of a long double, and the highest one of a double. */
const hexText = (value: Float, precision: number | undefined, point: boolean): string => {
  const { mantissa, exponent } = value;
  const { bits, leadingBits } = KINDS[value.kind];
  const places = (bits - leadingBits) / 4;
  let digits = mantissa.toString(16).padStart(places + 1, '0');
  let power = mantissa === 0n ? 0 : exponent + bits - leadingBits;
  if (precision === undefined) digits = digits[0] + digits.slice(1).replace(/0+$/, '');
  else if (precision < places) {
    const divisor = 1n << BigInt(4 * (places - precision));
    const quotient = mantissa / divisor;
    const shown = quotient + roundUp(quotient, mantissa % divisor, divisor);
    digits = shown.toString(16).padStart(precision + 1, '0');
    if (digits.length > precision + 1) {
      power += 4;
      digits = digits.slice(0, -1);
    }
  } else digits = digits.padEnd(precision + 1, '0');
  const mark = digits.length > 1 || point ? '.' : '';
  return `0x${digits[0]}${mark}${digits.slice(1)}p${power < 0 ? '-' : '+'}${Math.abs(power)}`;
};

/** The same with the sign, the width and the zeros that a format asks for. */
export const paddedReal = (text: string, flags: string, width: number): string => {
  const [, minus = '', prefix = '', digits = ''] = /^(-?)(0x)?(.*)$/i.exec(text) ?? [];
  const sign = minus || (flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '');
  const head = sign + prefix;
  if (flags.includes('-')) return (head + digits).padEnd(width);
  if (flags.includes('0') && /^[\da-f]/i.test(digits) && !/^(?:inf|nan)/i.test(digits))
    return head + digits.padStart(width - head.length, '0');
  return (head + digits).padStart(width);
};
