// Dates as people write them (touch -d, date -d): ISO 8601, @seconds, clock times, month names, relative words.
// Everything is UTC: the sandbox has no other time zone.

const SECOND = 1_000_000_000n;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const COUNTS: Readonly<Record<string, number>> = { last: -1, next: 1, this: 0, a: 1, an: 1 };

/** Fields being read: a time of day is left out where only a day was given, and the reverse. */
interface Reading {
  year: number;
  month: number;
  day: number;
  seconds: number | undefined;
  nanoseconds: bigint;
  offsetMinutes: number;
  dated: boolean;
  months: number;
  days: number;
  relativeSeconds: number;
  weekday: number | undefined;
  /** `next` is 1 and `last` -1. */
  weekdayCount?: number;
}

type Rule = readonly [pattern: RegExp, read: (match: RegExpExecArray, reading: Reading) => void];

const clock = (match: RegExpExecArray, reading: Reading): void => {
  const [, hour = '0', minute = '0', second = '0', fraction = '', half = '', sign, zoneHours, zoneMinutes] =
    match;
  let hours = Number(hour);
  if (half !== '') hours = (hours % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
  if (hours > 24 || Number(minute) > 59 || Number(second) > 60) throw new RangeError('no such time');
  if (sign !== undefined)
    reading.offsetMinutes = Number(`${sign}1`) * (Number(zoneHours) * 60 + Number(zoneMinutes ?? 0));
  reading.seconds = hours * 3600 + Number(minute) * 60 + Number(second);
  reading.nanoseconds = BigInt(fraction.padEnd(9, '0').slice(0, 9) || 0);
};

const setDay = (reading: Reading, year: number, month: number, day: number): void => {
  const probe = new Date(Date.UTC(year, month - 1, day));
  if (probe.getUTCMonth() !== month - 1 || probe.getUTCDate() !== day) throw new RangeError('no such day');
  Object.assign(reading, { year, month, day, dated: true });
  reading.seconds ??= 0;
};

const monthOf = (name: string): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
const MONTH_NAME =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const DAY_NAME = '(sun|mon|tue|wed|thu|fri|sat)(?:[a-z]*day)?';

const UNITS: Readonly<
  Record<string, readonly [field: 'months' | 'days' | 'relativeSeconds', amount: number]>
> = {
  year: ['months', 12],
  month: ['months', 1],
  fortnight: ['days', 14],
  week: ['days', 7],
  day: ['days', 1],
  hour: ['relativeSeconds', 3600],
  minute: ['relativeSeconds', 60],
  min: ['relativeSeconds', 60],
  second: ['relativeSeconds', 1],
  sec: ['relativeSeconds', 1],
};

const relative = (match: RegExpExecArray, reading: Reading): void => {
  const [, sign = '', count = '1', unit = '', ago] = match;
  const [field, amount] = UNITS[unit.toLowerCase()] ?? ['days', 0];
  const number = COUNTS[count.toLowerCase()] ?? Number(count);
  reading[field] += amount * number * (sign === '-' ? -1 : 1) * (ago ? -1 : 1);
};

const RULES: readonly Rule[] = [
  [
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?![\d:])[tT]?/,
    ([, y, m, d], reading) => setDay(reading, Number(y), Number(m), Number(d)),
  ],
  [
    /^(\d{1,2})\/(\d{1,2})\/(\d{4})/,
    ([, m, d, y], reading) => setDay(reading, Number(y), Number(m), Number(d)),
  ],
  [/^(\d{4})(\d\d)(\d\d)(?!\d)/, ([, y, m, d], reading) => setDay(reading, Number(y), Number(m), Number(d))],
  [
    /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*([ap]\.?m\.?)?\s*(?:([-+])(\d{1,2}):?(\d\d)?(?!\d))?/i,
    clock,
  ],
  [/^(\d{1,2})()()()\s*([ap]\.?m\.?)(?![a-z])/i, clock],
  [
    /^(?:z|utc|gmt|ut)(?![a-z])/i,
    (_match, reading) => {
      reading.offsetMinutes = 0;
    },
  ],
  [
    new RegExp(`^(\\d{1,2})[ -]${MONTH_NAME}[ -,]*(\\d{4})?(?![:\\d])`, 'i'),
    ([, d, m, y], reading) => setDay(reading, y ? Number(y) : reading.year, monthOf(m ?? ''), Number(d)),
  ],
  [
    new RegExp(`^${MONTH_NAME} +(\\d{1,2})(?![\\d:])(?:,? +(\\d{4})(?![:\\d]))?`, 'i'),
    ([, m, d, y], reading) => setDay(reading, y ? Number(y) : reading.year, monthOf(m ?? ''), Number(d)),
  ],
  [
    /^([-+]?) *(\d+|last|next|this|an?)? *(year|month|fortnight|week|day|hour|minute|min|second|sec)s?(?![a-z])( +ago(?![a-z]))?/i,
    relative,
  ],
  [/^(?:now|today)(?![a-z])/i, () => {}],
  [
    /^yesterday(?![a-z])/i,
    (_match, reading) => {
      reading.days -= 1;
    },
  ],
  [
    /^tomorrow(?![a-z])/i,
    (_match, reading) => {
      reading.days += 1;
    },
  ],
  [
    new RegExp(`^(?:(last|next|this) +)?${DAY_NAME}(?![a-z]),?`, 'i'),
    ([, which, name], reading) => {
      reading.weekday = WEEKDAYS.indexOf((name ?? '').toLowerCase());
      reading.weekdayCount = COUNTS[which?.toLowerCase() ?? ''] ?? 0;
      reading.seconds ??= 0;
    },
  ],
  // A year behind a clock time: "Jan 2 10:00:00 2020", as date prints it.
  [/^(\d{4})(?![\d:])/, ([, y], reading) => setDay(reading, Number(y), reading.month, reading.day)],
];

