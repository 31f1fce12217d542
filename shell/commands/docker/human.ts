// Sizes, durations and ids as Docker's tables print them: decimal units, coarse words, 12 hex digits.

const SIZE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'] as const;

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

const BINARY_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** A byte count with a binary unit and four significant digits, as memory is shown. */
export const binarySize = (bytes: number): string => {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < BINARY_UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${significant(size, 4)}${BINARY_UNITS[unit]}`;
};

const nanoseconds = (time: bigint): string => (time % 1_000_000_000n).toString().padStart(9, '0');

/** `2026-11-21T19:13:38.012345678Z`, all nine digits. */
export const nanoTime = (time: bigint): string =>
  `${rfc3339Seconds(time).slice(0, -1)}.${nanoseconds(time)}Z`;

/** `2026-11-21 19:13:38.012345678 +0000 UTC`, as Go prints a time. */
export const longNanoTime = (time: bigint): string => {
  const fraction = nanoseconds(time).replace(/0+$/, '');
  return `${rfc3339Seconds(time).slice(0, -1).replace('T', ' ')}${fraction === '' ? '' : `.${fraction}`} +0000 UTC`;
};
