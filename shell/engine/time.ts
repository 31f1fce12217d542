// Times as Go's time package writes them in Docker's JSON.

export const NEVER = '0001-01-01T00:00:00Z';

/** RFC 3339 with nanoseconds, trailing zeros left out: `2026-11-21T16:25:14.98Z`. */
export const rfc3339 = (ns: bigint): string => {
  const second = ns / 1_000_000_000n;
  const fraction = (ns % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  const base = new Date(Number(second) * 1000).toISOString().slice(0, 19);
  return `${base}${fraction === '' ? '' : `.${fraction}`}Z`;
};

/** RFC 3339 to the second. */
export const rfc3339Seconds = (ns: bigint): string => rfc3339((ns / 1_000_000_000n) * 1_000_000_000n);

/** Nanoseconds since 1970; 0 for NEVER. */
export const parseTime = (text: string): bigint => {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (found === null || text === NEVER) return 0n;
  const [, base, fraction = '', zone] = found;
  return BigInt(Date.parse(`${base}${zone}`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
};

const hourWords: readonly (readonly [limit: number, word: string, hours: number])[] = [
  [48, 'hours', 1],
  [24 * 14, 'days', 24],
  [24 * 60, 'weeks', 24 * 7],
  [24 * 730, 'months', 24 * 30],
];

/** A span of nanoseconds in Docker's words (go-units HumanDuration), without "ago". */
export const humanDuration = (nanoseconds: bigint): string => {
  const seconds = Number(nanoseconds / 1_000_000_000n);
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
