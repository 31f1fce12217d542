// Where COPY and ADD read from: the build context, or the tree of an image.

import type { Process } from '../../fs/process.ts';
import type { Stat } from '../../fs/stat.ts';
import type { IgnoreRules } from './dockerignore.ts';

export interface SourceTree {
  /** The reader; with it, `root` and a relative path name a file. */
  readonly process: Process;
  readonly root: string;
  readonly rules?: IgnoreRules;
  /** COPY --from. */
  readonly inImage?: boolean;
}

/** Rules of a context without any file. */
export const NO_FILES: IgnoreRules = { ignores: () => true, hasExceptions: false };

export interface SourceEntry {
  /** Relative to the root, without a leading slash; `''` is the root. */
  readonly path: string;
  /** Of the file itself, links not followed. */
  readonly stat: Stat;
}

export const fullPath = (tree: SourceTree, path: string): string =>
  path === '' ? tree.root : `${tree.root === '/' ? '' : tree.root}/${path}`;

export const isLeftOut = (tree: SourceTree, path: string): boolean =>
  path !== '' && (tree.rules?.ignores(path) ?? false);

/**
 * Everything below a directory, parents first, names in order; the directory itself is left out.
 * Throws FsError where the reader may not look.
 */
export function* sourceEntries(tree: SourceTree, path = ''): Generator<SourceEntry> {
  const names = tree.process.readdir(fullPath(tree, path)).map(({ name }) => name);
  for (const name of names.sort(byBytes)) {
    const child = path === '' ? name : `${path}/${name}`;
    const stat = tree.process.lstat(fullPath(tree, child));
    const leftOut = isLeftOut(tree, child);
    if (!leftOut) yield { path: child, stat };
    const enter = stat.kind === 'directory' && (!leftOut || tree.rules?.hasExceptions === true);
    if (enter) yield* sourceEntries(tree, child);
  }
}

export const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Follows symbolic links within the tree, `..` never leaving it; the path of the file meant, or undefined
 * where there is none (or one that was left out).
 */
export const resolveInTree = (tree: SourceTree, path: string): string | undefined => {
  let done: string[] = [];
  const todo = path.split('/');
  let links = 0;
  while (todo.length > 0) {
    const part = todo.shift() as string;
    if (part === '' || part === '.') continue;
    if (part === '..') {
      done.pop();
      continue;
    }
    const next = [...done, part].join('/');
    const stat = isLeftOut(tree, next) ? undefined : tree.process.tryLstat(fullPath(tree, next));
    if (!stat && !holdsException(tree, next)) return undefined;
    if (stat?.kind !== 'symlink') {
      done.push(part);
      continue;
    }
    links += 1;
    if (links > 255) return undefined;
    const target = tree.process.readlink(fullPath(tree, next));
    if (target.startsWith('/')) done = [];
    todo.unshift(...target.split('/'));
  }
  return done.join('/');
};

/** An ignored directory on the way to something that a `!` rule lets in. */
const holdsException = (tree: SourceTree, path: string): boolean =>
  tree.rules?.hasExceptions === true && tree.process.tryLstat(fullPath(tree, path))?.kind === 'directory';
