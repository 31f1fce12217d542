// ps: processes (procps). Of a container one sees its own, numbered from 1.

import { Accounts } from './accounts.ts';
import { appletColumns } from './busybox/ps-columns.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { printHelp, printVersion } from './options.ts';
import { Output } from './output.ts';
import { type SeenProcess, seenProcesses } from './processes.ts';
import { type Column, type Context, columnList, psColumn } from './ps-columns.ts';
import { type Asked, type FormatWord, readPsWords } from './ps-options.ts';
import { choice } from './ps-selection.ts';
import { branchesOf } from './ps-tree.ts';
import { columnsOf, isTerminal } from './terminal.ts';

const USAGE = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`;

export const ps: Command = {
  name: 'ps',
  help: `
Usage:
 ps [options]

Show processes: those of this user and terminal, unless others are asked for.

Choice:
 -A, -e               all
 -a                   all with a terminal, without those that lead a session
  a                   all with a terminal, of other users too
  x                   those without a terminal too
 -d                   all but those that lead a session
 -N, --deselect       the others
 -C <command>         by name
 -p, --pid <pid>      by number; so does a bare number
     --ppid <pid>     children of these
 -s, --sid <session>  by session
 -t, --tty <tty>      by terminal
 -u, -U, U <user>     by user
 -G, -g <group>       by group
  r                   only what runs

Columns:
 -f -F -j -l -ly      more about each
  j l s u v X         the same in the BSD way
 -o, o, --format <list>  these: pid, ppid, user, tty, stat, ni, etime, args, …; ' L' lists all
 -O, O <list>         besides the usual ones
 -c -P -M -L -T       class, processor, label, threads

Order and form:
  f, --forest         as a tree; -H as an indented one
  k, --sort <list>    by these columns, with - in front from the last to the first
  c                   names, not command lines
  e                   the environment too
 -w, w                wide; twice: without a limit
  h, --no-headers     no headings
     --cols <number>  the width of the screen
     --help           display this help and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const applet = flavorOf(process) === 'busybox';
    const asked = readPsWords(argv.slice(1));
    const complain = async (problem: string): Promise<number> => {
      await out.errorText(`error: ${problem}\n${USAGE}`);
      return 1;
    };
    if ('problem' in asked) return complain(asked.problem);
    if (asked.help) return printHelp(out, ps);
    if (asked.unix.has('V') || asked.bsd.has('V')) return printVersion(out, ps);
    if (asked.bsd.has('L')) {
      for (const row of columnList()) out.line(row);
      return out.end();
    }
    const accounts = new Accounts(process);
    const all = seenProcesses(process);
    const numbers = new Map(all.map(({ pid, process: other }) => [other.pid, pid]));
    const seen = (pid: number): number => numbers.get(pid) ?? 0;
    const chooses = applet ? () => true : choice(asked, accounts, seen);
    if (typeof chooses === 'string') return complain(chooses);
    const context: Context = {
      accounts,
      now: process.kernel.clock.now(),
      seen,
      namesOnly: asked.bsd.has('c'),
      environment: asked.bsd.has('e'),
      branches: new Map(),
    };
    const sorted = inOrder(all.filter(chooses), asked.sort, context);
    const { order, branches } = branchesOf(
      sorted,
      asked.indent ? 'indented' : asked.forest ? 'drawn' : 'none',
    );
    const columns = columnsFor(asked, applet);
    print(out, asked, columns, order, { ...context, branches });
    out.status = order.length === 0 ? 1 : 0;
    return out.end();
  },
};

const inOrder = (
  chosen: readonly SeenProcess[],
  keys: readonly string[],
  context: Context,
): SeenProcess[] => {
  const rules = keys.map((key) => ({
    sign: key.startsWith('-') ? -1 : 1,
    value: psColumn(key.replace(/^[-+]/, ''))?.value,
  }));
  return [...chosen].sort((a, b) => {
    for (const { sign, value } of rules) {
      const [first, second] = [value?.(a, context) ?? 0, value?.(b, context) ?? 0];
      if (first !== second) return sign * (first < second ? -1 : 1);
    }
    return a.pid - b.pid;
  });
};

const named = (words: readonly FormatWord[]): Column[] =>
  words.flatMap(({ name, heading, width }) => {
    const column = psColumn(name);
    const changes = { ...(heading !== undefined && { heading }), ...(width !== undefined && { width }) };
    return column ? [{ ...column, ...changes }] : [];
  });

