// tree: a directory as a tree.

import type { Stat } from '../fs/stat.ts';
import { inodeText } from '../fs/wide-inode.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { fnmatch } from './fnmatch.ts';
import { humanSize } from './human-size.ts';
import { LsColors, mayColor } from './ls-colors.ts';
import { compareText } from './ls-entry.ts';
import { modeString } from './mode-string.ts';
import { printHelp, printVersion, scanOptions } from './options.ts';
import { Output } from './output.ts';
import { joinPath } from './path-name.ts';
import { isTerminal } from './terminal.ts';

const options = {
  a: {},
  d: {},
  l: {},
  f: {},
  x: {},
  L: { argument: 'required' },
  P: { argument: 'required' },
  I: { argument: 'required' },
  noreport: {},
  p: {},
  u: {},
  g: {},
  s: {},
  h: {},
  D: {},
  F: {},
  i: {},
  t: {},
  U: {},
  r: {},
  dirsfirst: {},
  n: {},
  C: {},
  inodes: {},
  prune: {},
  help: {},
  version: {},
} as const;

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
  --prune       leave empty directories out
  --noreport    no counts at the end
  -p            permissions
  -u  -g        owner, group
  -s  -h        size in bytes, for people
  --inodes      inode numbers
  -F            / = * | behind names, as ls -F
  -i            no lines
  -t  -U  -r    by time, unsorted, in reverse order
  --dirsfirst   directories before files
  -n  -C        never, always in colour
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const scan = scanOptions(argv.slice(1), options);
    if (scan.options.some(({ name }) => name === 'help')) return printHelp(out, tree);
    if (scan.options.some(({ name }) => name === 'version')) return printVersion(out, tree);
    const letter = /^invalid option -- '(.)'/.exec(scan.problem ?? '')?.[1];
    if (scan.problem !== undefined) {
      const needsValue = /requires an argument -- '(.)'/.exec(scan.problem)?.[1];
      const problem =
        needsValue !== undefined
          ? `Missing argument to -${needsValue} option.`
          : letter === undefined
            ? `Invalid argument \`${/'(--[^']*)'/.exec(scan.problem)?.[1] ?? ''}'.`
            : `Invalid argument -\`${letter}'.`;
      const usage = 'usage: tree [option]... [directory]...  (tree --help lists the options)';
      await out.errorText(`tree: ${problem}\n${needsValue ? '' : `${usage}\n`}`);
      return 1;
    }
    const given = new Set(scan.options.map(({ name }) => name));
    const value = (name: string): string | undefined =>
      scan.options.findLast((option) => option.name === name)?.value;
    const level = value('L');
    if (level !== undefined && !(Number(level) > 0)) {
      await out.errorText('tree: Invalid level, must be greater than 0.\n');
      return 1;
    }
    const colored =
      given.has('C') ||
      (!given.has('n') &&
        isTerminal(process, 1) &&
        Boolean(process.env.get('LS_COLORS')) &&
        mayColor(process));
    const drawing = new Drawing(out, {
      has: (name) => given.has(name),
      level: level === undefined ? Number.POSITIVE_INFINITY : Number(level),
      only: value('P'),
      ignore: value('I'),
      colors: colored ? new LsColors(process, COLORS) : undefined,
    });
    for (const name of scan.operands.length > 0 ? scan.operands : ['.']) await drawing.root(name);
    if (!given.has('noreport')) drawing.report();
    return out.end();
  },
};

interface TreeRules {
  readonly has: (name: keyof typeof options) => boolean;
  readonly level: number;
  readonly only: string | undefined;
  readonly ignore: string | undefined;
  readonly colors: LsColors | undefined;
}

interface Leaf {
  readonly name: string;
  readonly path: string;
  readonly stat: Stat;
  readonly target?: string;
  readonly targetStat?: Stat;
}

class Drawing {
  readonly #out: Output;
  readonly #rules: TreeRules;
  readonly #accounts: Accounts;
  /** Directories shown so far: -l goes into none twice. */
  readonly #seen = new Set<string>();
  #directories = 0;
  #files = 0;

  constructor(out: Output, rules: TreeRules) {
    this.#out = out;
    this.#rules = rules;
    this.#accounts = new Accounts(out.process);
  }

