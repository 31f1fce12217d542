// The columns of ps (procps): names, headings, widths. No memory is mapped and no time is counted here: such figures are 0.

import { pathOf } from '../fs/mount.ts';
import { namespaceNumber } from '../fs/proc-namespaces.ts';
import { foregroundGroup, processTables } from '../fs/proc-process-tables.ts';
import { commandName } from '../fs/process-facts.ts';
import { Tty } from '../fs/tty.ts';
import type { Accounts } from './accounts.ts';
import { type SeenProcess, stateOf } from './processes.ts';
import { formatTime } from './time-format.ts';

export interface Context {
  readonly accounts: Accounts;
  readonly now: bigint;
  /** A process's number as the caller sees it, by its real one. */
  readonly seen: (pid: number) => number;
  /** `c`: names in place of command lines. */
  readonly namesOnly: boolean;
  /** `e`: the environment behind command lines. */
  readonly environment: boolean;
  /** What stands before commands in a tree. */
  readonly branches: ReadonlyMap<number, string>;
}

type Value = (seen: SeenProcess, context: Context) => string | number;

export interface Column {
  readonly heading: string;
  readonly width: number;
  readonly left?: boolean;
  /** It takes what room there is at the end of a line. */
  readonly wide?: boolean;
  readonly value: Value;
}

const right = (heading: string, width: number, value: Value): Column => ({ heading, width, value });
const left = (heading: string, width: number, value: Value): Column => ({
  heading,
  width,
  left: true,
  value,
});
const wide = (heading: string, value: Value, width = 27): Column => ({
  heading,
  width,
  left: true,
  wide: true,
  value,
});

const zero: Value = () => 0;
const none: Value = () => '-';

const shortened = (name: string, width: number): string =>
  name.length > width ? `${name.slice(0, width - 1)}+` : name;
const user: Value = ({ process }, { accounts }) => shortened(accounts.userName(process.cred.uid), 8);
const group: Value = ({ process }, { accounts }) => shortened(accounts.groupName(process.cred.gid), 8);
const uid: Value = ({ process }) => process.cred.uid;
const gid: Value = ({ process }) => process.cred.gid;
const pid: Value = (seen) => seen.pid;
const ppid: Value = (seen) => seen.ppid;
const pgid: Value = ({ process }, { seen }) => seen(process.group);
const sid: Value = ({ process }, { seen }) => seen(process.session);
const nice: Value = ({ process }) => process.nice;
const tty: Value = ({ process: { terminal } }) =>
  terminal instanceof Tty ? terminal.name.replace('/dev/', '') : '?';
const printable = (text: string): string => text.replace(/\p{Cc}/gu, '?');

const tree: (value: Value) => Value = (value) => (seen, context) =>
  `${context.branches.get(seen.pid) ?? ''}${value(seen, context)}`;
const name = tree(({ process }) => printable(commandName(process)));
const line = tree(({ process }, { namesOnly, environment }) => {
  if (namesOnly) return printable(commandName(process));
  const words = process.argv.length === 0 ? [`[${commandName(process)}]`] : process.argv;
  const all = environment ? [...words, ...[...process.env].map(([key, value]) => `${key}=${value}`)] : words;
  return printable(all.join(' '));
});

/** State, and marks: nicer or less nice than usual, leader of a session, in the foreground. */
const stat: Value = (seen, { accounts }) => {
  const { process } = seen;
  const marks = [
    process.nice < 0 ? '<' : process.nice > 0 ? 'N' : '',
    process.session === process.pid ? 's' : '',
    foregroundGroup(process) === process.group ? '+' : '',
  ];
  return stateOf(seen, accounts.process) + marks.join('');
};

const tpgid: Value = ({ process }, { seen }) => {
  const foreground = foregroundGroup(process);
  return foreground < 0 ? -1 : seen(foreground);
};

const SECOND = 1_000_000_000n;
const DAY = 86_400n * SECOND;

const isOld = ({ process }: SeenProcess, { now }: Context): boolean => now - process.startedAt >= DAY;
const started =
  (young: string, old: string): Value =>
  (seen, context) =>
    formatTime(isOld(seen, context) ? old : young, seen.process.startedAt);
