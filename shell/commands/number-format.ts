// Numbers and texts by the flags, width and precision of printf(3), for printf and awk.

export interface Spec {
  flags: string;
  width: number;
  precision: number | undefined;
}

export const truncated = (text: string, { precision }: Spec): string =>
  precision === undefined ? text : [...text].slice(0, precision).join('');

export function padded(text: string, { flags, width }: Spec): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  return flags.includes('-') ? text + ' '.repeat(missing) : ' '.repeat(missing) + text;
}

/** A decimal number with sign, precision (least digits) and zero padding. */
export function integerText(value: bigint | string, spec: Spec): string {
  const text = String(value);
  const negative = text.startsWith('-');
  let digits = negative ? text.slice(1) : text;
  if (spec.precision !== undefined)
    digits = spec.precision === 0 && digits === '0' ? '' : digits.padStart(spec.precision, '0');
  const sign = negative ? '-' : spec.flags.includes('+') ? '+' : spec.flags.includes(' ') ? ' ' : '';
  if (
    spec.flags.includes('0') &&
    !spec.flags.includes('-') &&
    spec.precision === undefined &&
    /^\d/.test(digits)
  )
    digits = digits.padStart(spec.width - sign.length, '0');
  return padded(sign + digits, spec);
}

export function based(value: bigint, radix: 8 | 16, prefix: string, spec: Spec): string {
  let digits = BigInt.asUintN(64, value).toString(radix);
  if (spec.precision !== undefined) digits = digits.padStart(spec.precision, '0');
  const head = spec.flags.includes('#') && value !== 0n ? prefix : '';
  if (spec.flags.includes('0') && !spec.flags.includes('-') && spec.precision === undefined)
    digits = digits.padStart(spec.width - head.length, '0');
  return padded(head + digits, spec);
}

/** C rounds what lies right in the middle to the even digit, JavaScript upwards. */
const fixed = (value: number, precision: number): string => {
  const text = value.toFixed(precision);
  const rest = value.toFixed(100).split('.')[1]?.slice(precision) ?? '';
  if (!/^50*$/.test(rest) || !/[13579]$/.test(text)) return text;
  const below = value.toFixed(100).slice(0, -(100 - precision));
  return below.replace(/\.$/, '');
};

export function floatText(kind: 'f' | 'e' | 'g', value: number, { precision = 6, flags }: Spec): string {
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const exponent = (text: string): string => text.replace(/e([+-])(\d)$/, 'e$10$2');
  if (kind === 'f')
    return Math.abs(value) < 1e21
      ? fixed(value, Math.min(precision, 100))
      : BigInt(value).toString() + (precision > 0 ? `.${'0'.repeat(precision)}` : '');
  if (kind === 'e') return exponent(value.toExponential(Math.min(precision, 100)));
  const digits = precision === 0 ? 1 : precision;
  const power = value === 0 ? 0 : Number(value.toExponential(digits - 1).split('e')[1]);
  const text =
    power < -4 || power >= digits
      ? value.toExponential(digits - 1)
      : value.toFixed(Math.max(0, digits - 1 - power));
  return exponent(
    flags.includes('#') ? text : text.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, ''),
  );
}
