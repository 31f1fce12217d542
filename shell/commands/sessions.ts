// users, who, w and last: who is logged in. A session is a terminal that processes of the machine have.

import type { Process } from '../fs/process.ts';
import { Accounts } from './accounts.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { formatTime } from './time-format.ts';
import { uptime } from './uptime.ts';

interface Session {
  readonly user: string;
  /** `pts/0` */
  readonly line: string;
  readonly since: bigint;
  readonly command: string;
}

/** The oldest process of a terminal is its login. */
const sessionsOf = (self: Process): Session[] => {
  if (self.container !== undefined) return [];
  const accounts = new Accounts(self);
  const found = new Map<string, Session>();
  for (const process of self.kernel.processes.values()) {
    const tty = [0, 1, 2].map((fd) => process.tty(fd)).find((candidate) => candidate !== undefined);
    if (tty === undefined || process.container !== undefined) continue;
    const line = tty.name.replace('/dev/', '');
    const old = found.get(line);
    const user = old?.user ?? accounts.userName(process.cred.uid);
    found.set(line, { user, line, since: old?.since ?? process.startedAt, command: process.argv.join(' ') });
  }
  return [...found.values()];
};

export const users: Command = {
  name: 'users',
  help: `Usage: users [OPTION]...
Print the names of those who are logged in.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, users, argv, {});
    if ('exit' in parsed) return parsed.exit;
    const names = sessionsOf(process).map(({ user }) => user);
    if (names.length > 0) out.line(names.sort().join(' '));
    return out.end();
  },
};

const whoOptions = {
  all: { short: 'a' },
  boot: { short: 'b' },
  heading: { short: 'H' },
  count: { short: 'q' },
  m: {},
  short: { short: 's' },
} as const;

export const who: Command = {
  name: 'who',
  help: `Usage: who [OPTION]...
Print who is logged in, on which terminal and since when.

  -b, --boot        when the machine was started
  -H, --heading     a line of headings
  -m                only who asks
  -q, --count       names and their number
  -a -s             accepted
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, who, argv, whoOptions);
    if ('exit' in parsed) return parsed.exit;
    const row = (name: string, line: string, time: string): string =>
      `${name.padEnd(8)} ${line.padEnd(12)} ${time}`;
    const sessions = sessionsOf(process);
    if (parsed.has('count')) {
      out.line(sessions.map(({ user }) => user).join(' '));
      out.line(`# users=${sessions.length}`);
      return out.end();
    }
    if (parsed.has('heading')) out.line(row('NAME', 'LINE', 'TIME             COMMENT'));
    if (parsed.has('boot') || parsed.has('all'))
      out.line(row('', 'system boot', formatTime('%Y-%m-%d %H:%M', process.kernel.bootedAt)));
    if (parsed.has('boot')) return out.end();
    for (const { user, line, since } of sessions)
      out.line(row(user, line, formatTime('%Y-%m-%d %H:%M', since)));
    return out.end();
  },
};

export const w: Command = {
  name: 'w',
  help: `
Usage:
 w [options] [user]

Show who is logged in, and what they run.

Options:
 -h, --no-header   no headings
 -s, --short       the short form
     --help        display this help and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, w, argv, {
      'no-header': { short: 'h' },
      short: { short: 's' },
      from: { short: 'f' },
    });
    if ('exit' in parsed) return parsed.exit;
    if (!parsed.has('no-header')) {
      await uptime.run(process, ['uptime']);
      out.line('USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT');
    }
    const [only] = parsed.operands;
    for (const { user, line, since, command } of sessionsOf(process)) {
      if (only !== undefined && only !== user) continue;
      out.line(
        `${user.padEnd(8)} ${line.padEnd(8)} -                ${formatTime('%H:%M', since)}    0.00s  0.00s  0.00s ${command}`,
      );
    }
    return out.end();
  },
};

export const last: Command = {
  name: 'last',
  help: `
Usage:
 last [options]

Show the logins since the machine was started.

Options:
 -n, --limit <number>  so many lines at the most
     --help            display this help
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, last, argv, { limit: { short: 'n', argument: 'required' } });
    if ('exit' in parsed) return parsed.exit;
    const { bootedAt } = process.kernel;
    const rows = [
      ...sessionsOf(process).map(
        ({ user, line, since }) =>
          `${user.padEnd(8)} ${line.padEnd(12)} ${''.padEnd(16)} ${formatTime('%a %b %e %H:%M', since)}   still logged in`,
      ),
      `reboot   system boot  6.8.0-45-generic ${formatTime('%a %b %e %H:%M', bootedAt)}   still running`,
    ];
    for (const row of rows.slice(0, Number(parsed.value('limit') ?? rows.length))) out.line(row);
    out.line(`\nwtmp begins ${formatTime('%a %b %e %H:%M:%S %Y', bootedAt)}`);
    return out.end();
  },
};
