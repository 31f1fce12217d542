// top: the processes, again and again. Time and memory are not simulated: their columns say so with zeros.

import type { Process } from '../fs/process.ts';
import { Accounts, readText } from './accounts.ts';
import { attempt } from './attempt.ts';
import { appletHead, appletRow, appletTitle } from './busybox/top-lines.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { FullScreen } from './full-screen.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { type SeenProcess, seenProcesses, stateOf } from './processes.ts';
import { clockText } from './time-text.ts';
import { untilKey } from './until-key.ts';

const options = {
  batch: { short: 'b' },
  iterations: { short: 'n', argument: 'required' },
  delay: { short: 'd', argument: 'required' },
  pid: { short: 'p', argument: 'required' },
  command: { short: 'c' },
} as const;

const upText = (process: Process): string => {
  const minutes = Number((process.kernel.clock.now() - process.kernel.bootedAt) / 60_000_000_000n);
  return minutes < 60
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
};

const head = (process: Process, seen: readonly SeenProcess[]): string[] => {
  const memory = attempt(() => readText(process, '/proc/meminfo')).value ?? '';
  const mebibytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(memory)?.[1] ?? 0) / 1024;
  const [total, unused, available] = [mebibytes('MemTotal'), mebibytes('MemFree'), mebibytes('MemAvailable')];
  const count = (state: string): string =>
    String(seen.filter((one) => stateOf(one) === state).length).padStart(3);
  const number = (value: number): string => value.toFixed(1).padStart(8);
  return [
    `top - ${clockText(process.kernel.clock.now())} up ${upText(process)},  ${process.container === undefined ? 1 : 0} user,  load average: 0.00, 0.00, 0.00`,
    `Tasks: ${String(seen.length).padStart(3)} total, ${count('R')} running, ${count('S')} sleeping, ${count('T')} stopped,   0 zombie`,
    '%Cpu(s):  0.0 us,  0.0 sy,  0.0 ni,100.0 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st',
    `MiB Mem :${number(total)} total,${number(unused)} free,${number(total - available)} used,${number(Math.max(0, available - unused))} buff/cache`,
    `MiB Swap:${number(0)} total,${number(0)} free,${number(0)} used.${number(available)} avail Mem`,
    '',
  ];
};

const TITLE = '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND';

const row = (one: SeenProcess, accounts: Accounts, whole: boolean): string => {
  const user = accounts.userName(one.process.cred.uid);
  const name = one.process.argv[0]?.split('/').at(-1) ?? '';
  const command = whole ? one.process.argv.join(' ') : name;
  const shown = user.length > 8 ? `${user.slice(0, 7)}+` : user;
  return `${String(one.pid).padStart(7)} ${shown.padEnd(8)}  20   0       0      0      0 ${stateOf(one)}   0.0   0.0   0:00.00 ${command.replace(/\p{Cc}/gu, '?')}`;
};

export const top: Command = {
  name: 'top',
  help: `Usage: top [OPTION]...
Show the processes, and go on showing them; q leaves.

  -b           line after line, for files and pipes
  -n NUMBER    that many times
  -d SECONDS   wait that long in between (3)
  -p LIST      the processes with these numbers
  -c           whole command lines
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, top, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const batch = parsed.has('batch');
    if (!batch && process.tty(1) === undefined) {
      await out.errorText('top: failed tty get\n');
      return 1;
    }
    const times = Number(parsed.value('iterations') ?? Number.POSITIVE_INFINITY);
    const delay = Number(parsed.value('delay') ?? 3) * 1000;
    const pids = parsed.value('pid')?.split(',').map(Number);
    const accounts = new Accounts(process);
    const content: Content = () => {
      const seen = seenProcesses(process).filter(({ pid }) => pids === undefined || pids.includes(pid));
      if (flavorOf(process) === 'busybox')
        return {
          top: appletHead(process, seen),
          title: appletTitle(process),
          rows: seen.map((one) => appletRow(process, one, accounts)),
        };
      const rows = seen.map((one) => row(one, accounts, parsed.has('command')));
      return { top: head(process, seen), title: TITLE, rows };
    };
    return batch ? inLines(out, content, times, delay) : onScreen(process, content, times, delay);
  },
};

type Content = () => {
  readonly top: readonly string[];
  readonly title: string;
  readonly rows: readonly string[];
};

const inLines = async (out: Output, content: Content, times: number, delay: number): Promise<number> => {
  for (let n = 0; n < times; n++) {
    if (n > 0) await out.process.sleep(delay);
    const { top: lines, title, rows } = content();
    for (const line of [...(n > 0 ? [''] : []), ...lines, title, ...rows]) out.line(line);
    await out.flush();
  }
  return out.end();
};

const onScreen = async (
  process: Process,
  content: Content,
  times: number,
  delay: number,
): Promise<number> => {
  const screen = new FullScreen(process);
  process.onSignal('SIGINT', () => {});
  await screen.enter();
  try {
    for (let n = 0; n < times; n++) {
      const { columns, rows } = screen;
      const now = content();
      const title = `\x1b[7m${now.title.slice(0, columns).padEnd(columns)}\x1b[27m`;
      const all = [
        ...now.top.map((line) => line.slice(0, columns)),
        title,
        ...now.rows.map((line) => line.slice(0, columns)),
      ];
      await screen.draw({ rows: Array.from({ length: rows }, (_, at) => all[at] ?? '') });
      const key = await untilKey(process, screen, delay);
      if (key === 'q' || key === '\x03' || key === 'closed') return 0;
    }
    return 0;
  } finally {
    await screen.leave();
  }
};