  async root(name: string): Promise<void> {
    const { process } = this.#out;
    const stat = process.tryStat(name);
    const leaves = stat?.kind === 'directory' ? attempt(() => this.#leaves(name)) : undefined;
    if (!stat || !leaves || leaves.error) {
      this.#out.line(`${name}  [error opening dir]`);
      if (stat && stat.kind !== 'directory') this.#files++;
      else this.#out.status = 2;
      return;
    }
    // The starting point counts as a directory where something is in it.
    if (leaves.value.length > 0) this.#directories++;
    this.#seen.add(`${stat.dev}:${stat.ino}`);
    this.#out.line(this.#details(stat) + this.#paint(name, { name, path: name, stat }) + this.#sign(stat));
    await this.#below(leaves.value, '', 1, stat.dev);
  }

  report(): void {
    const plural = (count: number, one: string, many: string): string =>
      `${count} ${count === 1 ? one : many}`;
    const files = this.#rules.has('d') ? '' : `, ${plural(this.#files, 'file', 'files')}`;
    this.#out.line(`\n${plural(this.#directories, 'directory', 'directories')}${files}`);
  }

  async #below(leaves: readonly Leaf[], prefix: string, level: number, dev: number): Promise<void> {
    const bare = this.#rules.has('i');
    for (const [at, leaf] of leaves.entries()) {
      const last = at === leaves.length - 1;
      const branch = bare ? '' : prefix + (last ? '└── ' : '├── ');
      const isLink = leaf.stat.kind === 'symlink';
      const enters =
        leaf.stat.kind === 'directory' ||
        (isLink && this.#rules.has('l') && leaf.targetStat?.kind === 'directory');
      if (leaf.stat.kind === 'directory' || leaf.targetStat?.kind === 'directory') this.#directories++;
      else this.#files++;
      const target = leaf.targetStat ?? leaf.stat;
      const again = enters && isLink && this.#seen.has(`${target.dev}:${target.ino}`);
      if (enters) this.#seen.add(`${target.dev}:${target.ino}`);
      const goes =
        enters && !again && level < this.#rules.level && (!this.#rules.has('x') || leaf.stat.dev === dev);
      const below = goes ? attempt(() => this.#leaves(leaf.path)) : undefined;
      const failed = again ? '  [recursive, not followed]' : below?.error ? '  [error opening dir]' : '';
      if (below?.error) this.#out.status = 2;
      this.#out.line(branch + this.#details(leaf.stat) + this.#name(leaf) + failed);
      if (below?.value)
        await this.#below(below.value, prefix + (last ? '    ' : '│\u00a0\u00a0 '), level + 1, dev);
      const pause = this.#out.caughtUp() ?? this.#out.process.breathe();
      if (pause) await pause;
    }
  }

  #leaves(dir: string): Leaf[] {
    const { process } = this.#out;
    const { has, only, ignore } = this.#rules;
    const matches = (patterns: string, name: string): boolean =>
      patterns.split('|').some((pattern) => fnmatch(pattern, name));
    const found = process.readdir(dir).flatMap(({ name }): Leaf[] => {
      if ((name.startsWith('.') && !has('a')) || (ignore !== undefined && matches(ignore, name))) return [];
      const path = joinPath(dir, name);
      const stat = process.tryLstat(path);
      if (!stat) return [];
      const link = stat.kind === 'symlink';
      const targetStat = link ? process.tryStat(path) : undefined;
      const directory = stat.kind === 'directory' || targetStat?.kind === 'directory';
      if (
        (has('d') && !directory) ||
        (only !== undefined && stat.kind !== 'directory' && !matches(only, name))
      )
        return [];
      const target = link ? { target: process.readlink(path) } : {};
      return [{ name, path, stat, ...target, ...(targetStat ? { targetStat } : {}) }];
    });
    return this.#sorted(
      found.filter(
        (leaf) => !has('prune') || leaf.stat.kind !== 'directory' || this.#leaves(leaf.path).length > 0,
      ),
    );
  }

  #sorted(leaves: Leaf[]): Leaf[] {
    const { has } = this.#rules;
    if (has('U')) return leaves;
    const rank = (leaf: Leaf): number =>
      has('dirsfirst') && (leaf.targetStat ?? leaf.stat).kind !== 'directory' ? 1 : 0;
    const order = (a: Leaf, b: Leaf): number =>
      (has('t') ? Number(a.stat.mtime - b.stat.mtime) : 0) || compareText(a.name, b.name);
    return leaves.sort((a, b) => rank(a) - rank(b) || (has('r') ? -1 : 1) * order(a, b));
  }

  #details(stat: Stat): string {
    const { has } = this.#rules;
    const parts = [
      ...(has('inodes') ? [inodeText(stat.ino).padStart(7)] : []),
      ...(has('p') ? [modeString(stat.mode)] : []),
      ...(has('u') ? [this.#accounts.userName(stat.uid).padEnd(8)] : []),
      ...(has('g') ? [this.#accounts.groupName(stat.gid).padEnd(8)] : []),
      ...(has('h') ? [humanSize(stat.size).padStart(4)] : has('s') ? [String(stat.size).padStart(11)] : []),
    ];
    return parts.length === 0 ? '' : `[${parts.join(' ')}]  `;
  }

  #name(leaf: Leaf): string {
    const { has } = this.#rules;
    const text = this.#paint(has('f') ? leaf.path : leaf.name, leaf) + this.#sign(leaf.stat);
    if (leaf.target === undefined) return text;
    const stat = leaf.targetStat;
    if (!stat) return `${text} -> ${this.#rules.colors ? `\x1b[00m${leaf.target}\x1b[0m` : leaf.target}`;
    const painted = this.#paint(leaf.target, { name: leaf.target, path: leaf.path, stat }, true);
    return `${text} -> ${painted}${this.#sign(stat)}`;
  }

  #sign(stat: Stat): string {
    if (!this.#rules.has('F')) return '';
    if (stat.kind === 'directory') return '/';
    if (stat.kind === 'fifo') return '|';
    if (stat.kind === 'socket') return '=';
    return stat.kind === 'file' && (stat.mode & 0o111) !== 0 ? '*' : '';
  }

  #paint(text: string, leaf: Leaf, isTarget = false): string {
    const { colors } = this.#rules;
    return colors ? `\x1b[${colors.colorOf(leaf, isTarget) ?? '00'}m${text}\x1b[0m` : text;
  }
}
