// strftime(3) in the C locale, with GNU date's %N and padding flags (%-d, %_H, %03N, %^a).

import { clockText, dateOf, dayText, secondsOf } from './time-text.ts';

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

const DAY_MS = 86_400_000;
const dayOfYear = (date: Date): number =>
  Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS) + 1;

/** The year and week that ISO 8601 counts the day in. */
const isoWeek = (date: Date): { year: number; week: number } => {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * DAY_MS);
  return { year: thursday.getUTCFullYear(), week: Math.ceil(dayOfYear(thursday) / 7) };
};

interface Field {
  readonly value: string | number | bigint;
  /** Digits that a number is filled up to, and with what. */
  readonly width?: number;
  readonly pad?: '0' | ' ';
}

const twelve = (hours: number): number => hours % 12 || 12;

const FIELDS: Readonly<Record<string, (date: Date, time: bigint) => Field>> = {
  Y: (date) => ({ value: date.getUTCFullYear() }),
  C: (date) => ({ value: Math.floor(date.getUTCFullYear() / 100), width: 2 }),
  y: (date) => ({ value: date.getUTCFullYear() % 100, width: 2 }),
  m: (date) => ({ value: date.getUTCMonth() + 1, width: 2 }),
  d: (date) => ({ value: date.getUTCDate(), width: 2 }),
  e: (date) => ({ value: date.getUTCDate(), width: 2, pad: ' ' }),
  H: (date) => ({ value: date.getUTCHours(), width: 2 }),
  I: (date) => ({ value: twelve(date.getUTCHours()), width: 2 }),
  k: (date) => ({ value: date.getUTCHours(), width: 2, pad: ' ' }),
  l: (date) => ({ value: twelve(date.getUTCHours()), width: 2, pad: ' ' }),
  M: (date) => ({ value: date.getUTCMinutes(), width: 2 }),
  S: (date) => ({ value: date.getUTCSeconds(), width: 2 }),
  j: (date) => ({ value: dayOfYear(date), width: 3 }),
  q: (date) => ({ value: Math.floor(date.getUTCMonth() / 3) + 1 }),
  u: (date) => ({ value: date.getUTCDay() || 7 }),
  w: (date) => ({ value: date.getUTCDay() }),
  U: (date) => ({ value: Math.floor((dayOfYear(date) + 6 - date.getUTCDay()) / 7), width: 2 }),
  W: (date) => ({ value: Math.floor((dayOfYear(date) + 6 - ((date.getUTCDay() + 6) % 7)) / 7), width: 2 }),
  V: (date) => ({ value: isoWeek(date).week, width: 2 }),
  G: (date) => ({ value: isoWeek(date).year }),
  g: (date) => ({ value: isoWeek(date).year % 100, width: 2 }),
  s: (_date, time) => ({ value: secondsOf(time).seconds }),
  a: (date) => ({ value: (DAYS[date.getUTCDay()] as string).slice(0, 3) }),
  A: (date) => ({ value: DAYS[date.getUTCDay()] as string }),
  b: (date) => ({ value: (MONTHS[date.getUTCMonth()] as string).slice(0, 3) }),
  h: (date) => ({ value: (MONTHS[date.getUTCMonth()] as string).slice(0, 3) }),
  B: (date) => ({ value: MONTHS[date.getUTCMonth()] as string }),
  p: (date) => ({ value: date.getUTCHours() < 12 ? 'AM' : 'PM' }),
  P: (date) => ({ value: date.getUTCHours() < 12 ? 'am' : 'pm' }),
  Z: () => ({ value: 'UTC' }),
  z: () => ({ value: '+0000' }),
  n: () => ({ value: '\n' }),
  t: () => ({ value: '\t' }),
  '%': () => ({ value: '%' }),
  F: (_date, time) => ({ value: dayText(time) }),
  T: (_date, time) => ({ value: clockText(time) }),
  R: (_date, time) => ({ value: clockText(time, false) }),
};

const COMPOSED: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  r: '%I:%M:%S %p',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};

const ZONES: Readonly<Record<string, string>> = { ':z': '+00:00', '::z': '+00:00:00', ':::z': '+00' };

/** Fills `format` in for a moment, in UTC. What is no directive stays as it is. */
export const formatTime = (format: string, time: bigint): string =>
  format.replace(
    /%([-_0^#+]*)(\d*)([EO]?)(:{0,3})([a-zA-Z%])/g,
    (whole, flags: string, digits: string, _e, colons: string, code: string) => {
      if (colons !== '') return ZONES[colons + code] ?? whole;
      const composed = COMPOSED[code];
      if (composed !== undefined) return letterCase(formatTime(composed, time), flags);
      if (code === 'N') return nanoseconds(time, digits);
      const field = FIELDS[code]?.(dateOf(time), time);
      return field === undefined ? whole : show(field, flags, digits);
    },
  );

const nanoseconds = (time: bigint, digits: string): string => {
  const text = String(secondsOf(time).nanoseconds).padStart(9, '0');
  return digits === '' ? text : text.slice(0, Number(digits)).padEnd(Number(digits), '0');
};

const show = ({ value, width = 0, pad = '0' }: Field, flags: string, digits: string): string => {
  if (typeof value === 'string')
    return letterCase(flags.includes('-') ? value : value.padStart(Number(digits)), flags);
  if (flags.includes('-')) return String(value);
  const fill = flags.includes('_') ? ' ' : flags.includes('0') ? '0' : pad;
  return String(value).padStart(digits === '' ? width : Number(digits), fill);
};

const letterCase = (text: string, flags: string): string => {
  if (flags.includes('^')) return text.toUpperCase();
  return flags.includes('#')
    ? /[a-z]/.test(text) && text !== text.toLowerCase()
      ? text.toUpperCase()
      : text.toLowerCase()
    : text;
};
