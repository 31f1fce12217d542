// lsof: open files, and who has them open.

import { major, minor } from '../fs/mode.ts';
import type { Process } from '../fs/process.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { type Use, usesOf } from './open-files.ts';
import { type Option, scanOptions } from './options.ts';
import { Output } from './output.ts';
import { joinPath } from './path-name.ts';
import { programName, seenProcesses } from './processes.ts';
import { realPath } from './real-path.ts';

const TYPES = {
  file: 'REG',
  directory: 'DIR',
  char: 'CHR',
  block: 'BLK',
  fifo: 'FIFO',
  symlink: 'LNK',
  socket: 'unix',
} as const;

const options = {
  a: {},
  c: { argument: 'required' },
  d: { argument: 'required' },
  h: {},
  i: { argument: 'optional' },
  l: {},
  n: {},
  p: { argument: 'required' },
  t: {},
  u: { argument: 'required' },
  w: {},
  N: {},
  P: {},
  X: {},
} as const;

type Test = (use: Use) => boolean;

export const lsof: Command = {
  name: 'lsof',
  help: `Usage: lsof [-anlPtw] [-c NAME] [-d FD] [-p PID] [-u USER] [+D DIR] [+d DIR] [+L1] [FILE]...
List open files, with the processes that have them open.

  -a         all the conditions must hold, not one of them
  -c NAME    processes whose command begins with NAME
  -d FD      these descriptors: 1, 0-2, cwd, txt
  -i         network connections: there are none here
  -l         numbers of users, not their names
  -p PID     these processes, with commas between them
  -t         the numbers of the processes alone
  -u USER    processes of these users
  +D DIR     what is open in DIR and below it
  +d DIR     what is open in DIR itself
  +L1        files that have no name any more
  -n -P -w   accepted
`,
  run: async (process, argv) => {
    const out = new Output(process);
    if (flavorOf(process) === 'busybox') return appletList(out);
    const plus = argv.flatMap((word, at) => (/^\+[DdL]/.test(word) ? [{ word, at }] : []));
    const valued = new Set(plus.flatMap(({ word, at }) => (/^\+[Dd]$/.test(word) ? [at, at + 1] : [at])));
    const scan = scanOptions(
      argv.slice(1).filter((_word, at) => !valued.has(at + 1)),
      { ...options, help: {} },
    );
    if (scan.options.some(({ name }) => name === 'help' || name === 'h')) {
      out.text(lsof.help);
      return out.end();
    }
    if (scan.problem !== undefined) {
      await out.errorText(
        `${out.name}: ${scan.problem.replace('invalid option -- ', 'illegal option character: ').replaceAll("'", '')}\n${lsof.help}`,
      );
      return 1;
    }
    const accounts = new Accounts(process);
    const has = (name: string): boolean => scan.options.some((option) => option.name === name);
    const tests: Test[] = scan.options.flatMap((option) => testOf(option, accounts) ?? []);
    const unlinked = plus.some(({ word }) => word.startsWith('+L'));
    for (const { word, at } of plus) {
      if (word.startsWith('+L'))
        tests.push(({ stat, spot }) => spot !== undefined && stat.nlink < Number(word.slice(2) || '1'));
      else tests.push(below(process, word.slice(2) || (argv[at + 1] ?? ''), word[1] === 'D'));
    }
    for (const name of scan.operands) {
      const { value: stat, error } = attempt(() => process.stat(name));
      if (error) {
        await out.warn(`status error on ${name}: ${error.message}`);
        out.status = 1;
      } else
        tests.push((use) => use.spot !== undefined && use.stat.ino === stat.ino && use.stat.dev === stat.dev);
    }
    const holds: Test = has('a')
      ? (use) => tests.every((test) => test(use))
      : (use) => tests.length === 0 || tests.some((test) => test(use));
    const uses = seenProcesses(process).flatMap((seen) => usesOf(seen).filter(holds));
    if (scan.operands.length > 0 && tests.length === 0) return out.end();
    if (uses.length === 0) return (await out.end()) || 1;
    if (has('t')) for (const pid of new Set(uses.map(({ seen }) => seen.pid))) out.line(String(pid));
    else table(out, uses, { accounts: has('l') ? undefined : accounts, links: unlinked });
    return out.end();
  },
};

const testOf = ({ name, value = '' }: Option<string>, accounts: Accounts): Test | undefined => {
  const list = value.split(',');
  if (name === 'p') return ({ seen }) => list.includes(String(seen.pid));
  if (name === 'c') return ({ seen }) => programName(seen).startsWith(value);
  if (name === 'u') return ({ seen }) => list.some((user) => accounts.uid(user) === seen.process.cred.uid);
  if (name === 'i') return () => false;
  if (name !== 'd') return undefined;
  return ({ fd }) => list.some((word) => isDescriptor(fd, word));
};

/** What lies in a directory: by name, as the process sees it. */
const below = (process: Process, directory: string, deep: boolean): Test => {
  const path = realPath(process, directory) ?? directory;
  const start = joinPath(path, '');
  return ({ name, spot }) =>
    spot !== undefined &&
    (name === path || (name.startsWith(start) && (deep || !name.slice(start.length).includes('/'))));
};

const isDescriptor = (fd: string, word: string): boolean => {
  const range = /^(\d+)-(\d+)$/.exec(word);
  const number = Number.parseInt(fd, 10);
  if (range) return number >= Number(range[1]) && number <= Number(range[2]);
  return fd === word || String(number) === word;
};

const table = (
  out: Output,
  uses: readonly Use[],
  { accounts, links }: { accounts: Accounts | undefined; links: boolean },
): void => {
  const rows = uses.map(({ seen, fd, stat, name }) => {
    const { uid } = seen.process.cred;
    const device = stat.kind === 'char' || stat.kind === 'block' ? stat.rdev : stat.dev;
    const sized = stat.kind === 'file' || stat.kind === 'directory';
    return [
      programName(seen).slice(0, 9),
      String(seen.pid),
      accounts === undefined ? String(uid) : accounts.userName(uid),
      /^\d/.test(fd) ? fd : `${fd} `,
      TYPES[stat.kind],
      `${major(device)},${minor(device)}`,
      sized ? String(stat.size) : '0t0',
      ...(links ? [String(stat.nlink)] : []),
      String(stat.ino),
      name,
    ];
  });
  const heading = [
    'COMMAND',
    'PID',
    'USER',
    'FD ',
    'TYPE',
    'DEVICE',
    'SIZE/OFF',
    ...(links ? ['NLINK'] : []),
    'NODE',
    'NAME',
  ];
  const all = [heading, ...rows];
  const widths = heading.map((_word, at) =>
    all.reduce((most, row) => Math.max(most, (row[at] ?? '').length), 0),
  );
  for (const row of all)
    out.line(
      row
        .map((text, at) => {
          if (at === row.length - 1) return text;
          return at === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[at] ?? 0);
        })
        .join(' '),
    );
};

/** busybox's: number, program and file of each descriptor. */
const appletList = async (out: Output): Promise<number> => {
  for (const seen of seenProcesses(out.process)) {
    for (const use of usesOf(seen))
      if (use.file !== undefined) out.line(`${seen.pid}\t${seen.process.image?.path ?? ''}\t${use.name}`);
  }
  return out.end();
};
