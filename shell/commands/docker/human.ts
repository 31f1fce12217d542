// Sizes, durations and ids as Docker's tables print them: decimal units, coarse words, 12 hex digits.

const SIZE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'] as const;
const SECOND = 1_000_000_000n;

/** Go's %.Ng: N significant digits, no trailing zeros, an exponent when the number needs more than N digits. */
const significant = (value: number, digits: number): string => {
  if (value === 0) return '0';
  const [mantissa = '0', exponent = '0'] = value.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  if (power >= digits || power < -4) {
    const sign = power < 0 ? '-' : '+';
    return `${Number(mantissa)}e${sign}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  return String(Number(value.toPrecision(digits)));
};

/** A byte count with a decimal unit: four significant digits (`system df`), or three (tables of images). */
export const humanSize = (bytes: number, digits = 4): string => {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < SIZE_UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${significant(size, digits)}${SIZE_UNITS[unit]}`;
};

const hourWords: readonly (readonly [limit: number, word: string, hours: number])[] = [
  [48, 'hours', 1],
  [24 * 14, 'days', 24],
  [24 * 60, 'weeks', 24 * 7],
  [24 * 730, 'months', 24 * 30],
];

/** A span of nanoseconds in Docker's words, without "ago". */
export const humanDuration = (nanoseconds: bigint): string => {
  const seconds = Number(nanoseconds / SECOND);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.floor(seconds / 3600 + 0.5);
  if (hours === 1) return 'About an hour';
  for (const [limit, word, unit] of hourWords) {
    if (hours < limit) return `${Math.floor(hours / unit)} ${word}`;
  }
  return `${Math.floor(seconds / 3600 / 24 / 365)} years`;
};

/** The short form of an image or container ID. */
export const shortId = (id: string): string => id.slice(id.indexOf(':') + 1).slice(0, 12);

/** Cuts a text to a width, the last place for "…". */
export const ellipsis = (text: string, width: number): string => {
  const letters = [...text];
  if (letters.length <= width) return text;
  return width <= 1 ? letters.slice(0, width).join('') : `${letters.slice(0, width - 1).join('')}…`;
};

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** `2026-11-21 19:13:38 +0000 UTC`, as a list's CreatedAt column has it. */
export const longTime = (time: bigint): string =>
  `${rfc3339Seconds(time).slice(0, -1).replace('T', ' ')} +0000 UTC`;

/** `2026-11-21T19:13:38Z`. */
export const rfc3339Seconds = (time: bigint): string => {
  const date = new Date(Number(time / 1_000_000n));
  const day = `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
  return `${day}T${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}Z`;
};
