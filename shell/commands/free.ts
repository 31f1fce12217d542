// free: memory in use. The figures are those of /proc/meminfo: cowsh simulates no memory beyond them.

import { isFsError } from '../fs/errno.ts';
import { readText } from './accounts.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

const options = {
  bytes: { short: 'b' },
  kibi: { short: 'k' },
  mebi: { short: 'm' },
  gibi: { short: 'g' },
  human: { short: 'h' },
  total: { short: 't' },
  wide: { short: 'w' },
} as const;

const UNITS = { bytes: 1, kibi: 1024, mebi: 1024 ** 2, gibi: 1024 ** 3 } as const;

export const free: Command = {
  name: 'free',
  help: `Usage: free [OPTION]...
Show how much memory is used and free.

  -b, --bytes   in bytes
  -k, --kibi    in units of 1024 bytes (default)
  -m, --mebi    in units of 1024^2 bytes
  -g, --gibi    in units of 1024^3 bytes
  -h, --human   in units that fit
  -t, --total   a line with totals
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, free, argv, options);
    if ('exit' in parsed) return parsed.exit;
    let text: string;
    try {
      text = readText(process, '/proc/meminfo');
    } catch (error) {
      if (!isFsError(error)) throw error;
      await out.errorText('Error: /proc must be mounted\n');
      return 1;
    }
    const kibibytes = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
    const [total, unused, available] = [
      kibibytes('MemTotal'),
      kibibytes('MemFree'),
      kibibytes('MemAvailable'),
    ];
    const unit = parsed.last('bytes', 'kibi', 'mebi', 'gibi', 'human') ?? 'kibi';
    const show = (value: number): string =>
      (unit === 'human' ? human(value) : String(Math.floor((value * 1024) / UNITS[unit]))).padStart(12);
    const cached = Math.max(0, available - unused);
    out.line(
      `${''.padEnd(8)}${['total', 'used', 'free', 'shared', 'buff/cache', 'available'].map((word) => word.padStart(12)).join('')}`,
    );
    out.line(`Mem:    ${[total, total - available, unused, 0, cached, available].map(show).join('')}`);
    out.line(`Swap:   ${[0, 0, 0].map(show).join('')}`);
    if (parsed.has('total')) out.line(`Total:  ${[total, total - available, unused].map(show).join('')}`);
    return out.end();
  },
};

const human = (kibibytes: number): string => {
  if (kibibytes === 0) return '0B';
  const units = ['Ki', 'Mi', 'Gi', 'Ti'];
  let value = kibibytes;
  let power = 0;
  while (value >= 1024 && power < units.length - 1) {
    value /= 1024;
    power++;
  }
  return `${value < 10 ? value.toFixed(1) : Math.floor(value)}${units[power]}`;
};
