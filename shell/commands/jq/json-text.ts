// Values as text, the way jq prints them: numbers by the shortest digits, indentation, colours.

import { isArray, isObject, type Json, sortedKeys } from './json.ts';

export interface TextStyle {
  /** Columns for each level; 0: all on one line. */
  readonly indent: number;
  readonly tabs?: boolean;
  readonly sortKeys?: boolean;
  readonly colors?: boolean;
  /** Characters beyond ASCII as escapes. */
  readonly ascii?: boolean;
}

export const COMPACT: TextStyle = { indent: 0 };

const LARGEST = 1.7976931348623157e308;

/** David Gay's freedtoa: an exponent where plain digits would need more than 15 zeros, or 4 after the point. */
export const numberText = (value: number): string => {
  if (Number.isNaN(value)) return 'null';
  const finite = Math.min(Math.max(value, -LARGEST), LARGEST);
  if (finite === 0) return Object.is(finite, -0) ? '-0' : '0';
  const [mantissa = '', power = '0'] = Math.abs(finite).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const point = Number(power) + 1;
  const sign = finite < 0 ? '-' : '';
  if (point <= -4 || point > digits.length + 15) {
    const exponent = point - 1;
    const shown = String(Math.abs(exponent)).padStart(2, '0');
    const rest = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits[0]}${rest}e${exponent < 0 ? '-' : '+'}${shown}`;
  }
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, '0');
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
};

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const unicode = (character: string): string =>
  [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');

export const stringText = (text: string, ascii = false): string => {
  const escaped = text.replace(
    /["\\\x00-\x1f\x7f]/g,
    (character) => ESCAPES[character] ?? unicode(character),
  );
  return `"${ascii ? escaped.replace(/[^\x00-\x7f]/gu, unicode) : escaped}"`;
};

const COLORS: Readonly<Record<string, string>> = {
  null: '\x1b[1;30m',
  false: '\x1b[0;39m',
  true: '\x1b[0;39m',
  number: '\x1b[0;39m',
  string: '\x1b[0;32m',
  array: '\x1b[1;39m',
  object: '\x1b[1;39m',
};
const KEY_COLOR = '\x1b[34;1m';
const PLAIN = '\x1b[0m';

const scalarText = (value: null | boolean | number | string, style: TextStyle): string => {
  if (typeof value === 'number') return numberText(value);
  return typeof value === 'string' ? stringText(value, style.ascii) : String(value);
};

const newline = (style: TextStyle, depth: number): string =>
  style.indent === 0 && !style.tabs
    ? ''
    : `\n${style.tabs ? '\t'.repeat(depth) : ' '.repeat(style.indent * depth)}`;

export const jsonText = (value: Json, style: TextStyle = COMPACT, depth = 0): string => {
  if (style.colors) return coloredText(value, style, depth);
  if (value === null || typeof value !== 'object') return scalarText(value, style);
  const inner = newline(style, depth + 1);
  if (isArray(value)) {
    if (value.length === 0) return '[]';
    const items = value.map((item) => inner + jsonText(item, style, depth + 1));
    return `[${items.join(',')}${newline(style, depth)}]`;
  }
  if (!isObject(value) || value.size === 0) return '{}';
  const colon = inner === '' ? ':' : ': ';
  const keys = style.sortKeys ? sortedKeys(value) : [...value.keys()];
  const items = keys.map(
    (key) =>
      inner + stringText(key, style.ascii) + colon + jsonText(value.get(key) as Json, style, depth + 1),
  );
  return `{${items.join(',')}${newline(style, depth)}}`;
};

/** jq 1.6's colouring: brackets and commas in the container's colour, keys in blue. */
const coloredText = (value: Json, style: TextStyle, depth: number): string => {
  if (value === null || typeof value !== 'object') {
    const color = COLORS[value === null || typeof value === 'boolean' ? String(value) : typeof value];
    return `${color}${scalarText(value, style)}${PLAIN}`;
  }
  const inner = newline(style, depth + 1);
  const start = isArray(value) ? `${COLORS.array}[` : `${COLORS.object}{`;
  const color = COLORS.array ?? '';
  if (isArray(value)) {
    if (value.length === 0) return `${start}]${PLAIN}`;
    const items = value.map((item) => inner + coloredText(item, style, depth + 1));
    return `${start}${items.join(`${color},`)}${color}${newline(style, depth)}${color}]${PLAIN}`;
  }
  if (!isObject(value) || value.size === 0) return `${start}}${PLAIN}`;
  const keys = style.sortKeys ? sortedKeys(value) : [...value.keys()];
  const items = keys.map((key) => {
    const name = `${PLAIN}${KEY_COLOR}${stringText(key, style.ascii)}${PLAIN}${color}:${inner === '' ? '' : ' '}${PLAIN}`;
    return inner + name + coloredText(value.get(key) as Json, style, depth + 1);
  });
  return `${start}${items.join(`${color},`)}${color}${newline(style, depth)}${color}}${PLAIN}`;
};

/** A value in a message: cut to 14 bytes, the last three being dots. */
export const shortText = (value: Json): string => {
  const text = jsonText(value);
  return text.length > 14 ? `${text.slice(0, 11)}...` : text;
};