/** The moment, in ns since 1970, that `text` means seen from `now`; undefined when it cannot be read. */
export const parseDate = (text: string, now: bigint): bigint | undefined => {
  const seconds = /^\s*@(-?\d+)(?:[.,](\d+))?\s*$/.exec(text);
  if (seconds)
    return BigInt(seconds[1] ?? 0) * SECOND + BigInt((seconds[2] ?? '').padEnd(9, '0').slice(0, 9));
  const start = new Date(Number(now / 1_000_000n));
  const reading: Reading = {
    year: start.getUTCFullYear(),
    month: start.getUTCMonth() + 1,
    day: start.getUTCDate(),
    seconds: undefined,
    nanoseconds: 0n,
    offsetMinutes: 0,
    dated: false,
    months: 0,
    days: 0,
    relativeSeconds: 0,
    weekday: undefined,
  };
  let rest = text.trim();
  if (rest === '') reading.seconds = 0;
  try {
    while (rest !== '') {
      const used = readOne(rest, reading);
      if (used === 0) return undefined;
      rest = rest.slice(used).replace(/^[\s,]+/, '');
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return moment(reading, now);
};

const readOne = (text: string, reading: Reading): number => {
  for (const [pattern, read] of RULES) {
    const match = pattern.exec(text);
    if (!match || match[0] === '') continue;
    read(match, reading);
    return match[0].length;
  }
  return 0;
};

const moment = (reading: Reading, now: bigint): bigint => {
  const dayNanoseconds = 86_400n * SECOND;
  const keepsClock = reading.seconds === undefined;
  const month = reading.month - 1 + reading.months;
  let day = reading.day + reading.days;
  if (reading.weekday !== undefined && !reading.dated) {
    const today = new Date(Date.UTC(reading.year, month, reading.day)).getUTCDay();
    const ahead = (reading.weekday - today + 7) % 7;
    const count = reading.weekdayCount ?? 0;
    day += ahead + 7 * (count - (count > 0 && ahead > 0 ? 1 : 0));
  }
  const midnight = BigInt(Date.UTC(reading.year, month, day)) * 1_000_000n;
  const clockTime = keepsClock
    ? now % dayNanoseconds
    : BigInt(reading.seconds ?? 0) * SECOND + reading.nanoseconds;
  return midnight + clockTime + BigInt(reading.relativeSeconds - reading.offsetMinutes * 60) * SECOND;
};

/** `[[CC]YY]MMDDhhmm[.ss]` of touch -t; undefined when it is none. */
export const parseStamp = (text: string, now: bigint): bigint | undefined => {
  const match = /^(\d\d(?:\d\d)?)?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(text);
  if (!match) return undefined;
  const [, yearText, month = '', day = '', hour = '', minute = '', second = '0'] = match;
  const thisYear = new Date(Number(now / 1_000_000n)).getUTCFullYear();
  const short = Number(yearText);
  const year =
    yearText === undefined ? thisYear : yearText.length === 4 ? short : short + (short < 69 ? 2000 : 1900);
  const time = Date.UTC(year, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const read = new Date(time);
  if (read.getUTCMonth() + 1 !== Number(month) || read.getUTCDate() !== Number(day)) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  return BigInt(time) * 1_000_000n;
};