const age = ({ process }: SeenProcess, { now }: Context): number =>
  Number((now - process.startedAt) / SECOND);

const elapsed: Value = (seen, context) => {
  const seconds = age(seen, context);
  const two = (number: number): string => String(number).padStart(2, '0');
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24];
  const day = days > 0 ? `${days}-` : '';
  const hour = days > 0 || hours > 0 ? `${two(hours)}:` : '';
  return `${day}${hour}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

const namespace =
  (kind: 'mnt' | 'pid' | 'uts' | 'net' | 'ipc' | 'user' | 'cgroup' | 'time'): Value =>
  ({ process }) =>
    namespaceNumber(process, kind);

const supplementary =
  (text: (gid: number, context: Context) => string | number): Value =>
  ({ process }, context) =>
    process.cred.groups.map((id) => text(id, context)).join(',') || '-';

const SIGNALS: Value = () => '0'.repeat(16);

const COLUMNS: Readonly<Record<string, Column>> = {
  '%cpu': right('%CPU', 4, () => '0.0'),
  '%mem': right('%MEM', 4, () => '0.0'),
  addr: left('ADDR', 4, none),
  addr_sz: left('ADDR SZ', 7, () => `-${'0'.padStart(6)}`),
  alarm: right('ALARM', 5, none),
  args: wide('COMMAND', line),
  blocked: right('BLOCKED', 16, SIGNALS),
  bsdstart: right('START', 6, started('%H:%M', '%b %e')),
  bsdtime: right('TIME', 6, () => '0:00'),
  c: right('C', 2, zero),
  caught: right('CAUGHT', 16, SIGNALS),
  cgroup: wide('CGROUP', (seen, context) =>
    (processTables.cgroup?.(seen.process, seen.pid, context.seen) ?? '').trim(),
  ),
  cgroupns: right('CGROUPNS', 10, namespace('cgroup')),
  class: left('CLS', 3, () => 'TS'),
  cls: right('CLS', 3, () => 'TS'),
  cmd: wide('CMD', line),
  comm: wide('COMMAND', name, 15),
  cp: right('CP', 3, zero),
  drs: right('DRS', 5, zero),
  egid: right('EGID', 5, gid),
  egroup: left('EGROUP', 8, group),
  eip: right('EIP', 16, SIGNALS),
  esp: right('ESP', 16, SIGNALS),
  etime: right('ELAPSED', 11, elapsed),
  etimes: right('ELAPSED', 7, age),
  euid: right('EUID', 5, uid),
  euser: left('EUSER', 8, user),
  exe: wide('EXE', ({ process }) => (process.text ? pathOf(process.text, process.root) : '-')),
  f: right('F', 1, zero),
  fgid: right('FGID', 5, gid),
  fgroup: left('FGROUP', 8, group),
  fname: left('COMMAND', 8, ({ process }) => commandName(process).slice(0, 8)),
  fuid: right('FUID', 5, uid),
  fuser: left('FUSER', 8, user),
  gid: right('GID', 5, gid),
  group: left('GROUP', 8, group),
  ignored: right('IGNORED', 16, SIGNALS),
  intpri: right('PRI', 3, ({ process }) => 80 + process.nice),
  ipcns: right('IPCNS', 10, namespace('ipc')),
  label: left('LABEL', 31, none),
  lstart: right('STARTED', 24, ({ process }) => formatTime('%a %b %e %H:%M:%S %Y', process.startedAt)),
  lwp: right('LWP', 7, pid),
  m_drs: right('DRS', 5, zero),
  m_trs: right('TRS', 5, zero),
  maj_flt: right('MAJFL', 6, zero),
  majflt: right('MAJFLT', 6, zero),
  min_flt: right('MINFL', 6, zero),
  minflt: right('MINFLT', 6, zero),
  mntns: right('MNTNS', 10, namespace('mnt')),
  netns: right('NETNS', 10, namespace('net')),
  ni: right('NI', 3, nice),
  nlwp: right('NLWP', 4, () => 1),
  oom: right('OOM', 4, zero),
  opri: right('PRI', 3, ({ process }) => 80 + process.nice),
  pending: right('PENDING', 16, SIGNALS),
  pgid: right('PGID', 7, pgid),
  pgrp: right('PGRP', 7, pgid),
  pid: right('PID', 7, pid),
  pidns: right('PIDNS', 10, namespace('pid')),
  policy: left('POL', 3, () => 'TS'),
  ppid: right('PPID', 7, ppid),
  pri: right('PRI', 3, ({ process }) => 19 - process.nice),
  priority: right('PRI', 3, ({ process }) => 20 + process.nice),
  psr: right('PSR', 3, zero),
  rgid: right('RGID', 5, gid),
  rgroup: left('RGROUP', 8, group),
  rss: right('RSS', 5, zero),
  rsz: right('RSZ', 5, zero),
  rtprio: right('RTPRIO', 6, none),
  ruid: right('RUID', 5, uid),
  ruser: left('RUSER', 8, user),
  s: left('S', 1, (seen, { accounts }) => stateOf(seen, accounts.process)),
  sched: right('SCH', 3, zero),
  sess: right('SESS', 7, sid),
  sgid: right('SGID', 5, gid),
  sid: right('SID', 7, sid),
  size: right('SIZE', 5, zero),
  spid: right('SPID', 7, pid),
  stackp: right('STACKP', 16, SIGNALS),
  start: right('STARTED', 8, started('%H:%M:%S', '%b %d')),
  start_time: left('START', 5, started('%H:%M', '%b%d')),
  stat: left('STAT', 4, stat),
  stime: left('STIME', 5, started('%H:%M', '%b%d')),
  suid: right('SUID', 5, uid),
  supgid: left(
    'SUPGID',
    20,
    supplementary((id) => id),
  ),
  supgrp: left(
    'SUPGRP',
    40,
    supplementary((id, { accounts }) => accounts.groupName(id)),
  ),
  suser: left('SUSER', 8, user),
  sz: right('SZ', 5, zero),
  tgid: right('TGID', 7, pid),
  thcount: right('THCNT', 5, () => 1),
  tid: right('TID', 7, pid),
  time: right('TIME', 8, () => '00:00:00'),
  timens: right('TIMENS', 10, namespace('time')),
  times: right('TIME', 8, zero),
  tmout: right('TMOUT', 5, none),
  tname: left('TTY', 8, tty),
  tpgid: right('TPGID', 7, tpgid),
  trs: right('TRS', 4, zero),
  tt: left('TT', 8, tty),
  ucmd: wide('CMD', name, 15),
  uid: right('UID', 5, uid),
  uid_hack: left('UID', 8, user),
  user: left('USER', 8, user),
  userns: right('USERNS', 10, namespace('user')),
  utsns: right('UTSNS', 10, namespace('uts')),
  vsz: right('VSZ', 6, zero),
  wchan: left('WCHAN', 6, none),
};

/** Other names for the same columns. */
const ALIASES: Readonly<Record<string, string>> = {
  command: 'args',
  ...{ cputime: 'time', cputimes: 'times', flag: 'f', flags: 'f', nice: 'ni', pcpu: '%cpu', pmem: '%mem' },
  ...{ session: 'sess', sigcatch: 'caught', sigignore: 'ignored', sigmask: 'blocked', sig: 'pending' },
  ...{
    state: 's',
    tty: 'tt',
    tty8: 'tname',
    longtname: 'tname',
    ucomm: 'comm',
    uname: 'user',
    rssize: 'rss',
  },
  ...{ vsize: 'vsz', context: 'label', wname: 'wchan', fsuid: 'fuid', fsgid: 'fgid', fsuser: 'fuser' },
  ...{ fsgroup: 'fgroup', svuid: 'suid', svgid: 'sgid', svuser: 'suser' },
};

export const psColumn = (word: string): Column | undefined => {
  const key = ALIASES[word] ?? word;
  return Object.hasOwn(COLUMNS, key) ? COLUMNS[key] : undefined;
};

/** `ps L`: names and headings, in the order of the alphabet. */
export const columnList = (): string[] =>
  [...Object.keys(COLUMNS), ...Object.keys(ALIASES)]
    .filter((word) => word !== 'addr_sz' && word !== 'tmout' && word !== 'alarm')
    .sort()
    .map((word) => `${word.padEnd(12)} ${psColumn(word)?.heading ?? ''}`);
