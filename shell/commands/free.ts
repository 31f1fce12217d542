// free: memory in use. The figures are those of /proc/meminfo: cowsh simulates no memory beyond them.

import { readText } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { type NameOf, type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';

const options = {
  bytes: { short: 'b' },
  kilo: {},
  mega: {},
  giga: {},
  tera: {},
  peta: {},
  kibi: { short: 'k' },
  mebi: { short: 'm' },
  gibi: { short: 'g' },
  tebi: {},
  pebi: {},
  human: { short: 'h' },
  si: {},
  lohi: { short: 'l' },
  total: { short: 't' },
  committed: { short: 'v' },
  seconds: { short: 's', argument: 'required' },
  count: { short: 'c', argument: 'required' },
  wide: { short: 'w' },
} as const;

type Parsed = Options<NameOf<typeof options>>;

const UNITS = {
  ...{ bytes: 1, kilo: 1e3, mega: 1e6, giga: 1e9, tera: 1e12, peta: 1e15 },
  ...{ kibi: 2 ** 10, mebi: 2 ** 20, gibi: 2 ** 30, tebi: 2 ** 40, pebi: 2 ** 50 },
} as const;
const UNIT_NAMES = Object.keys(UNITS) as (keyof typeof UNITS)[];

export const free: Command = {
  name: 'free',
  usageShowsHelp: true,
  help: `
Usage:
 free [options]

Show how much memory is used and free.

Options:
 -b, --bytes         in bytes
     --kilo --mega --giga --tera --peta  in powers of 1000
 -k, --kibi          in units of 1024 bytes (default)
 -m, --mebi          in units of 1024^2 bytes
 -g, --gibi          in units of 1024^3 bytes
     --tebi --pebi   in units of 1024^4 or 1024^5 bytes
 -h, --human         in units that fit
     --si            in powers of 1000
 -l, --lohi          low and high memory too
 -t, --total         a line with totals
 -v, --committed     a line about what has been promised
 -s, --seconds <n>   once more every <n> seconds
 -c, --count <n>     so many times
 -w, --wide          buffers and cache apart

     --help          display this help and exit
 -V, --version       output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, free, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const problem = problemOf(parsed);
    if (problem !== undefined) {
      await out.warn(problem);
      return 1;
    }
    if (parsed.operands.length > 0) {
      await out.errorText(free.help);
      return 1;
    }
    const seconds = parsed.value('seconds');
    const endless = seconds !== undefined && !parsed.has('count');
    const times = endless ? Number.POSITIVE_INFINITY : Number(parsed.value('count') ?? 1);
    for (let time = 1; time <= times; time++) {
      if (!(await show(out, parsed))) return 1;
      if (time === times) break;
      out.line('');
      await out.flush();
      await process.sleep(Number(seconds ?? 1) * 1000);
    }
    return out.end();
  },
};

const problemOf = (parsed: Parsed): string | undefined => {
  const [seconds, count] = [parsed.value('seconds'), parsed.value('count')];
  if (UNIT_NAMES.filter((name) => parsed.has(name)).length > 1)
    return "Multiple unit options don't make sense.";
  if (seconds !== undefined && !/^[-+]?(\d+\.?\d*|\.\d+)$/.test(seconds))
    return `seconds argument failed: '${seconds}': Invalid argument`;
  if (seconds !== undefined && Number(seconds) <= 0)
    return `seconds argument \`${seconds}' is not positive number`;
  if (count === undefined) return undefined;
  if (!/^[-+]?\d+$/.test(count)) return `failed to parse count argument: '${count}'`;
  return Number(count) > 0
    ? undefined
    : `failed to parse count argument: '${count}': Numerical result out of range`;
};

/** One table; false where /proc is not mounted. */
const show = async (out: Output, parsed: Parsed): Promise<boolean> => {
  const { value: text, error } = attempt(() => readText(out.process, '/proc/meminfo'));
  if (error) {
    await out.errorText('Error: /proc must be mounted\n');
    return false;
  }
  const kibibytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  const row = (name: string, values: readonly number[]): void =>
    out.line(`${name.padEnd(8)}${values.map((value) => amount(parsed, value)).join('')}`);
  const [total, unused, available] = [kibibytes('MemTotal'), kibibytes('MemFree'), kibibytes('MemAvailable')];
  const [buffers, cache] = [kibibytes('Buffers'), kibibytes('Cached') + kibibytes('SReclaimable')];
  const held = parsed.has('wide') ? [buffers, cache] : [buffers + cache];
  const words = ['total', 'used', 'free', 'shared'];
  words.push(...(parsed.has('wide') ? ['buffers', 'cache'] : ['buff/cache']), 'available');
  out.line(`${''.padEnd(8)}${words.map((word) => word.padStart(12)).join('')}`);
  const used = total - available;
  row('Mem:', [total, used, unused, kibibytes('Shmem'), ...held, available]);
  // All memory is low on a processor of 64 bits.
  if (parsed.has('lohi')) {
    row('Low:', [total, total - unused, unused]);
    row('High:', [0, 0, 0]);
  }
  const [swap, swapFree] = [kibibytes('SwapTotal'), kibibytes('SwapFree')];
  row('Swap:', [swap, swap - swapFree, swapFree]);
  if (parsed.has('total')) row('Total:', [total + swap, used + swap - swapFree, unused + swapFree]);
  const [limit, promised] = [kibibytes('CommitLimit'), kibibytes('Committed_AS')];
  if (parsed.has('committed')) row('Comm:', [limit, promised, limit - promised]);
  return true;
};

const amount = (parsed: Parsed, kibibytes: number): string => {
  const given = parsed.last(...UNIT_NAMES, 'human');
  const text =
    given === 'human'
      ? human(kibibytes * 1024, parsed.has('si') ? 1000 : 1024)
      : String(Math.floor((kibibytes * 1024) / UNITS[given ?? (parsed.has('si') ? 'kilo' : 'kibi')]));
  return text.padStart(12);
};

/** `3.8Gi`, or `4.1G` in powers of 1000. */
const human = (bytes: number, base: number): string => {
  if (bytes === 0) return '0B';
  const units = base === 1024 ? ['B', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] : ['B', 'K', 'M', 'G', 'T', 'P'];
  let value = bytes;
  let power = 0;
  while (value >= base && power < units.length - 1) {
    value /= base;
    power++;
  }
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.floor(value)}${units[power]}`;
};
