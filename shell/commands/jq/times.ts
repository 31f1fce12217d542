// Dates: "broken down time" is [year, month from 0, day, hours, minutes, seconds, weekday, day of the year].

import { formatTime } from '../time-format.ts';
import { isArray, JqError, type Json } from './json.ts';

const DAY_MS = 86_400_000;

export const gmtime = (value: Json): Json => {
  if (typeof value !== 'number') throw new JqError('gmtime() requires a number');
  const date = new Date(Math.floor(value) * 1000);
  const fraction = value - Math.floor(value);
  const start = Date.UTC(date.getUTCFullYear(), 0, 1);
  return [
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds() + fraction,
    date.getUTCDay(),
    Math.floor((date.getTime() - start) / DAY_MS),
  ];
};

export const mktime = (value: Json): Json => {
  if (!isArray(value)) throw new JqError('mktime requires array of 6 numbers');
  if (value.length < 6 || value.some((part) => typeof part !== 'number'))
    throw new JqError(
      value.length < 6 ? 'mktime requires array of 6 numbers' : 'mktime requires parsed datetime inputs',
    );
  const [year, month, day, hour, minute, second] = value.map((part) => Math.floor(Number(part)));
  return Math.floor(Date.UTC(year ?? 0, month ?? 0, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0) / 1000);
};

export const strftime = (value: Json, format: Json): Json => {
  const broken = typeof value === 'number' ? gmtime(value) : value;
  if (broken === null || !isArray(broken)) throw new JqError('strftime/1 requires parsed datetime inputs');
  if (typeof format !== 'string') throw new JqError('strftime/1 requires a string format');
  return formatTime(format, BigInt(mktime(broken) as number) * 1_000_000_000n);
};

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');

interface Read {
  readonly pattern: string;
  readonly field?:
    | 'year'
    | 'month'
    | 'day'
    | 'hour'
    | 'minute'
    | 'second'
    | 'zone'
    | 'epoch'
    | 'half'
    | 'weekday';
  readonly value?: (text: string) => number;
}

const named =
  (names: readonly string[]) =>
  (text: string): number =>
    names.indexOf(text.slice(0, 3).toLowerCase());

const MONTH: Read = { pattern: '[A-Za-z]{3,9}', field: 'month', value: named(MONTHS) };
const WEEKDAY: Read = { pattern: '[A-Za-z]{3,9}', field: 'weekday', value: named(DAYS) };
const HOUR: Read = { pattern: ' ?\\d{1,2}', field: 'hour' };

const READ: Readonly<Record<string, Read>> = {
  Y: { pattern: '-?\\d{1,4}', field: 'year' },
  y: { pattern: '\\d{2}', field: 'year', value: (text) => (Number(text) < 69 ? 2000 : 1900) + Number(text) },
  m: { pattern: '\\d{1,2}', field: 'month', value: (text) => Number(text) - 1 },
  d: { pattern: ' ?\\d{1,2}', field: 'day' },
  e: { pattern: ' ?\\d{1,2}', field: 'day' },
  H: HOUR,
  I: HOUR,
  M: { pattern: '\\d{1,2}', field: 'minute' },
  S: { pattern: '\\d{1,2}', field: 'second' },
  p: { pattern: '[AaPp][Mm]', field: 'half', value: (text) => (/^p/i.test(text) ? 12 : 0) },
  b: MONTH,
  B: MONTH,
  h: MONTH,
  a: WEEKDAY,
  A: WEEKDAY,
  j: { pattern: '\\d{1,3}' },
  s: { pattern: '\\d+', field: 'epoch' },
  Z: { pattern: '[A-Za-z]+' },
  z: { pattern: '[-+]\\d{2}:?\\d{2}|Z', field: 'zone', value: () => 0 },
  n: { pattern: '\\s*' },
  t: { pattern: '\\s*' },
  '%': { pattern: '%' },
};

const COMPOSED: Readonly<Record<string, string>> = {
  T: '%H:%M:%S',
  R: '%H:%M',
  F: '%Y-%m-%d',
  D: '%m/%d/%y',
  c: '%a %b %e %H:%M:%S %Y',
};

/** strptime(3), the weekday and the day of the year worked out from the date. */
export const strptime = (value: Json, format: Json): Json => {
  if (typeof value !== 'string') throw new JqError(`strptime/1 requires string inputs and arguments`);
  if (typeof format !== 'string') throw new JqError(`strptime/1 requires string inputs and arguments`);
  const reads: Read[] = [];
  const source = format
    .replace(/%([TRFDc])/g, (whole, letter: string) => COMPOSED[letter] ?? whole)
    .replace(/%([a-zA-Z%])|\s+|[\\^$.*+?()[\]{}|]/g, (whole, letter: string | undefined) => {
      if (letter === undefined) return /\s/.test(whole) ? '\\s*' : `\\${whole}`;
      const read = READ[letter];
      if (read === undefined) return whole;
      reads.push(read);
      return `(${read.pattern})`;
    });
  const found = new RegExp(`^${source}$`).exec(value);
  if (found === null) throw new JqError(`date "${value}" does not match format "${format}"`);
  const fields = {
    year: 1900,
    month: 0,
    day: 0,
    hour: 0,
    minute: 0,
    second: 0,
    zone: 0,
    epoch: Number.NaN,
    half: 0,
    weekday: 0,
  };
  for (const [at, { field, value: convert }] of reads.entries()) {
    const text = found[at + 1] ?? '';
    if (field !== undefined) fields[field] = convert === undefined ? Number(text) : convert(text);
  }
  if (!Number.isNaN(fields.epoch)) return gmtime(fields.epoch);
  const hour = reads.some(({ field }) => field === 'half') ? (fields.hour % 12) + fields.half : fields.hour;
  const seconds = Date.UTC(fields.year, fields.month, fields.day, hour, fields.minute, fields.second) / 1000;
  return gmtime(seconds);
};
