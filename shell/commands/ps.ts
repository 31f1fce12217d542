// ps: processes. Of a container one sees its own, numbered from 1.

import { Tty } from '../fs/tty.ts';
import { Accounts } from './accounts.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { printHelp } from './options.ts';
import { Output } from './output.ts';
import { type SeenProcess, seenProcesses, stateOf } from './processes.ts';
import { columnsOf, isTerminal } from './terminal.ts';
import { clockText, monthDay } from './time-text.ts';

interface Column {
  readonly heading: string;
  readonly width: number;
  readonly left?: boolean;
  readonly value: (seen: SeenProcess, context: Context) => string;
}

interface Context {
  readonly accounts: Accounts;
  readonly now: bigint;
}

const terminalName = ({ process: { terminal } }: SeenProcess): string =>
  terminal instanceof Tty ? terminal.name.replace('/dev/', '') : '?';
const words = ({ process }: SeenProcess): string => process.argv.join(' ').replace(/\p{Cc}/gu, '?');
const shortName = ({ process }: SeenProcess): string =>
  (process.argv[0] ?? '').replace(/^-/, '').split('/').at(-1)?.slice(0, 15) ?? '';
const userOf = ({ process }: SeenProcess, { accounts }: Context): string => {
  const name = accounts.userName(process.cred.uid);
  return name.length > 8 ? `${name.slice(0, 7)}+` : name;
};
const startText = ({ process }: SeenProcess, { now }: Context): string => {
  const age = now - process.startedAt;
  return age < 86_400_000_000_000n
    ? clockText(process.startedAt, false)
    : monthDay(process.startedAt).replace(' ', '');
};

const COLUMNS: Readonly<Record<string, Column>> = {
  pid: { heading: 'PID', width: 7, value: ({ pid }) => String(pid) },
  ppid: { heading: 'PPID', width: 7, value: ({ ppid }) => String(ppid) },
  user: { heading: 'USER', width: 8, left: true, value: userOf },
  uid: { heading: 'UID', width: 5, value: ({ process }) => String(process.cred.uid) },
  tty: { heading: 'TTY', width: 8, left: true, value: terminalName },
  time: { heading: 'TIME', width: 8, value: () => '00:00:00' },
  stat: { heading: 'STAT', width: 4, left: true, value: stateOf },
  comm: { heading: 'COMMAND', width: 0, left: true, value: shortName },
  cmd: { heading: 'CMD', width: 0, left: true, value: shortName },
  args: { heading: 'COMMAND', width: 0, left: true, value: words },
};

/** `ps -o` takes these names too. */
const NAMES: Readonly<Record<string, string>> = {
  command: 'args',
  tt: 'tty',
  tname: 'tty',
  s: 'stat',
  state: 'stat',
  euser: 'user',
  uname: 'user',
  ucmd: 'comm',
};

const SHORT = ['pid', 'tty', 'time', 'cmd'].map((name) => COLUMNS[name] as Column);
const FULL: readonly Column[] = [
  { heading: 'UID', width: 8, left: true, value: userOf },
  COLUMNS.pid as Column,
  COLUMNS.ppid as Column,
  { heading: 'C', width: 2, value: () => '0' },
  { heading: 'STIME', width: 5, left: true, value: startText },
  COLUMNS.tty as Column,
  COLUMNS.time as Column,
  { heading: 'CMD', width: 0, left: true, value: words },
];
const BSD: readonly Column[] = [
  COLUMNS.user as Column,
  COLUMNS.pid as Column,
  { heading: '%CPU', width: 4, value: () => '0.0' },
  { heading: '%MEM', width: 4, value: () => '0.0' },
  { heading: 'VSZ', width: 6, value: () => '0' },
  { heading: 'RSS', width: 5, value: () => '0' },
  COLUMNS.tty as Column,
  COLUMNS.stat as Column,
  { heading: 'START', width: 5, left: true, value: startText },
  { heading: 'TIME', width: 6, value: () => '0:00' },
  COLUMNS.args as Column,
];
const BSD_SHORT: readonly Column[] = [
  COLUMNS.pid,
  COLUMNS.tty,
  COLUMNS.stat,
  { heading: 'TIME', width: 6, value: () => '0:00' },
  COLUMNS.args,
] as Column[];

/** busybox shows all that there is, and knows no more columns. */
const APPLET: readonly Column[] = [
  { heading: 'PID  ', width: 5, value: ({ pid }) => String(pid) },
  { heading: 'USER', width: 8, left: true, value: userOf },
  { heading: 'TIME ', width: 5, value: () => '0:00' },
  COLUMNS.args as Column,
];

