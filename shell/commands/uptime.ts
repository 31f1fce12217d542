// uptime: how long the machine has been running.

import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { clockText, dayText } from './time-text.ts';

const options = { pretty: { short: 'p' }, since: { short: 's' } } as const;

export const uptime: Command = {
  name: 'uptime',
  help: `Usage: uptime [OPTION]...
Tell the time, how long the system has been up, and its load.

  -p, --pretty   in words
  -s, --since    since when
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, uptime, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const { kernel } = process;
    const now = kernel.clock.now();
    const minutes = Number((now - kernel.bootedAt) / 60_000_000_000n);
    if (parsed.has('since')) out.line(`${dayText(kernel.bootedAt)} ${clockText(kernel.bootedAt)}`);
    else if (parsed.has('pretty')) out.line(`up ${inWords(minutes)}`);
    else {
      // Nobody has logged in to a container.
      const users = process.container === undefined ? 1 : 0;
      out.line(` ${clockText(now)} up ${short(minutes)},  ${users} user,  load average: 0.00, 0.00, 0.00`);
    }
    return out.end();
  },
};

const short = (minutes: number): string => {
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const day = days === 0 ? '' : `${days} day${days === 1 ? '' : 's'}, `;
  return (
    day + (hours === 0 ? `${rest} min` : `${String(hours).padStart(2)}:${String(rest).padStart(2, '0')}`)
  );
};

const inWords = (minutes: number): string => {
  const parts = [
    [Math.floor(minutes / 10_080), 'week'],
    [Math.floor(minutes / 1440) % 7, 'day'],
    [Math.floor(minutes / 60) % 24, 'hour'],
    [minutes % 60, 'minute'],
  ] as const;
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  return said.join(', ') || '0 minutes';
};
