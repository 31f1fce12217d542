// tree: a directory as a tree.

import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { LsColors, mayColor } from './ls-colors.ts';
import { printHelp, printVersion, scanOptions } from './options.ts';
import { Output } from './output.ts';
import { isUtf8 } from './quoting.ts';
import { isTerminal } from './terminal.ts';
import type { DetailRules } from './tree-details.ts';
import { treeJson, treeXml } from './tree-markup.ts';
import { treeLines } from './tree-text.ts';
import { SORTS, type TreeNode, type TreeSort, TreeWalk } from './tree-walk.ts';

const options = {
  a: {},
  d: {},
  l: {},
  f: {},
  x: {},
  L: { argument: 'required' },
  P: { argument: 'required' },
  I: { argument: 'required' },
  'ignore-case': {},
  noreport: {},
  p: {},
  u: {},
  g: {},
  s: {},
  h: {},
  si: {},
  D: {},
  timefmt: { argument: 'required' },
  F: {},
  i: {},
  t: {},
  c: {},
  v: {},
  U: {},
  r: {},
  sort: { argument: 'required' },
  dirsfirst: {},
  filesfirst: {},
  filelimit: { argument: 'required' },
  n: {},
  C: {},
  N: {},
  q: {},
  Q: {},
  J: {},
  X: {},
  o: { argument: 'required' },
  charset: { argument: 'required' },
  inodes: {},
  device: {},
  prune: {},
  help: {},
  version: {},
} as const;

type Name = keyof typeof options;

/** tree's own colours, for want of LS_COLORS. */
const COLORS = 'fi=00:di=01;34:ln=01;36:pi=40;33:so=01;35:bd=40;33;01:cd=40;33;01:or=40;31;01:ex=01;32';

export const tree: Command = {
  name: 'tree',
  help: `Usage: tree [OPTION]... [DIRECTORY]...
Show what is below each DIRECTORY (default: here) as a tree.

  -a            hidden files too
  -d            directories alone
  -l            follow symbolic links to directories
  -f            the whole path before each name
  -x            stay on one file system
  -L LEVEL      no deeper than LEVEL directories
  -P PATTERN    only files that match
  -I PATTERN    not what matches
  --ignore-case  capitals are small letters in both
  --filelimit N  do not open directories with more than N entries
  --prune       leave empty directories out
  --noreport    no counts at the end
  -o FILE       write to FILE
  -p            permissions
  -u  -g        owner, group
  -s  -h  --si  size in bytes, for people, in powers of 1000
  -D  --timefmt FORMAT  time of the last change
  --inodes  --device    inode and device numbers
  -F            / = * | behind names, as ls -F
  -q  -N  -Q    question marks for unprintable characters, names as they are, in quotes
  -i            no lines
  --charset X   lines for UTF-8, or for others
  -t  -c        by time of the last change, of data or of anything
  -v  -U  -r    by version, unsorted, in reverse order
  --sort X      name, version, size, mtime, ctime
  --dirsfirst  --filesfirst  directories before files, files before directories
  -n  -C        never, always in colour
  -J  -X        as JSON, as XML
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const scan = scanOptions(argv.slice(1), options);
    if (scan.options.some(({ name }) => name === 'help')) return printHelp(out, tree);
    if (scan.options.some(({ name }) => name === 'version')) return printVersion(out, tree);
    if (scan.problem !== undefined) return wrongOption(out, scan.problem);
    const given: Given = {
      has: (name) => scan.options.some((option) => option.name === name),
      value: (name) => scan.options.findLast((option) => option.name === name)?.value,
      last: (...names) =>
        scan.options.findLast(({ name }) => (names as string[]).includes(name))?.name as Name | undefined,
    };
    const problem = problemOf(given);
    if (problem !== undefined) {
      await out.errorText(`tree: ${problem.error}`);
      out.text(problem.more ?? '');
      await out.flush();
      return 1;
    }
    return draw(out, given, scan.operands.length > 0 ? scan.operands : ['.']);
  },
};

interface Given {
  readonly has: (name: Name) => boolean;
  readonly value: (name: Name) => string | undefined;
  readonly last: (...names: Name[]) => Name | undefined;
}

const wrongOption = async (out: Output, found: string): Promise<number> => {
  const needsValue = /requires an argument -- '(.)'/.exec(found)?.[1];
  const letter = /^invalid option -- '(.)'/.exec(found)?.[1];
  const problem =
    needsValue !== undefined
      ? `Missing argument to -${needsValue} option.`
      : letter === undefined
        ? `Invalid argument \`${/'(--[^']*)'/.exec(found)?.[1] ?? ''}'.`
        : `Invalid argument -\`${letter}'.`;
  const usage = 'usage: tree [option]... [directory]...  (tree --help lists the options)';
  await out.errorText(`tree: ${problem}\n${needsValue ? '' : `${usage}\n`}`);
  return 1;
};

