// pstree: processes as the tree that they are (psmisc). Equal branches are told once, with their number.

import type { Process } from '../fs/process.ts';
import { Accounts } from './accounts.ts';
import type { Command } from './command.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { type Drawing, drawBranch, type Growing, growBranch, listBranch } from './process-tree.ts';
import { programName, type SeenProcess, seenProcesses } from './processes.ts';
import { isUtf8 } from './quoting.ts';
import { columnsOf, isTerminal } from './terminal.ts';

const options = {
  arguments: { short: 'a' },
  ascii: { short: 'A' },
  'compact-not': { short: 'c' },
  'show-pgids': { short: 'g' },
  vt100: { short: 'G' },
  'highlight-all': { short: 'h' },
  'highlight-pid': { short: 'H', argument: 'required' },
  long: { short: 'l' },
  'numeric-sort': { short: 'n' },
  'show-pids': { short: 'p' },
  'show-parents': { short: 's' },
  'thread-names': { short: 't' },
  'hide-threads': { short: 'T' },
  'uid-changes': { short: 'u' },
  unicode: { short: 'U' },
} as const;

type Parsed = Options<keyof typeof options>;

/** How wide the output is where there is no terminal. */
const WIDTH = 132;

export const pstree: Command = {
  name: 'pstree',
  usageShowsHelp: true,
  help: `Usage: pstree [-acglpstTu] [ -h | -H PID ] [ -n ]
              [ -A | -U ] [ PID | USER ]
   or: pstree -V

Show processes as a tree.

  -a, --arguments     with the arguments of each
  -A, --ascii         lines of ASCII characters
  -c, --compact-not   equal branches one by one
  -g, --show-pgids    with process groups; implies -c
  -h, --highlight-all this process and those above it in bold
  -H PID, --highlight-pid=PID
                      that process and those above it in bold
  -l, --long          do not cut long lines
  -n, --numeric-sort  in the order of their numbers
  -p, --show-pids     with their numbers; implies -c
  -s, --show-parents  with those above the chosen one
  -t, --thread-names, -T, --hide-threads  (there are no threads)
  -u, --uid-changes   where the user changes, say to whom
  -U, --unicode       lines of line drawing characters
  -V, --version       output version information
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, pstree, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const [operand, more] = parsed.operands;
    if (more !== undefined) {
      await out.errorText(pstree.help);
      return 1;
    }
    if ((parsed.has('highlight-all') || parsed.has('highlight-pid')) && !process.env.get('TERM')) {
      await out.errorText('TERM is not set\n');
      return 1;
    }
    const all = seenProcesses(process);
    const roots = rootsOf(process, all, operand);
    if (roots === undefined) {
      await out.errorText(`No such user name: ${operand}\n`);
      return 1;
    }
    const withParents = parsed.has('show-parents');
    if (withParents && roots.length === 0) {
      await out.errorText(`Process ${operand} not found.\n`);
      return 1;
    }
    const rules = growing(process, all, parsed);
    const drawing = drawingOf(process, parsed);
    const draw = parsed.has('arguments') ? listBranch : drawBranch;
    for (const root of roots) {
      const line = withParents ? ancestry(all, root.pid) : [root];
      const top = line.at(-1) as SeenProcess;
      const part = withParents ? [...line, ...descendants(all, root)] : all;
      for (const text of draw(growBranch(top, part, rules), drawing)) out.line(cut(process, text, parsed));
    }
    return out.end();
  },
};

/** Which trees: the first process's, that of a number, or those that a user's processes begin; undefined: no such user. */
const rootsOf = (
  self: Process,
  all: readonly SeenProcess[],
  operand: string | undefined,
): readonly SeenProcess[] | undefined => {
  if (operand === undefined || /^\d+$/.test(operand)) {
    const wanted = operand === undefined ? 1 : Number(operand);
    return all.filter(({ pid }) => pid === wanted);
  }
  const uid = new Accounts(self).user(operand)?.uid;
  if (uid === undefined) return undefined;
  const theirs = all.filter(({ process }) => process.cred.uid === uid);
  return theirs.filter(({ ppid }) => !theirs.some(({ pid }) => pid === ppid));
};

/** A process, its parent, and so on to the first one. */
const ancestry = (all: readonly SeenProcess[], pid: number): readonly SeenProcess[] => {
  const line: SeenProcess[] = [];
  for (let at = find(all, pid); at !== undefined && !line.includes(at); at = find(all, at.ppid))
    line.push(at);
  return line;
};

const find = (all: readonly SeenProcess[], wanted: number): SeenProcess | undefined =>
  all.find(({ pid }) => pid === wanted);

const descendants = (all: readonly SeenProcess[], root: SeenProcess): readonly SeenProcess[] =>
  all
    .filter(({ ppid, pid }) => ppid === root.pid && pid !== root.pid)
    .flatMap((child) => [child, ...descendants(all, child)]);

const growing = (self: Process, all: readonly SeenProcess[], parsed: Parsed): Growing => {
  const accounts = new Accounts(self);
  const own = all.find(({ process }) => process === self)?.pid ?? 0;
  const marked = parsed.has('highlight-all') ? own : Number(parsed.value('highlight-pid') ?? 0);
  // With arguments what is told of a process stands behind commas, else in parentheses.
  const [open, close] = parsed.has('arguments') ? [',', ''] : ['(', ')'];
  return {
    numeric: parsed.has('numeric-sort'),
    label: (seen, parent) => {
      const { uid } = seen.process.cred;
      const changed = parsed.has('uid-changes') && parent !== undefined && parent.process.cred.uid !== uid;
      const facts = [
        ...(parsed.has('show-pids') ? [seen.pid] : []),
        ...(parsed.has('show-pgids') ? [seen.process.group] : []),
        ...(changed ? [accounts.userName(uid)] : []),
      ];
      return programName(seen) + (facts.length > 0 ? `${open}${facts.join(',')}${close}` : '');
    },
    words: ({ process }) =>
      process.argv
        .slice(1)
        .map((word) => ` ${word}`)
        .join(''),
    bold: new Set(ancestry(all, marked).map(({ pid }) => pid)),
  };
};

const drawingOf = (process: Process, parsed: Parsed): Drawing => {
  const chosen = parsed.last('ascii', 'unicode', 'vt100');
  const unicode = chosen === 'unicode' || (chosen === undefined && isTerminal(process, 1) && isUtf8(process));
  const each = (['compact-not', 'show-pids', 'show-pgids', 'arguments'] as const).some((name) =>
    parsed.has(name),
  );
  return { strokes: unicode ? 'unicode' : 'ascii', compact: !each };
};

const cut = (process: Process, line: string, parsed: Parsed): string => {
  const width = isTerminal(process, 1) ? columnsOf(process, 1) : WIDTH;
  return parsed.has('long') || line.length <= width ? line : `${line.slice(0, width - 1)}+`;
};
