// lslocks: who holds locks on which files (util-linux).

import { major, minor } from '../fs/mode.ts';
import { pathOf } from '../fs/mount.ts';
import type { OpenFile } from '../fs/open-file.ts';
import { heldLocks } from '../fs/proc-tables.ts';
import type { Command } from './command.ts';
import { sizeText } from './mount/size-text.ts';
import { askedColumns, type Cell, printTable } from './mount/smart-columns.ts';
import { type NameOf, type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { programName, type SeenProcess, seenProcesses } from './processes.ts';

const options = {
  bytes: { short: 'b' },
  json: { short: 'J' },
  noinaccessible: { short: 'i' },
  noheadings: { short: 'n' },
  output: { short: 'o', argument: 'required' },
  'output-all': {},
  pid: { short: 'p', argument: 'required' },
  raw: { short: 'r' },
  notruncate: { short: 'u' },
} as const;

type Parsed = Options<NameOf<typeof options>>;

interface Held {
  readonly seen: SeenProcess;
  readonly file: OpenFile;
  readonly mode: 'READ' | 'WRITE';
  readonly path: string;
}

const COLUMNS: Readonly<Record<string, (held: Held, parsed: Parsed) => Cell>> = {
  COMMAND: ({ seen }) => programName(seen),
  PID: ({ seen }) => seen.pid,
  TYPE: () => 'FLOCK',
  SIZE: ({ file }, parsed) => {
    const { size } = file.stat();
    return size === 0 ? undefined : parsed.has('bytes') ? size : sizeText(size);
  },
  INODE: ({ file }) => file.stat().ino,
  'MAJ:MIN': ({ file }) => `${major(file.stat().dev)}:${minor(file.stat().dev)}`,
  MODE: ({ mode }) => mode,
  // Locks of flock(2) bind those only who ask, and are on the whole file.
  M: () => false,
  START: () => 0,
  END: () => 0,
  PATH: ({ path }) => path,
  BLOCKER: () => undefined,
};

const RIGHT: ReadonlySet<string> = new Set(['PID', 'TYPE', 'SIZE', 'INODE', 'START', 'END', 'BLOCKER']);
const USUAL = ['COMMAND', 'PID', 'TYPE', 'SIZE', 'MODE', 'M', 'START', 'END', 'PATH'];

export const lslocks: Command = {
  name: 'lslocks',
  help: `
Usage:
 lslocks [options]

List the locks on files, and who holds them.

Options:
 -b, --bytes            sizes in bytes
 -J, --json             as JSON
 -i, --noinaccessible   accepted
 -n, --noheadings       no headings
 -o, --output <list>    these columns
     --output-all       all columns
 -p, --pid <pid>        those of one process
 -r, --raw              columns with one space between
 -u, --notruncate       accepted
     --help             display this help
     --version          display version

Columns: COMMAND, PID, TYPE, SIZE, INODE, MAJ:MIN, MODE, M, START, END, PATH, BLOCKER
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, lslocks, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const task = parsed.value('pid');
    const names = parsed.has('output-all')
      ? Object.keys(COLUMNS)
      : askedColumns(parsed.value('output'), USUAL, COLUMNS);
    const unknown = names.find((name) => COLUMNS[name] === undefined);
    const problem =
      task !== undefined && !/^\d+$/.test(task)
        ? `invalid PID argument: '${task}'`
        : unknown && `unknown column: ${unknown}`;
    if (problem !== undefined) {
      await out.warn(problem);
      return 1;
    }
    const held = locksOf(out).filter(({ seen }) => task === undefined || String(seen.pid) === task);
    if (held.length === 0 && !parsed.has('json')) return out.end();
    const rows = held.map((one) => ({
      cells: names.map((name) => COLUMNS[name]?.(one, parsed)),
      children: [],
    }));
    printTable(out, rows, {
      names,
      right: RIGHT,
      tree: '',
      form: parsed.last('json', 'raw') ?? 'columns',
      headings: !parsed.has('noheadings'),
      about: 'locks',
    });
    return out.end();
  },
};

/** Those of processes that the caller sees. */
const locksOf = ({ process }: Output): Held[] => {
  const all = new Map(seenProcesses(process).map((seen) => [seen.process.pid, seen]));
  return heldLocks(process.kernel).flatMap(({ pid, file }): Held[] => {
    const seen = all.get(pid);
    if (seen === undefined) return [];
    return [
      {
        seen,
        file,
        mode: file.lock === 'shared' ? 'READ' : 'WRITE',
        path: file.spot ? pathOf(file.spot, process.root) : file.path,
      },
    ];
  });
};
