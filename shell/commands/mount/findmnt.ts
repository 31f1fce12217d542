// findmnt: mounts as a tree, as a list, or for programs to read.

import { attempt } from '../attempt.ts';
import type { Command } from '../command.ts';
import { complainOfExclusive } from '../exclusive-options.ts';
import { mountOf } from '../mount-of.ts';
import { type NameOf, type Options, parseOptions } from '../options.ts';
import { Output } from '../output.ts';
import { realPath } from '../real-path.ts';
import { columnOf, columnsOf, type Found, RIGHT } from './findmnt-columns.ts';
import { readTable } from './fstab.ts';
import { complainOfBrokenLines, verifyTable } from './fstab-verify.ts';
import { takesOptions, takesType } from './mount-list.ts';
import { isPseudo } from './pseudo-filesystems.ts';
import { type Layout, printTable, type Row } from './smart-columns.ts';

const options = {
  fstab: { short: 's' },
  mtab: { short: 'm' },
  kernel: { short: 'k' },
  all: { short: 'A' },
  ascii: { short: 'a' },
  bytes: { short: 'b' },
  nocanonicalize: { short: 'C', alias: ['no-canonicalize'] },
  canonicalize: { short: 'c' },
  df: { short: 'D' },
  direction: { short: 'd', argument: 'required' },
  evaluate: { short: 'e' },
  'tab-file': { short: 'F', argument: 'required' },
  'first-only': { short: 'f' },
  invert: { short: 'i' },
  json: { short: 'J' },
  list: { short: 'l' },
  task: { short: 'N', argument: 'required' },
  noheadings: { short: 'n' },
  options: { short: 'O', argument: 'required' },
  output: { short: 'o', argument: 'required' },
  'output-all': {},
  pairs: { short: 'P' },
  pseudo: {},
  real: {},
  shadowed: {},
  submounts: { short: 'R' },
  raw: { short: 'r' },
  source: { short: 'S', argument: 'required' },
  target: { short: 'T', argument: 'required' },
  tree: {},
  mountpoint: { short: 'M', argument: 'required' },
  types: { short: 't', argument: 'required' },
  uniq: { short: 'U' },
  notruncate: { short: 'u' },
  nofsroot: { short: 'v' },
  verify: { short: 'x' },
  verbose: {},
  shell: { short: 'y' },
} as const;

type Parsed = Options<NameOf<typeof options>>;

const EXCLUSIVE = [
  ['nocanonicalize', 'canonicalize'],
  ['nocanonicalize', 'evaluate'],
  ['json', 'pairs', 'raw', 'verify'],
  ['mountpoint', 'target'],
  ['task', 'kernel', 'mtab', 'fstab'],
  ['pairs', 'list', 'raw', 'verify'],
  ['pseudo', 'real'],
] as const;

