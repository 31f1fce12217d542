// The files of /proc/PID that are tables of numbers (proc_pid_stat(5) and its neighbours). Nothing here computes or maps
// memory: times, faults and sizes are 0.

import type { Resource } from './limits.ts';
import type { Process } from './process.ts';
import { commandName, parentOf, stateLetter, type View } from './process-facts.ts';
import { Tty } from './tty.ts';

type Text = (process: Process, number: number, seen: View) => string;

const PTS_MAJOR = 136;
const TICK = 10_000_000n;

/** dev_t of a terminal as /proc/PID/stat has it; 0 without one. */
export const terminalNumber = ({ terminal }: Process): number => {
  const number = terminal instanceof Tty ? /\/pts\/(\d+)$/.exec(terminal.name)?.[1] : undefined;
  return number === undefined ? 0 : (PTS_MAJOR << 8) | Number(number);
};

/** The group in the foreground of its terminal, or -1. */
export const foregroundGroup = ({ terminal }: Process): number =>
  terminal instanceof Tty && terminal.foreground > 0 ? terminal.foreground : -1;

const KILL_EXIT_SIGNAL = 17;

const stat: Text = (process, number, seen) => {
  const group = foregroundGroup(process);
  const fields: (string | number | bigint)[] = [
    ...[number, `(${commandName(process)})`, stateLetter(process), seen(parentOf(process))],
    ...[seen(process.group), seen(process.session), terminalNumber(process), group < 0 ? -1 : seen(group)],
    // flags, faults and times
    ...[4_194_304, 0, 0, 0, 0, 0, 0, 0, 0, 20 + process.nice, process.nice, 1, 0],
    (process.startedAt - process.kernel.bootedAt) / TICK,
    // sizes and addresses
    ...[0, 0, '18446744073709551615', 0, 0, 0, 0, 0],
    // signals, channel, swap; then the signal for the parent, processor, policy, and what is of later kernels
    ...[0, 0, 0, 0, 0, 0, 0, KILL_EXIT_SIGNAL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ];
  return `${fields.join(' ')}\n`;
};

const LIMITS: readonly (readonly [Resource, string, string])[] = [
  ['cpu', 'Max cpu time', 'seconds'],
  ['fsize', 'Max file size', 'bytes'],
  ['data', 'Max data size', 'bytes'],
  ['stack', 'Max stack size', 'bytes'],
  ['core', 'Max core file size', 'bytes'],
  ['rss', 'Max resident set', 'bytes'],
  ['nproc', 'Max processes', 'processes'],
  ['nofile', 'Max open files', 'files'],
  ['memlock', 'Max locked memory', 'bytes'],
  ['as', 'Max address space', 'bytes'],
  ['locks', 'Max file locks', 'locks'],
  ['sigpending', 'Max pending signals', 'signals'],
  ['msgqueue', 'Max msgqueue size', 'bytes'],
  ['nice', 'Max nice priority', ''],
  ['rtprio', 'Max realtime priority', ''],
  ['rttime', 'Max realtime timeout', 'us'],
];

const limitText = (value: number): string =>
  value === Number.POSITIVE_INFINITY ? 'unlimited' : String(value);

const limitRow = (name: string, soft: string, hard: string, unit: string): string =>
  `${name.padEnd(25)} ${soft.padEnd(20)} ${hard.padEnd(20)} ${unit === '' ? '' : unit.padEnd(10)}\n`;

const limits: Text = (process) =>
  limitRow('Limit', 'Soft Limit', 'Hard Limit', 'Units') +
  LIMITS.map(([resource, name, unit]) => {
    const { soft, hard } = process.limits[resource];
    return limitRow(name, limitText(soft), limitText(hard), unit);
  }).join('');

/** The cgroup as its observer sees it: a container's own is the root of what it sees. */
const cgroup: Text = ({ container, cred, pid }, number) => {
  if (container !== undefined)
    return number === pid ? `0::/system.slice/docker-${container.id}.scope\n` : '0::/\n';
  return pid === 1 ? '0::/init.scope\n' : `0::/user.slice/user-${cred.uid}.slice/session-1.scope\n`;
};

const everybody: Text = () => `${['0', '0', '4294967295'].map((field) => field.padStart(10)).join(' ')}\n`;

export const processTables: Readonly<Record<string, Text>> = {
  cgroup,
  gid_map: everybody,
  limits,
  loginuid: () => '4294967295',
  oom_adj: () => '0\n',
  oom_score: () => '0\n',
  oom_score_adj: () => '0\n',
  sessionid: () => '4294967295',
  setgroups: () => 'allow\n',
  stat,
  statm: () => '0 0 0 0 0 0 0\n',
  uid_map: everybody,
  wchan: () => '0',
};
