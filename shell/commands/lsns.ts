// lsns: the namespaces that processes live in (util-linux).

import { type NamespaceName, namespaceNumber } from '../fs/proc-namespaces.ts';
import { Accounts } from './accounts.ts';
import type { Command } from './command.ts';
import { askedColumns, type Cell, printTable, type Row } from './mount/smart-columns.ts';
import { type NameOf, type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { programName, type SeenProcess, seenProcesses } from './processes.ts';

const options = {
  json: { short: 'J' },
  list: { short: 'l' },
  noheadings: { short: 'n' },
  output: { short: 'o', argument: 'required' },
  'output-all': {},
  task: { short: 'p', argument: 'required' },
  raw: { short: 'r' },
  notruncate: { short: 'u' },
  nowrap: { short: 'W' },
  type: { short: 't', argument: 'required' },
} as const;

type Parsed = Options<NameOf<typeof options>>;

const TYPES = [
  'mnt',
  'net',
  'ipc',
  'user',
  'pid',
  'uts',
  'cgroup',
  'time',
] as const satisfies NamespaceName[];
type Type = (typeof TYPES)[number];

interface Found {
  readonly number: number;
  readonly type: Type;
  /** By their pids; the first one stands for the namespace. */
  readonly members: readonly SeenProcess[];
}

const commandLine = (seen: SeenProcess): string =>
  seen.process.argv.length === 0 ? programName(seen) : seen.process.argv.join(' ');

type Column = (found: Found, accounts: Accounts) => Cell;

const first = ({ members }: Found): SeenProcess | undefined => members[0];

const COLUMNS: Readonly<Record<string, Column>> = {
  NS: ({ number }) => number,
  TYPE: ({ type }) => type,
  PATH: (found) => `/proc/${first(found)?.pid}/ns/${found.type}`,
  NPROCS: ({ members }) => members.length,
  PID: (found) => first(found)?.pid,
  PPID: (found) => first(found)?.ppid,
  COMMAND: (found) => (first(found) ? commandLine(first(found) as SeenProcess) : undefined),
  UID: (found) => first(found)?.process.cred.uid,
  USER: (found, accounts) => accounts.userName(first(found)?.process.cred.uid ?? 0),
  NETNSID: ({ type }) => (type === 'net' ? 'unassigned' : undefined),
  NSFS: () => undefined,
  PNS: () => 0,
  // There is one user namespace, which owns all others.
  ONS: (found) => {
    const seen = first(found);
    return found.type === 'user' || seen === undefined ? 0 : namespaceNumber(seen.process, 'user');
  },
};

const RIGHT: ReadonlySet<string> = new Set(['NS', 'NPROCS', 'PID', 'PPID', 'UID', 'PNS', 'ONS', 'NETNSID']);
const USUAL = ['NS', 'TYPE', 'NPROCS', 'PID', 'USER', 'COMMAND'];
const OF_NET = ['NS', 'TYPE', 'NPROCS', 'PID', 'USER', 'NETNSID', 'NSFS', 'COMMAND'];

export const lsns: Command = {
  name: 'lsns',
  help: `
Usage:
 lsns [options] [<namespace>]

List the namespaces of processes, or the processes of one namespace.

Options:
 -J, --json           as JSON
 -l, --list           a list, no tree
 -n, --noheadings     no headings
 -o, --output <list>  these columns
     --output-all     all columns
 -p, --task <pid>     those of one process
 -r, --raw            columns with one space between
 -t, --type <name>    mnt, net, ipc, user, pid, uts, cgroup or time
 -u, --notruncate     accepted
 -W, --nowrap         accepted
     --help           display this help
     --version        display version

Columns: NS, TYPE, PATH, NPROCS, PID, PPID, COMMAND, UID, USER, NETNSID, NSFS, PNS, ONS
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, lsns, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const problem = problemOf(parsed);
    if (problem !== undefined) {
      await out.warn(problem);
      return 1;
    }
    const found = namespaces(seenProcesses(process));
    const [number] = parsed.operands;
    if (number !== undefined) return members(out, parsed, found, Number(number));
    const task = parsed.value('task');
    const types = parsed.values('type');
    const shown = found
      .filter(({ type }) => types.length === 0 || types.includes(type))
      .filter((one) => task === undefined || one.members.some(({ pid }) => String(pid) === task));
    if (shown.length === 0) return out.end();
    const accounts = new Accounts(process);
    const names = columnsOf(parsed);
    const cells = (one: Found): Cell[] => names.map((name) => COLUMNS[name]?.(one, accounts));
    const below = (one: Found): Row => ({ cells: cells(one), children: childrenOf(shown, one).map(below) });
    const rows = isList(parsed)
      ? shown.map((one) => ({ cells: cells(one), children: [] }))
      : shown.filter((one) => parentOf(shown, one) === undefined).map(below);
    table(out, parsed, names, rows, 'namespaces');
    return out.end();
  },
};

const isList = (parsed: Parsed): boolean => parsed.has('list') || parsed.has('raw');

const columnsOf = (parsed: Parsed): readonly string[] => {
  if (parsed.has('output-all')) return Object.keys(COLUMNS);
  const usual = parsed.values('type').includes('net') ? OF_NET : USUAL;
  return askedColumns(parsed.value('output'), usual, COLUMNS);
};

const problemOf = (parsed: Parsed): string | undefined => {
  const type = parsed.values('type').find((name) => !(TYPES as readonly string[]).includes(name));
  if (type !== undefined) return `unknown namespace type: ${type}`;
  const task = parsed.value('task');
  if (task !== undefined && !/^\d+$/.test(task)) return `invalid PID argument: '${task}'`;
  const column = askedColumns(parsed.value('output'), [], COLUMNS).find(
    (name) => COLUMNS[name] === undefined,
  );
  if (column !== undefined) return `unknown column: ${column}`;
  const [number] = parsed.operands;
  return number === undefined || /^\d+$/.test(number) ? undefined : `invalid namespace argument: '${number}'`;
};

/** By their numbers. */
const namespaces = (all: readonly SeenProcess[]): Found[] => {
  const found = new Map<string, Found & { members: SeenProcess[] }>();
  for (const seen of [...all].sort((a, b) => a.pid - b.pid))
    for (const type of TYPES) {
      const number = namespaceNumber(seen.process, type);
      const known = found.get(`${type}${number}`);
      if (known) known.members.push(seen);
      else found.set(`${type}${number}`, { number, type, members: [seen] });
    }
  return [...found.values()].sort((a, b) => a.number - b.number);
};

/** The namespace of the same type that its first process's parent stands for. */
const parentOf = (all: readonly Found[], one: Found): Found | undefined =>
  all.find((other) => other !== one && other.type === one.type && first(other)?.pid === first(one)?.ppid);

const childrenOf = (all: readonly Found[], one: Found): Found[] =>
  all.filter((other) => parentOf(all, other) === one);

const PROCESS_COLUMNS = ['PID', 'PPID', 'USER', 'COMMAND'];

/** The processes of one namespace, as a tree. */
const members = async (
  out: Output,
  parsed: Parsed,
  found: readonly Found[],
  number: number,
): Promise<number> => {
  const one = found.find((other) => other.number === number);
  if (one === undefined) {
    await out.warn(`not found namespace: ${number}`);
    return 1;
  }
  const accounts = new Accounts(out.process);
  const row = (seen: SeenProcess): Row => ({
    cells: [seen.pid, seen.ppid, accounts.userName(seen.process.cred.uid), commandLine(seen)],
    children: isList(parsed) ? [] : one.members.filter(({ ppid }) => ppid === seen.pid).map(row),
  });
  const pids = new Set(one.members.map(({ pid }) => pid));
  const roots = isList(parsed) ? one.members : one.members.filter(({ ppid }) => !pids.has(ppid));
  table(out, parsed, PROCESS_COLUMNS, roots.map(row), 'processes');
  return out.end();
};

const table = (
  out: Output,
  parsed: Parsed,
  names: readonly string[],
  rows: readonly Row[],
  about: string,
): void =>
  printTable(out, rows, {
    names,
    right: RIGHT,
    tree: isList(parsed) ? '' : 'COMMAND',
    form: parsed.last('json', 'raw') ?? (isList(parsed) ? 'columns' : 'tree'),
    headings: !parsed.has('noheadings'),
    about,
  });
