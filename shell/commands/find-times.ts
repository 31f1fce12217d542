// Tests of find about times: -mtime, -mmin, -newer and their kin.

import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import { FindError, type MakePrimary } from './find-primary.ts';
import { parseDate } from './parse-date.ts';
import { quoteLocale } from './quoting.ts';

type Which = 'atime' | 'ctime' | 'mtime';

const DAY = 86_400_000_000_000n;
const MINUTE = 60_000_000_000n;

/** Ages in whole units, the fraction dropped: -mtime +0 is a day at least. */
const ageTest =
  (which: Which, unit: bigint): MakePrimary =>
  (context, name) => {
    const text = context.take(name);
    const match = /^([-+]?)(\d+(?:\.\d+)?)$/.exec(text);
    if (!match) throw new FindError(`invalid argument \`${text}' to \`${name}'`);
    const now = context.process.kernel.clock.now();
    const reference = context.settings.dayStart ? now - (now % DAY) + DAY : now;
    const wanted = Number(match[2]);
    return ({ stat }) => {
      const age = reference - stat[which];
      if (match[1] === '+') return Number(age / unit) > wanted;
      if (match[1] === '-') return age < BigInt(Math.ceil(wanted)) * unit;
      return unit === DAY
        ? Number(age / unit) === wanted
        : age > BigInt(wanted - 1) * unit && age <= BigInt(wanted) * unit;
    };
  };

const newerTest =
  (which: Which): MakePrimary =>
  (context, name) => {
    const time = referenceTime(context.process, context.take(name), 'mtime');
    return ({ stat }) => stat[which] > time;
  };

const referenceTime = (process: Parameters<typeof quoteLocale>[0], file: string, which: Which): bigint => {
  const { value, error } = attempt(() => process.stat(file));
  if (error !== undefined) throw new FindError(`${quoteLocale(process, file)}: ${error.message}`);
  return (value as Stat)[which];
};

const LETTERS: Readonly<Record<string, Which>> = { a: 'atime', c: 'ctime', m: 'mtime', B: 'mtime' };

/** Days between a file's change of status and its last use. */
const used: MakePrimary = (context, name) => {
  const text = context.take(name);
  const match = /^([-+]?)(\d+)$/.exec(text);
  if (!match) throw new FindError(`Invalid argument ${text} to ${name}`);
  const wanted = Number(match[2]);
  return ({ stat }) => {
    const days = Number((stat.atime - stat.ctime) / DAY);
    if (stat.atime < stat.ctime) return false;
    if (match[1] === '+') return days > wanted;
    return match[1] === '-' ? days < wanted : days === wanted && stat.atime !== stat.ctime;
  };
};

export const findTimes: Readonly<Record<string, MakePrimary>> = {
  amin: ageTest('atime', MINUTE),
  cmin: ageTest('ctime', MINUTE),
  mmin: ageTest('mtime', MINUTE),
  atime: ageTest('atime', DAY),
  ctime: ageTest('ctime', DAY),
  mtime: ageTest('mtime', DAY),
  anewer: newerTest('atime'),
  cnewer: newerTest('ctime'),
  newer: newerTest('mtime'),
  used,
  newerXY: (context, name) => {
    const [x = 'm', y = 'm'] = name.slice('-newer'.length);
    if (!/^[aBcm]$/.test(x) || !/^[aBcmt]$/.test(y)) throw new FindError(`invalid predicate \`${name}'`);
    const text = context.take(name);
    const which = LETTERS[x] ?? 'mtime';
    if (y !== 't') {
      const time = referenceTime(context.process, text, LETTERS[y] ?? 'mtime');
      return ({ stat }) => stat[which] > time;
    }
    const time = parseDate(text, context.process.kernel.clock.now());
    if (time === undefined)
      throw new FindError(
        `I cannot figure out how to interpret ${quoteLocale(context.process, text)} as a date or time`,
      );
    return ({ stat }) => stat[which] > time;
  },
};
