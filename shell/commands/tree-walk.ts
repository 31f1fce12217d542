// tree: what is found below a directory, filtered, sorted and counted.

import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import { fnmatch } from './fnmatch.ts';
import { compareText } from './ls-entry.ts';
import { joinPath } from './path-name.ts';
import { version } from './sort-key.ts';

export const SORTS = ['name', 'version', 'size', 'mtime', 'ctime'] as const;
export type TreeSort = (typeof SORTS)[number];

export interface WalkRules {
  readonly hidden: boolean;
  readonly directoriesAlone: boolean;
  readonly follow: boolean;
  readonly oneFileSystem: boolean;
  readonly level: number;
  /** Directories with more entries than this stay closed. */
  readonly limit: number;
  readonly only: string | undefined;
  readonly ignore: string | undefined;
  readonly ignoreCase: boolean;
  readonly prune: boolean;
  readonly sort: TreeSort | undefined;
  readonly reverse: boolean;
  readonly first: 'directories' | 'files' | undefined;
}

export interface TreeNode {
  readonly name: string;
  readonly path: string;
  /** Undefined for an operand that is not there. */
  readonly stat: Stat | undefined;
  readonly target?: string;
  readonly targetStat?: Stat;
  /** What is below, where it was looked at. */
  readonly children: readonly TreeNode[];
  /** Why nothing is below: `error opening dir`. */
  readonly problem?: string;
}

type Leaf = Omit<TreeNode, 'children' | 'problem'> & { readonly stat: Stat };

export class TreeWalk {
  directories = 0;
  files = 0;
  failed = false;
  readonly #process: Process;
  readonly #rules: WalkRules;
  /** Directories seen so far: -l goes into none twice. */
  readonly #seen = new Set<string>();

  constructor(process: Process, rules: WalkRules) {
    this.#process = process;
    this.#rules = rules;
  }

  async root(name: string): Promise<TreeNode> {
    const stat = this.#process.tryStat(name);
    const node = { name, path: name, stat };
    const leaves = stat?.kind === 'directory' ? attempt(() => this.#leaves(name)) : undefined;
    if (!stat || !leaves || leaves.error) {
      if (stat && stat.kind !== 'directory') this.files++;
      else this.failed = true;
      return { ...node, children: [], problem: 'error opening dir' };
    }
    // The starting point counts as a directory where something is in it.
    if (leaves.value.length > 0) this.directories++;
    this.#see(stat);
    return { ...node, ...(await this.#below(leaves.value, 1, stat.dev)) };
  }

  async #below(
    leaves: readonly Leaf[],
    level: number,
    dev: number,
  ): Promise<Pick<TreeNode, 'children' | 'problem'>> {
    if (leaves.length > this.#rules.limit)
      return { children: [], problem: `${leaves.length} entries exceeds filelimit, not opening dir` };
    const children: TreeNode[] = [];
    for (const leaf of leaves) {
      children.push({ ...leaf, ...(await this.#inside(leaf, level, dev)) });
      const pause = this.#process.breathe();
      if (pause) await pause;
    }
    return { children };
  }

  async #inside(leaf: Leaf, level: number, dev: number): Promise<Pick<TreeNode, 'children' | 'problem'>> {
    const isLink = leaf.stat.kind === 'symlink';
    const real = leaf.targetStat ?? leaf.stat;
    if (real.kind === 'directory') this.directories++;
    else this.files++;
    const none = { children: [] };
    if (real.kind !== 'directory' || (isLink && !this.#rules.follow)) return none;
    const again = !this.#see(real);
    if (isLink && again) return { ...none, problem: 'recursive, not followed' };
    if (level >= this.#rules.level || (this.#rules.oneFileSystem && leaf.stat.dev !== dev)) return none;
    const below = attempt(() => this.#leaves(leaf.path));
    if (below.error === undefined) return this.#below(below.value, level + 1, dev);
    this.failed = true;
    return { ...none, problem: 'error opening dir' };
  }

  /** False for a directory that was seen before. */
  #see({ dev, ino }: Stat): boolean {
    const key = `${dev}:${ino}`;
    const fresh = !this.#seen.has(key);
    this.#seen.add(key);
    return fresh;
  }

  #leaves(dir: string): Leaf[] {
    const { hidden, ignore, prune } = this.#rules;
    const found = this.#process.readdir(dir).flatMap(({ name }): Leaf[] => {
      if ((name.startsWith('.') && !hidden) || (ignore !== undefined && this.#matches(ignore, name)))
        return [];
      const path = joinPath(dir, name);
      const stat = this.#process.tryLstat(path);
      if (!stat) return [];
      const link = stat.kind === 'symlink';
      const targetStat = link ? this.#process.tryStat(path) : undefined;
      if (!this.#isWanted(name, stat, targetStat)) return [];
      const target = link ? { target: this.#process.readlink(path) } : {};
      return [{ name, path, stat, ...target, ...(targetStat ? { targetStat } : {}) }];
    });
    return this.#sorted(
      prune
        ? found.filter((leaf) => leaf.stat.kind !== 'directory' || this.#leaves(leaf.path).length > 0)
        : found,
    );
  }

  #isWanted(name: string, stat: Stat, targetStat: Stat | undefined): boolean {
    const { directoriesAlone, only } = this.#rules;
    const directory = stat.kind === 'directory' || targetStat?.kind === 'directory';
    if (directoriesAlone && !directory) return false;
    return only === undefined || stat.kind === 'directory' || this.#matches(only, name);
  }

  #matches(patterns: string, name: string): boolean {
    const fold = (text: string): string => (this.#rules.ignoreCase ? text.toLowerCase() : text);
    return patterns.split('|').some((pattern) => fnmatch(fold(pattern), fold(name)));
  }

  #sorted(leaves: Leaf[]): Leaf[] {
    const { sort, reverse, first } = this.#rules;
    if (sort === undefined) return leaves;
    const rank = (leaf: Leaf): number => {
      const directory = (leaf.targetStat ?? leaf.stat).kind === 'directory';
      return first !== undefined && directory !== (first === 'directories') ? 1 : 0;
    };
    const order = (a: Leaf, b: Leaf): number => ORDERS[sort](a, b) || compareText(a.name, b.name);
    return leaves.sort((a, b) => rank(a) - rank(b) || (reverse ? -1 : 1) * order(a, b));
  }
}

const ORDERS: Readonly<Record<TreeSort, (a: Leaf, b: Leaf) => number>> = {
  name: () => 0,
  version: (a, b) => version(a.name, b.name),
  size: (a, b) => b.stat.size - a.stat.size,
  mtime: (a, b) => Number(a.stat.mtime - b.stat.mtime),
  ctime: (a, b) => Number(a.stat.ctime - b.stat.ctime),
};
