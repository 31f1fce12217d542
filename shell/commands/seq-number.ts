// seq's numbers: exact decimals, as they were typed; what digits they have says how all of them are printed.

/** A decimal number as a whole number of its last digit's unit: 1.25 is 125 with scale 2. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export interface SeqNumber {
  readonly value: Decimal | 'inf' | '-inf';
  /** Of `-0`, which is printed so. */
  readonly negative: boolean;
  /** Digits after the point; undefined for a hexadecimal fraction. */
  readonly precision: number | undefined;
  /** Characters that it takes when it is printed with that precision. */
  readonly width: number;
}

const DECIMAL = /^([-+]?)(\d*)(\.\d*)?(?:e([-+]?\d+))?$/i;
const HEX = /^([-+]?)0x([\da-f]*)(?:\.([\da-f]*))?(?:p([-+]?\d+))?$/i;
const ENDLESS = /^([-+]?)inf(?:inity)?$/i;

/** The number that a word stands for; 'nan', or undefined for what is none. */
export const readSeqNumber = (word: string): SeqNumber | 'nan' | undefined => {
  const text = word.trimStart().replace(/^\+/, '');
  if (/^[-+]?nan(?:\(\w*\))?$/i.test(text)) return 'nan';
  const endless = ENDLESS.exec(text);
  if (endless) return { value: endless[1] === '-' ? '-inf' : 'inf', negative: false, precision: 0, width: 0 };
  return readDecimal(text) ?? readHex(text);
};

const readDecimal = (text: string): SeqNumber | undefined => {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign = '', whole = '', point, power] = match;
  const fraction = point?.slice(1) ?? '';
  if (whole === '' && fraction === '') return undefined;
  const exponent = Number(power ?? 0);
  const units = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - exponent;
  const value = scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
  const mantissa = `${sign}${whole}${point ?? ''}`;
  let width = mantissa.length;
  if (point !== undefined) width += fraction === '' ? -1 : whole === '' ? 1 : 0;
  // With a negative exponent there is a point, with a positive one more digits.
  if (exponent < 0 && (point === undefined || fraction === '')) width++;
  width += Math.abs(exponent);
  const precision = Math.max(0, scale);
  return { value, negative: sign === '-', precision, width };
};

const readHex = (text: string): SeqNumber | undefined => {
  const match = HEX.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', power] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(`0x${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const exponent = Number(power ?? 0) - 4 * fraction.length;
  const value =
    exponent >= 0
      ? { units: digits << BigInt(exponent), scale: 0 }
      : { units: digits * 5n ** BigInt(-exponent), scale: -exponent };
  const precision = text.includes('.') || text.includes('p') ? undefined : 0;
  return { value, negative: sign === '-', precision, width: 0 };
};

/** All of them in the unit of the finest. */
export const inUnits = ({ units, scale }: Decimal, finest: number): bigint =>
  units * 10n ** BigInt(finest - scale);

/** `-1.50`: the number with so many digits after the point, of which it has no more. */
export const decimalText = (value: bigint, scale: number, shown: number, negative = value < 0n): string => {
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale, digits.length - scale + shown).padEnd(shown, '0');
  return `${negative ? '-' : ''}${whole}${shown > 0 ? `.${fraction}` : ''}`;
};