export const findmnt: Command = {
  name: 'findmnt',
  help: `
Usage:
 findmnt [options]
 findmnt [options] <device> | <mountpoint>
 findmnt [options] <device> <mountpoint>

Find mounted file systems: all as a tree, or those that are asked for.

Options:
 -s, --fstab             look in /etc/fstab
 -k, -m                  look among what is mounted (default)
 -a, --ascii             draw trees with ASCII characters
 -b, --bytes             sizes in bytes
 -D, --df                as df(1) has it
 -d, --direction <word>  'forward' or 'backward'
 -F, --tab-file <path>   another table than /etc/fstab
 -f, --first-only        the first one only
 -i, --invert            those that do not match
 -J, --json              as JSON
 -l, --list              a list, no tree
 -N, --task <pid>        what this process has mounted
 -n, --noheadings        no headings
 -O, --options <list>    those that have these options
 -o, --output <list>     these columns; with + before it, besides the usual ones
     --output-all        all columns
 -P, --pairs             as key="value"
     --pseudo, --real    those without a disk, those with one
     --shadowed          those that another one covers
 -R, --submounts         with all that is mounted below
 -r, --raw               columns with one space between
 -S, --source <name>     those of this source
 -T, --target <path>     the one that the path lies on
 -M, --mountpoint <dir>  what is mounted on the directory
     --tree              a tree where one was not to be expected
 -t, --types <list>      those of these types
 -U, --uniq              one for each mount point
 -v, --nofsroot          without [/dir] for bind mounts
 -x, --verify            look for mistakes in the table
     --verbose           with -x, tell what is right too
 -y, --shell             names of columns as a shell's variables
     --help              display this help
     --version           display version

Columns: SOURCE, TARGET, FSTYPE, OPTIONS, VFS-OPTIONS, FS-OPTIONS, PROPAGATION, OPT-FIELDS, FSROOT, MAJ:MIN, ID,
PARENT, SIZE, USED, AVAIL, USE%, FREQ, PASSNO, TID
`,
  words: (process) => process.mounts().map(({ target }) => target),
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, findmnt, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (await complainOfExclusive(out, parsed, EXCLUSIVE)) return 1;
    const problem = problemOf(parsed);
    if (problem !== undefined) {
      await out.warn(problem);
      return 1;
    }
    if (parsed.has('verify')) return verifyTable(out, parsed.value('tab-file'), parsed.has('verbose'));
    const names = columnsOf(parsed);
    if (names.length === 0) return 1;
    const unknown = names.find((name) => columnOf(name) === undefined);
    if (unknown !== undefined) {
      await out.warn(`unknown column: ${unknown}`);
      return 1;
    }
    const all = await table(out, parsed);
    if (all === undefined) return 1;
    const found = search(out, parsed, all);
    // Nothing is a failure only for who looks for something (findmnt(8)).
    if (found.length === 0) return isSearch(parsed) || all.length === 0 ? 1 : 0;
    const rows = shape(parsed, all, found).map((branch) => rowOf(out, parsed, names, branch));
    printTable(out, rows, layoutOf(parsed, names, isTree(parsed)));
    return out.end();
  },
};

/** What is wrong with the options' values. */
const problemOf = (parsed: Parsed): string | undefined => {
  const [direction, task] = [parsed.value('direction'), parsed.value('task')];
  if (direction !== undefined && direction !== 'forward' && direction !== 'backward')
    return `unknown direction '${direction}'`;
  if (task !== undefined && !/^\d+$/.test(task)) return `invalid TID argument: '${task}'`;
  if (
    parsed.operands.length > 0 &&
    (parsed.has('source') || parsed.has('target') || parsed.has('mountpoint'))
  )
    return "options --target and --source can't be used together with command line element that is not an option";
  return undefined;
};

/** The mounts, or the lines of fstab in their place; undefined when there is no such table. */
const table = async (out: Output, parsed: Parsed): Promise<Found[] | undefined> => {
  const { process } = out;
  const file = parsed.value('tab-file');
  if (file !== undefined) {
    const { error } = attempt(() => process.stat(file));
    if (error) return void (await out.complain(`can't read ${file}`, error));
  }
  if (parsed.has('fstab') || file !== undefined) {
    await complainOfBrokenLines(out, file);
    return readTable(process, file).map((entry) => ({ ...entry, mount: undefined, entry }));
  }
  const task = parsed.value('task');
  const of = task === undefined ? process : process.kernel.findProcesses(process, Number(task))[0];
  if (of === undefined)
    return void (await out.warn(`can't read /proc/${task}/mountinfo: No such file or directory`));
  return of.mounts().map((mount) => ({ ...mount, mount, entry: undefined }));
};

const search = (out: Output, parsed: Parsed, all: readonly Found[]): Found[] => {
  const matches = matcher(out, parsed);
  const invert = parsed.has('invert') && isNarrowed(parsed);
  const backward = parsed.value('direction') === 'backward';
  let found = all.filter((one) => matches(one) !== invert);
  if (backward) found.reverse();
  if (parsed.has('uniq'))
    found = found.filter((one) => found.findLast(({ target }) => target === one.target) === one);
  return parsed.has('first-only') ? found.slice(0, 1) : found;
};

