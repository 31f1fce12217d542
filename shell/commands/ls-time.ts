// The time column of the long layout.

import type { Stat } from '../fs/stat.ts';
import type { TimeKind } from './ls-rules.ts';
import { formatTime } from './time-format.ts';
import { clockText, dayText, fullTime, monthDay } from './time-text.ts';

const HALF_YEAR = 15_778_476n * 1_000_000_000n;

/** `Jan  2 15:04` for the last six months, `Jan  2  2019` for what is older or in the future. */
const recent = (time: bigint, now: bigint): boolean => time <= now && time > now - HALF_YEAR;

export const TIME_STYLES: Readonly<Record<string, (time: bigint, now: bigint) => string>> = {
  'full-iso': fullTime,
  'long-iso': (time) => `${dayText(time)} ${clockText(time, false)}`,
  iso: (time, now) =>
    recent(time, now) ? `${dayText(time).slice(5)} ${clockText(time, false)}` : `${dayText(time)} `,
  locale: (time, now) =>
    recent(time, now)
      ? `${monthDay(time)} ${clockText(time, false)}`
      : `${monthDay(time)}  ${dayText(time).slice(0, 4)}`,
};

/** Where nothing keeps the time of birth it is as if there had been none (ls --time=birth). */
export const timeOf = (stat: Stat, kind: TimeKind): bigint => stat[kind] ?? 0n;

/** `style` is a name of the table or `+FORMAT`, two lines of it for old and for recent times. */
export const listedTime = (time: bigint, now: bigint, style: string): string => {
  if (!style.startsWith('+')) return (TIME_STYLES[style.replace(/^posix-/, '')] ?? fullTime)(time, now);
  const [old = '', fresh = old] = style.slice(1).split('\n');
  return formatTime(recent(time, now) ? fresh : old, time);
};
