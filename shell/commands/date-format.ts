// strftime(3) with the flags and widths of GNU date, in UTC and the C locale.

import { dateOf, secondsOf } from './time-text.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

interface Moment {
  readonly date: Date;
  readonly time: bigint;
}

/** A number with its usual width and padding, or a text. */
type Value = { readonly number: number; readonly width: number; readonly pad: '0' | ' ' } | string;

const zeros = (number: number, width: number): Value => ({ number, width, pad: '0' });
const blanks = (number: number, width: number): Value => ({ number, width, pad: ' ' });

const dayOfYear = (date: Date): number => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000);

const hour12 = (date: Date): number => date.getUTCHours() % 12 || 12;

/** ISO 8601: the week that holds the year's first Thursday is week 1. */
const isoWeek = (date: Date): { year: number; week: number } => {
  const thursday = new Date(date.getTime());
  thursday.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  return { year: thursday.getUTCFullYear(), week: Math.floor(dayOfYear(thursday) / 7) + 1 };
};

const FIELDS: Readonly<Record<string, (moment: Moment) => Value>> = {
  a: ({ date }) => (DAYS[date.getUTCDay()] ?? '').slice(0, 3),
  A: ({ date }) => DAYS[date.getUTCDay()] ?? '',
  b: ({ date }) => (MONTHS[date.getUTCMonth()] ?? '').slice(0, 3),
  B: ({ date }) => MONTHS[date.getUTCMonth()] ?? '',
  c: ({ time }) => formatDate('%a %b %e %H:%M:%S %Y', time),
  C: ({ date }) => zeros(Math.floor(date.getUTCFullYear() / 100), 2),
  d: ({ date }) => zeros(date.getUTCDate(), 2),
  D: ({ time }) => formatDate('%m/%d/%y', time),
  e: ({ date }) => blanks(date.getUTCDate(), 2),
  F: ({ time }) => formatDate('%Y-%m-%d', time),
  g: ({ date }) => zeros(isoWeek(date).year % 100, 2),
  G: ({ date }) => zeros(isoWeek(date).year, 4),
  h: ({ date }) => (MONTHS[date.getUTCMonth()] ?? '').slice(0, 3),
  H: ({ date }) => zeros(date.getUTCHours(), 2),
  I: ({ date }) => zeros(hour12(date), 2),
  j: ({ date }) => zeros(dayOfYear(date) + 1, 3),
  k: ({ date }) => blanks(date.getUTCHours(), 2),
  l: ({ date }) => blanks(hour12(date), 2),
  m: ({ date }) => zeros(date.getUTCMonth() + 1, 2),
  M: ({ date }) => zeros(date.getUTCMinutes(), 2),
  n: () => '\n',
  N: ({ time }) => zeros(Number(secondsOf(time).nanoseconds), 9),
  p: ({ date }) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  P: ({ date }) => (date.getUTCHours() < 12 ? 'am' : 'pm'),
  q: ({ date }) => zeros(Math.floor(date.getUTCMonth() / 3) + 1, 1),
  r: ({ time }) => formatDate('%I:%M:%S %p', time),
  R: ({ time }) => formatDate('%H:%M', time),
  s: ({ time }) => zeros(Number(secondsOf(time).seconds), 1),
  S: ({ date }) => zeros(date.getUTCSeconds(), 2),
  t: () => '\t',
  T: ({ time }) => formatDate('%H:%M:%S', time),
  u: ({ date }) => zeros(date.getUTCDay() || 7, 1),
  U: ({ date }) => zeros(Math.floor((dayOfYear(date) + 7 - date.getUTCDay()) / 7), 2),
  V: ({ date }) => zeros(isoWeek(date).week, 2),
  w: ({ date }) => zeros(date.getUTCDay(), 1),
  W: ({ date }) => zeros(Math.floor((dayOfYear(date) + 7 - ((date.getUTCDay() + 6) % 7)) / 7), 2),
  x: ({ time }) => formatDate('%m/%d/%y', time),
  X: ({ time }) => formatDate('%H:%M:%S', time),
  y: ({ date }) => zeros(((date.getUTCFullYear() % 100) + 100) % 100, 2),
  Y: ({ date }) => zeros(date.getUTCFullYear(), 4),
  z: () => '+0000',
  ':z': () => '+00:00',
  '::z': () => '+00:00:00',
  ':::z': () => '+00',
  Z: () => 'UTC',
  '%': () => '%',
};

const SEQUENCE = /%([-_0^#+]*)(\d*)([EO]?)(:{0,3}[a-zA-Z%])/g;

/** The moment `time` (ns since 1970) in `format`. */
export const formatDate = (format: string, time: bigint): string => {
  const moment = { date: dateOf(time), time };
  return format.replace(SEQUENCE, (whole, flags: string, width: string, _modifier: string, letter: string) => {
    const field = FIELDS[letter];
    return field === undefined ? whole : padded(field(moment), flags, width, letter);
  });
};

const padded = (value: Value, flags: string, width: string, letter: string): string => {
  const pad = [...flags].findLast((flag) => '-_0+'.includes(flag));
  const fill = pad === '_' ? ' ' : pad === '0' || pad === '+' ? '0' : undefined;
  if (typeof value === 'string') {
    const text = flags.includes('^') ? value.toUpperCase() : flags.includes('#') ? otherCase(value, letter) : value;
    return pad === '-' ? text : text.padStart(Number(width || 0), fill ?? ' ');
  }
  const digits = String(Math.abs(value.number));
  const sign = value.number < 0 ? '-' : '';
  // %N counts from the left: its first digits, not its last.
  if (letter === 'N' && width !== '') return digits.padStart(9, '0').slice(0, Number(width)).padEnd(Number(width), '0');
  if (letter === 'N' && pad === '-') return digits.padStart(9, '0').replace(/0+$/, '');
  if (pad === '-') return sign + digits;
  return sign + digits.padStart(Number(width || value.width) - sign.length, fill ?? value.pad);
};

const otherCase = (text: string, letter: string): string => (letter === 'Z' || letter === 'p' ? text.toLowerCase() : text.toUpperCase());
