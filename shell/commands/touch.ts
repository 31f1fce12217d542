// touch: set the times of files, making those that do not exist.

import { isFsError } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import { choose } from './choice.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { parseDate, parseStamp } from './parse-date.ts';
import { quoteAlways, quoteLocale } from './quoting.ts';
import { referenceStat } from './reference-file.ts';
import { usageError } from './usage-error.ts';

const options = {
  a: {},
  'no-create': { short: 'c' },
  date: { short: 'd', argument: 'required' },
  f: {},
  'no-dereference': { short: 'h' },
  m: {},
  reference: { short: 'r', argument: 'required' },
  t: { argument: 'required' },
  time: { argument: 'required' },
} as const;

const TIMES = { atime: ['atime', 'access', 'use'], mtime: ['mtime', 'modify'] } as const;

interface Times {
  atime?: bigint | 'now';
  mtime?: bigint | 'now';
}

export const touch: Command = {
  name: 'touch',
  help: `Usage: touch [OPTION]... FILE...
Set the times of each FILE to now.

A FILE that does not exist is made, empty, unless -c or -h is given.
A FILE that is - means the file standard output goes to.

  -a                     set the access time alone
  -c, --no-create        make no files
  -d, --date=STRING      take the time from STRING, not now
  -f                     (does nothing)
  -h, --no-dereference   set the times of a symbolic link itself
  -m                     set the modification time alone
  -r, --reference=FILE   take the times of this file
  -t STAMP               take [[CC]YY]MMDDhhmm[.ss]
      --time=WORD        set one time alone: access, atime, use (like -a) or
                           modify, mtime (like -m)
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, touch, argv, options);
    if ('exit' in parsed) return parsed.exit;
    let access = parsed.has('a');
    let modify = parsed.has('m');
    for (const word of parsed.values('time')) {
      const which = await choose(out, '--time', word, TIMES);
      if (which === undefined) return out.status;
      if (which === 'atime') access = true;
      else modify = true;
    }
    const source = await timesFrom(out, parsed);
    if (typeof source === 'number') return source;
    if (parsed.operands.length === 0) return usageError(out, touch, 'missing file operand');
    const both = access === modify;
    const times: Times = {
      ...(both || access ? { atime: source.atime } : {}),
      ...(both || modify ? { mtime: source.mtime } : {}),
    };
    const rules = { create: !parsed.has('no-create'), follow: !parsed.has('no-dereference') };
    for (const name of parsed.operands) await touchOne(out, name, times, rules);
    return out.end();
  },
};

type TimeSources = {
  has(name: 'reference' | 'date' | 't' | 'no-dereference'): boolean;
  value(name: string): string | undefined;
};

/** The times that -d, -t and -r say; a number is the exit status of a complaint. */
const timesFrom = async (
  out: Output,
  parsed: TimeSources,
): Promise<{ atime: bigint | 'now'; mtime: bigint | 'now' } | number> => {
  const { process } = out;
  const [reference, date, stamp] = [parsed.value('reference'), parsed.value('date'), parsed.value('t')];
  if (stamp !== undefined && (reference !== undefined || date !== undefined)) {
    return usageError(out, touch, 'cannot specify times from more than one source');
  }
  const now = process.kernel.clock.now();
  if (stamp !== undefined) {
    const time = parseStamp(stamp, now);
    if (time !== undefined) return { atime: time, mtime: time };
    await out.warn(`invalid date format ${quoteLocale(process, stamp)}`);
    return 1;
  }
  let base: { atime: bigint | 'now'; mtime: bigint | 'now' } = { atime: 'now', mtime: 'now' };
  if (reference !== undefined) {
    const stat = await referenceStat(out, reference, { follow: !parsed.has('no-dereference') });
    if (stat === undefined) return 1;
    base = { atime: stat.atime, mtime: stat.mtime };
  }
  if (date === undefined) return base;
  const from = (start: bigint | 'now'): bigint | undefined => parseDate(date, start === 'now' ? now : start);
  const [atime, mtime] = [from(base.atime), from(base.mtime)];
  if (atime !== undefined && mtime !== undefined)
    return date === 'now' && reference === undefined ? base : { atime, mtime };
  await out.warn(`invalid date format ${quoteLocale(process, date)}`);
  return 1;
};

interface TouchRules {
  readonly create: boolean;
  readonly follow: boolean;
}

/** GNU opens the file for writing before it sets the times, which copies all its data up on an overlay; busybox does not. */
const touchOne = async (out: Output, name: string, times: Times, rules: TouchRules): Promise<void> => {
  const { process } = out;
  if (name === '-') {
    const { error } = attempt(() => process.futimens(1, times));
    if (error) await out.complain(`setting times of ${quoteAlways(process, '-')}`, error);
    return;
  }
  const opensFirst = rules.create && rules.follow && flavorOf(process) === 'gnu';
  const opened = opensFirst
    ? attempt(() => process.open(name, O.WRONLY | O.CREAT | O.NOCTTY | O.NONBLOCK))
    : undefined;
  const set = attempt(() => {
    if (opened?.value === undefined) setByName(process, name, times, rules);
    else process.futimens(opened?.value, times);
  });
  if (opened?.value !== undefined) process.close(opened?.value);
  if (!set.error) return;
  if (set.error.code === 'ENOENT' && !rules.create) return;
  const cause = opened?.error;
  const quoted = quoteAlways(process, name);
  if (cause && cause.code !== 'EISDIR' && cause.code !== 'EINVAL')
    await out.complain(`cannot touch ${quoted}`, cause);
  else if (flavorOf(process) === 'busybox') await out.complain(`cannot touch ${quoted}`, set.error);
  else await out.complain(`setting times of ${quoted}`, set.error);
};

const setByName = (process: Process, name: string, times: Times, rules: TouchRules): void => {
  const create = rules.create && rules.follow && flavorOf(process) === 'busybox';
  try {
    process.utimens(name, times, { follow: rules.follow });
  } catch (error) {
    if (!create || !isFsError(error, 'ENOENT')) throw error;
    process.close(process.open(name, O.RDWR | O.CREAT));
    if (times.atime !== 'now' || times.mtime !== 'now') process.utimens(name, times);
  }
};