const usual = (names: string): Column[] =>
  named(
    names
      .split(' ')
      .filter(Boolean)
      .map((name) => ({ name, heading: undefined })),
  );

const BSD_FORMATS: Readonly<Record<string, string>> = {
  j: 'ppid pid pgid sid tname tpgid stat uid bsdtime args',
  l: 'f uid pid ppid priority ni vsz rss wchan stat tname bsdtime args',
  s: 'uid pid pending blocked ignored caught stat tname bsdtime args',
  u: 'user pid %cpu %mem vsz rss tname stat start_time bsdtime args',
  v: 'pid tname stat bsdtime maj_flt m_trs drs rss %mem args',
  X: 'pid stackp esp eip tmout alarm stat tname bsdtime args',
};

const columnsFor = (asked: Asked, applet: boolean): Column[] => {
  const { unix, bsd, format, extra } = asked;
  if (format.length > 0) return named(format);
  if (applet) return [...appletColumns];
  if (extra.length > 0) return [...usual('pid'), ...named(extra), ...usual('s tname time args')];
  const letter = [...bsd].find((one) => BSD_FORMATS[one] !== undefined);
  const label = unix.has('M') || bsd.has('Z') ? 'label ' : '';
  if (letter !== undefined) return usual(label + BSD_FORMATS[letter]);
  const hasUnixFormat = ['F', 'f', 'j', 'l', 'c', 'L', 'T', 'P', 'M'].some((one) => unix.has(one));
  const isBsd = !hasUnixFormat && (bsd.size > 0 || asked.bare);
  if (isBsd) return usual(`${label}pid tname stat bsdtime args`);
  return usual(label + unixFormat(unix));
};

/** As generate_sysv_list puts it together. */
const unixFormat = (unix: ReadonlySet<string>): string => {
  const [full, long] = [unix.has('f') || unix.has('F'), unix.has('l')];
  const [short, threads] = [unix.has('y'), unix.has('L')];
  const when = (holds: boolean, names: string): string => (holds ? `${names} ` : '');
  return [
    when(long && !short, 'f'),
    when(long, 's'),
    when(full, 'uid_hack') || when(long, 'uid'),
    'pid ',
    when(full || long, 'ppid'),
    when(unix.has('j'), 'pgid sid'),
    when(threads, 'lwp'),
    when(unix.has('T'), 'spid'),
    when((full || long) && !unix.has('c'), 'c'),
    when(threads && full, 'nlwp'),
    when(unix.has('c'), 'class'),
    when(long && !unix.has('c'), 'opri') || when(unix.has('c'), 'pri'),
    when(long && !unix.has('c'), 'ni'),
    when(long, short ? 'rss sz' : 'addr_sz'),
    when(long, 'wchan'),
    when(unix.has('F'), 'sz rss'),
    when(unix.has('F') || unix.has('P'), 'psr'),
    when(full, 'stime'),
    'tname time ',
    full ? 'cmd' : 'ucmd',
  ].join('');
};

const print = (
  out: Output,
  asked: Asked,
  columns: readonly Column[],
  order: readonly SeenProcess[],
  context: Context,
): void => {
  const { process } = out;
  const base =
    asked.columns ??
    (isTerminal(process, 1)
      ? columnsOf(process, 1)
      : Number(process.env.get('COLUMNS')) || Number.POSITIVE_INFINITY);
  const limit = asked.wide > 1 ? Number.POSITIVE_INFINITY : asked.wide === 1 ? Math.max(base, WIDE) : base;
  const wanted = columns.map((column) => ({
    ...column,
    width: Math.max(column.width, column.heading.length),
  }));
  const headings = asked.headings && columns.some(({ heading }) => heading !== '');
  if (headings)
    out.line(
      layOut(
        wanted,
        wanted.map(({ heading }) => heading),
        limit,
      ),
    );
  for (const seen of order)
    out.line(
      layOut(
        wanted,
        wanted.map(({ value }) => String(value(seen, context))),
        limit,
      ),
    );
};

const WIDE = 132;

const layOut = (columns: readonly Column[], row: readonly string[], limit: number): string => {
  let line = '';
  for (const [at, text] of row.entries()) {
    const { width, left, wide } = columns[at] as Column;
    const last = at === row.length - 1;
    if (last && left) {
      const room = limit - line.length;
      line += wide && room > 0 ? text.slice(0, room) : text;
    } else if (left) line += (wide ? text.slice(0, width) : text).padEnd(width);
    else line += text.padStart(width);
    if (!last) line += ' ';
  }
  return line;
};