const matcher = ({ process }: Output, parsed: Parsed): ((one: Found) => boolean) => {
  const [first, second] = parsed.operands;
  const given = (name: string | undefined): string | undefined => name && (realPath(process, name) ?? name);
  const [path, on] = [given(first), given(parsed.value('mountpoint') ?? second)];
  const source = parsed.value('source') ?? (second === undefined ? undefined : first);
  const target = parsed.value('target');
  const under = target === undefined || !process.tryStat(target) ? undefined : mountOf(process, target);
  return (one) =>
    (first === undefined ||
      second !== undefined ||
      one.target === path ||
      one.target === first ||
      one.source === first ||
      one.source === path) &&
    (on === undefined || one.target === on) &&
    (source === undefined || one.source === source || one.source === given(source)) &&
    (target === undefined ||
      (one.mount === undefined ? one.target === given(target) : one.mount.id === under?.id)) &&
    takesType(parsed.value('types'), one.type) &&
    takesOptions(parsed.value('options'), one.options) &&
    (!parsed.has('pseudo') || isPseudo(one.type)) &&
    (!parsed.has('real') || !isPseudo(one.type)) &&
    (!parsed.has('df') || parsed.has('all') || !isPseudo(one.type) || one.type.includes('tmpfs')) &&
    (!parsed.has('shadowed') || one.mount === undefined || isCovered(process.mounts(), one));
};

/** Something is asked for that a mount can lack: only then is there something to turn round. */
const isNarrowed = (parsed: Parsed): boolean =>
  isSearch(parsed) ||
  parsed.list.some(({ name }) => ['df', 'types', 'options', 'pseudo', 'real', 'shadowed'].includes(name));

const isCovered = (
  all: readonly { readonly parent: number; readonly target: string }[],
  one: Found,
): boolean => all.some(({ parent, target }) => parent === one.mount?.id && target === one.target);

/** Somebody asked for one mount: its row alone is printed. */
const isSearch = (parsed: Parsed): boolean =>
  parsed.operands.length > 0 ||
  parsed.list.some(({ name }) => ['source', 'target', 'mountpoint'].includes(name));

const isTree = (parsed: Parsed): boolean => {
  if (
    parsed.list.some(({ name }) =>
      ['list', 'raw', 'pairs', 'df', 'fstab', 'tab-file', 'first-only'].includes(name),
    )
  )
    return parsed.has('tree');
  return parsed.has('tree') || parsed.has('submounts') || !isSearch(parsed);
};

interface Branch {
  readonly one: Found;
  readonly children: readonly Branch[];
}

const shape = (parsed: Parsed, all: readonly Found[], found: readonly Found[]): Branch[] => {
  const byId = [...all].sort((a, b) => (a.mount?.id ?? 0) - (b.mount?.id ?? 0));
  const below = (one: Found): Branch[] =>
    byId
      .filter(
        ({ mount }) => mount !== undefined && mount.parent === one.mount?.id && mount.id !== mount.parent,
      )
      .flatMap((child) =>
        parsed.has('submounts') || found.includes(child)
          ? [{ one: child, children: below(child) }]
          : below(child),
      );
  if (!isTree(parsed) && !parsed.has('submounts')) return found.map((one) => ({ one, children: [] }));
  const inside = new Set<Found>();
  const note = ({ children }: Branch): void => {
    for (const child of children) {
      inside.add(child.one);
      note(child);
    }
  };
  const branches = found.map((one) => ({ one, children: below(one) }));
  branches.forEach(note);
  return branches.filter(({ one }) => !inside.has(one));
};

const rowOf = (out: Output, parsed: Parsed, names: readonly string[], { one, children }: Branch): Row => ({
  cells: names.map((name) =>
    columnOf(name)?.(one, out.process, {
      bytes: parsed.has('bytes'),
      root: !parsed.has('nofsroot'),
      evaluate: parsed.has('evaluate'),
      task: taskOf(parsed),
    }),
  ),
  children: children.map((child) => rowOf(out, parsed, names, child)),
});

const taskOf = (parsed: Parsed): number | undefined => {
  const task = parsed.value('task');
  return task === undefined ? undefined : Number(task);
};

const layoutOf = (parsed: Parsed, names: readonly string[], tree: boolean): Layout => ({
  names,
  right: RIGHT,
  tree: tree ? 'TARGET' : '',
  form: parsed.has('json')
    ? 'json'
    : parsed.has('pairs')
      ? 'pairs'
      : parsed.has('raw')
        ? 'raw'
        : tree
          ? 'tree'
          : 'columns',
  headings: !parsed.has('noheadings'),
  ascii: parsed.has('ascii'),
  shell: parsed.has('shell'),
  about: 'filesystems',
});
