// The directives of `stat --format`: flags, width and precision as printf has them.

import { CONTROL_CHARACTERS } from './byte-letters.ts';

export type Value = string | number | bigint | { readonly seconds: bigint; readonly nanoseconds: bigint };

interface Directive {
  readonly flags: string;
  readonly width: number;
  /** undefined: none given; -1: a dot without digits. */
  readonly precision: number | undefined;
  readonly code: string;
}

const DIRECTIVE = /%([-+ #0'I]*)(\d*)(?:(\.)(\d*))?([HL]?.|$)/gs;

const ESCAPES: Readonly<Record<string, string>> = { ...CONTROL_CHARACTERS, e: '\x1b', '"': '"', '\\': '\\' };

/** Fills a format in. `valueOf` gives undefined for a directive nobody knows; a wrong one ends with its text. */
export const fillFormat = (
  format: string,
  escapes: boolean,
  valueOf: (code: string) => Value | undefined,
): { text: string; invalid?: string; warnings: readonly string[] } => {
  const warnings: string[] = [];
  const unescape = (part: string): string => (escapes ? unescaped(part, warnings) : part);
  let text = '';
  let from = 0;
  for (const match of format.matchAll(DIRECTIVE)) {
    const [whole, flags = '', width = '', dot, digits = '', found = ''] = match;
    // H and L stand before d and r only: else they are directives themselves.
    const code = found.length === 2 && !/[dr]/.test(found[1] as string) ? (found[0] as string) : found;
    const used = whole.slice(0, whole.length - (found.length - code.length));
    text += unescape(format.slice(from, match.index));
    from = match.index + used.length;
    if (code === '' || code === '%') {
      if (used !== '%' && used !== '%%') return { text, invalid: used, warnings };
      text += '%';
      continue;
    }
    const precision = dot === undefined ? undefined : digits === '' ? -1 : Number(digits);
    const value = valueOf(code);
    text += value === undefined ? '?' : show(value, { flags, width: Number(width), precision, code });
  }
  return { text: text + unescape(format.slice(from)), warnings };
};

/** The text without its backslashes; what none of them makes sense with is warned of, and stays. */
const unescaped = (text: string, warnings: string[]): string =>
  text.replace(
    /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.|$))/gs,
    (_all, octal?: string, hex?: string, letter?: string) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      const known = ESCAPES[letter ?? ''];
      if (known !== undefined) return known;
      warnings.push(letter ? `unrecognized escape '\\${letter}'` : 'backslash at end of format');
      return letter || '\\';
    },
  );

const OCTAL = 'a';
const HEX = 'DfRtT';

const show = (value: Value, directive: Directive): string => {
  const { flags, precision, code } = directive;
  if (typeof value === 'string') {
    return pad(
      precision === undefined || precision < 0 ? value : value.slice(0, precision),
      directive,
      false,
    );
  }
  if (typeof value === 'object') return pad(signed(showTime(value, precision), flags), directive, true);
  const radix = code === OCTAL ? 8 : HEX.includes(code) ? 16 : 10;
  let digits = value.toString(radix);
  if (precision !== undefined) digits = digits.padStart(precision, '0');
  if (flags.includes('#'))
    digits =
      radix === 8 && !digits.startsWith('0')
        ? `0${digits}`
        : radix === 16 && digits !== '0'
          ? `0x${digits}`
          : digits;
  // Only signed quantities take a sign.
  if (code === 's') digits = signed(digits, flags);
  return pad(digits, directive, precision === undefined);
};

const signed = (digits: string, flags: string): string =>
  flags.includes('+') ? `+${digits}` : flags.includes(' ') ? ` ${digits}` : digits;

const showTime = (
  { seconds, nanoseconds }: { seconds: bigint; nanoseconds: bigint },
  precision?: number,
): string => {
  if (precision === undefined || precision === 0) return String(seconds);
  const digits = precision < 0 ? 9 : precision;
  return `${seconds}.${String(nanoseconds).padStart(9, '0').slice(0, digits).padEnd(digits, '0')}`;
};

const pad = (text: string, { flags, width }: Directive, zeros: boolean): string => {
  if (flags.includes('-')) return text.padEnd(width);
  return zeros && flags.includes('0') ? text.padStart(width, '0') : text.padStart(width);
};
