// --since, --until and until=: a time, or how long ago, as Docker's GetTimestamp reads it.

import type { Docker } from './docker-command.ts';

const unitNs: Readonly<Record<string, number>> = {
  h: 3.6e12,
  m: 6e10,
  s: 1e9,
  ms: 1e6,
  us: 1e3,
  µs: 1e3,
  ns: 1,
};

/** Go's time.ParseDuration. */
export const readDuration = (text: string): bigint | undefined => {
  if (!/^[+-]?((\d+\.?\d*|\.\d+)(h|ms|m|s|us|µs|ns))+$/.test(text))
    return /^[+-]?0$/.test(text) ? 0n : undefined;
  let sum = 0n;
  for (const [, count, unit = 's'] of text.matchAll(/(\d+\.?\d*|\.\d+)(h|ms|m|s|us|µs|ns)/g))
    sum += BigInt(Math.round(Number(count) * (unitNs[unit] ?? 0)));
  return text.startsWith('-') ? -sum : sum;
};

/** Nanoseconds since 1970, or undefined for a text that is no time. */
export const readMoment = (docker: Docker, text: string): bigint | undefined => {
  if (/^\d+(\.\d{1,9})?$/.test(text)) {
    const [seconds = '0', fraction = ''] = text.split('.');
    return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
  }
  const ago = readDuration(text);
  return ago === undefined ? readDate(text) : docker.now - ago;
};

const DATE = /^(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** A day, or a time of it down to the nanosecond, in UTC unless it says otherwise. */
const readDate = (text: string): bigint | undefined => {
  const found = DATE.exec(text);
  if (found === null) return undefined;
  const [, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = found;
  const ms = Date.parse(`${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(ms) ? undefined : BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
};

export const badMoment = (text: string): string =>
  `failed to parse value as time or duration: ${JSON.stringify(text)}`;