export const ps: Command = {
  name: 'ps',
  help: `Usage: ps [OPTION]...
Show processes: those of this terminal, unless all are asked for.

  -e, -A       all processes
  -f           more about each
  -o LIST      these columns: pid, ppid, user, uid, tty, time, stat, comm, args
  -p LIST      the processes with these numbers
  -u USER      those of USER
  aux, ax      all processes, in the BSD way
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const asked = readWords(argv.slice(1));
    if (asked.letters.has('help')) return printHelp(out, ps);
    if (asked.problem !== undefined) {
      await out.errorText(`error: ${asked.problem}\n\nUsage:\n ps [options]\n\n Try 'ps --help'.\n`);
      return 1;
    }
    const { letters, bsd } = asked;
    const applet = flavorOf(process) === 'busybox';
    const all =
      applet || letters.has('e') || letters.has('A') || (bsd && letters.has('a') && letters.has('x'));
    const accounts = new Accounts(process);
    const uid = asked.user === undefined ? undefined : accounts.uid(asked.user);
    const chosen = seenProcesses(process).filter((seen) => {
      if (asked.pids) return asked.pids.includes(seen.pid);
      if (asked.user !== undefined) return seen.process.cred.uid === uid;
      if (all) return true;
      if (bsd && letters.has('a')) return seen.process.terminal !== undefined;
      return seen.process.cred.uid === process.cred.uid && seen.process.terminal === process.terminal;
    });
    const columns = applet && !asked.format ? APPLET : columnsFor(asked);
    const context = { accounts, now: process.kernel.clock.now() };
    const limit =
      isTerminal(process, 1) && !letters.has('w') ? columnsOf(process, 1) : Number.POSITIVE_INFINITY;
    const rows = [
      columns.map(({ heading }) => heading),
      ...chosen.map((seen) => columns.map(({ value }) => value(seen, context))),
    ];
    for (const row of asked.headings ? rows : rows.slice(1)) out.line(layOut(columns, row).slice(0, limit));
    out.status = chosen.length === 0 ? 1 : 0;
    return out.end();
  },
};

interface Asked {
  readonly letters: Set<string>;
  bsd: boolean;
  headings: boolean;
  format?: readonly string[];
  pids?: readonly number[];
  user?: string;
  problem?: string;
}

const readWords = (given: readonly string[]): Asked => {
  const asked: Asked = { letters: new Set(), bsd: false, headings: true };
  const queue = [...given];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === '--help') asked.letters.add('help');
    else if (word === '--no-headers' || word === '--no-headings') asked.headings = false;
    else if (/^\d[\d,]*$/.test(word)) asked.pids = word.split(',').map(Number);
    else if (word.startsWith('--')) asked.problem = 'unknown gnu long option';
    else readLetters(word, queue, asked);
  }
  return asked;
};

const readLetters = (word: string, queue: string[], asked: Asked): void => {
  const unix = word.startsWith('-');
  if (!unix || /^-aux/.test(word)) asked.bsd = true;
  const letters = word.replace(/^-/, '');
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] as string;
    if (!/[aAefFlxuwpojThHdN]/.test(letter)) {
      asked.problem = unix ? 'unsupported SysV option' : 'unsupported option (BSD syntax)';
      return;
    }
    if (letter === 'o' || letter === 'p' || (letter === 'u' && unix && !asked.bsd)) {
      const value = letters.slice(at + 1) || queue.shift() || '';
      if (letter === 'o') asked.format = [...(asked.format ?? []), ...value.split(',')];
      else if (letter === 'p') asked.pids = value.split(/[ ,]+/).map(Number);
      else asked.user = value;
      return;
    }
    asked.letters.add(letter);
  }
};

const columnsFor = (asked: Asked): readonly Column[] => {
  if (asked.format) {
    return asked.format.flatMap((name) => {
      const [word = '', heading] = name.split('=');
      const column = COLUMNS[NAMES[word] ?? word];
      return column ? [{ ...column, heading: heading ?? column.heading }] : [];
    });
  }
  if (asked.bsd) return asked.letters.has('u') ? BSD : BSD_SHORT;
  return asked.letters.has('f') || asked.letters.has('F') ? FULL : SHORT;
};

const layOut = (columns: readonly Column[], row: readonly string[]): string =>
  row
    .map((text, at) => {
      const { width, left } = columns[at] as Column;
      if (at === columns.length - 1 && left) return text;
      return left ? text.padEnd(width) : text.padStart(width);
    })
    .join(' ')
    .trimEnd();