const problemOf = ({ value }: Given): { readonly error: string; readonly more?: string } | undefined => {
  const level = value('L');
  if (level !== undefined && !(Number(level) > 0))
    return { error: 'Invalid level, must be greater than 0.\n' };
  const sort = value('sort');
  if (sort === undefined || sortNamed(sort) !== undefined) return undefined;
  return {
    error: `Sort type '${sort}' not valid, should be one of: `,
    more: `${SORTS.join(',')}\n`,
  };
};

const sortNamed = (word: string): TreeSort | undefined => SORTS.find((sort) => sort === word.toLowerCase());

const sortOf = ({ last, value }: Given): TreeSort | undefined => {
  const given = last('t', 'c', 'v', 'U', 'sort');
  if (given === 'U') return undefined;
  if (given === 'sort') return sortNamed(value('sort') ?? '');
  return given === 't' ? 'mtime' : given === 'c' ? 'ctime' : given === 'v' ? 'version' : 'name';
};

const detailRules = ({ has, value }: Given): DetailRules => ({
  inodes: has('inodes'),
  device: has('device'),
  permissions: has('p'),
  owner: has('u'),
  group: has('g'),
  size: has('si') ? 'si' : has('h') ? 'binary' : has('s') ? 'bytes' : undefined,
  time: has('D') || has('timefmt') ? (value('timefmt') ?? '%b %e %H:%M') : undefined,
  changeTime: has('c'),
});

const isColored = (process: Process, { has }: Given): boolean =>
  has('C') ||
  (!has('n') && isTerminal(process, 1) && Boolean(process.env.get('LS_COLORS')) && mayColor(process));

const draw = async (out: Output, given: Given, names: readonly string[]): Promise<number> => {
  const { process } = out;
  const { has, value } = given;
  const file = value('o');
  const opened =
    file === undefined
      ? { value: 1 }
      : attempt(() => process.open(file, O.WRONLY | O.CREAT | O.TRUNC, 0o666));
  if (opened.error) {
    await out.errorText(`tree: invalid filename '${file}'\n`);
    return 1;
  }
  const target = opened.value === 1 ? out : new Output(process, opened.value);
  const walk = new TreeWalk(process, {
    hidden: has('a'),
    directoriesAlone: has('d'),
    follow: has('l'),
    oneFileSystem: has('x'),
    level: Number(value('L') ?? Number.POSITIVE_INFINITY),
    limit: Number(value('filelimit') ?? 0) || Number.POSITIVE_INFINITY,
    only: value('P'),
    ignore: value('I'),
    ignoreCase: has('ignore-case'),
    prune: has('prune'),
    sort: sortOf(given),
    reverse: has('r'),
    first: has('dirsfirst') ? 'directories' : has('filesfirst') ? 'files' : undefined,
  });
  if (has('J') || has('X')) await drawMarkup(target, given, walk, names);
  else await drawText(target, given, walk, names);
  await target.flush();
  if (walk.failed) out.status = 2;
  return out.end();
};

const drawMarkup = async (
  out: Output,
  given: Given,
  walk: TreeWalk,
  names: readonly string[],
): Promise<void> => {
  const { has } = given;
  const roots: TreeNode[] = [];
  for (const name of names) roots.push(await walk.root(name));
  const { process } = out;
  const markup = { accounts: new Accounts(process), details: detailRules(given), paths: has('f') };
  const { directories, files } = walk;
  const counts = has('noreport') ? undefined : { directories, files: has('d') ? undefined : files };
  out.text(
    has('J') ? treeJson(roots, markup, counts) : treeXml(roots, markup, counts, hasLines(process, given)),
  );
};

/** The character set is told by --charset, TREE_CHARSET or the locale. */
const hasLines = (process: Process, { value }: Given): boolean => {
  const charset = value('charset') ?? process.env.get('TREE_CHARSET');
  return charset === undefined ? isUtf8(process) : /^utf-?8$/i.test(charset);
};

const drawText = async (
  out: Output,
  given: Given,
  walk: TreeWalk,
  names: readonly string[],
): Promise<void> => {
  const { process } = out;
  const { has } = given;
  const rules = {
    accounts: new Accounts(process),
    details: detailRules(given),
    paths: has('f'),
    bare: has('i'),
    classify: has('F'),
    quotes: has('Q'),
    unprintable: has('N') ? 'raw' : has('q') ? 'question' : 'escape',
    colors: isColored(process, given) ? new LsColors(process, COLORS) : undefined,
    lines: hasLines(process, given),
  } as const;
  for (const name of names) {
    for (const line of treeLines(process, await walk.root(name), rules)) {
      out.line(line);
      const written = out.caughtUp();
      if (written) await written;
    }
  }
  if (has('noreport')) return;
  const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
  const files = has('d') ? '' : `, ${plural(walk.files, 'file', 'files')}`;
  out.line(`\n${plural(walk.directories, 'directory', 'directories')}${files}`);
};
