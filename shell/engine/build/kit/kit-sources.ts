// What the sources of a COPY mean to BuildKit: `..` stops at the root, and a wildcard may match nothing.

import { cleanPath } from '../../go-path.ts';
import type { CopySource } from '../copy-sources.ts';
import { globPattern, PatternError } from '../dockerignore.ts';
import { resolveInTree, type SourceEntry, type SourceTree, sourceEntries } from '../source-tree.ts';

/** A source that is not there: its path from the root. */
export class MissingSource extends Error {}

/** Paths without a leading slash; '' is the root. Throws MissingSource, PatternError. */
export const kitSources = (tree: SourceTree, words: readonly string[]): CopySource[] =>
  words.flatMap((word) =>
    pathsOf(tree, word).map((path): CopySource => {
      const target = resolveInTree(tree, path);
      if (target === undefined) throw new MissingSource(`/${path}`);
      return { tree, path: target, name: path.slice(path.lastIndexOf('/') + 1) };
    }),
  );

const pathsOf = (tree: SourceTree, word: string): string[] => {
  const path = cleanPath(`/${word}`).slice(1);
  if (!/[*?[]/.test(path)) return [path];
  const pattern = globPattern(path);
  return [...sourceEntries(tree)].filter((entry) => pattern.test(entry.path)).map((entry) => entry.path);
};

/** What the client sends for these words: the files, the directories on the way to them, and where links lead. */
export const neededEntries = (tree: SourceTree, words: readonly string[]): SourceEntry[] => {
  const roots = words
    .filter(isPattern)
    .flatMap((word) => pathsOf(tree, word))
    .flatMap((path) => [path, resolveInTree(tree, path)]);
  const wanted = roots.flatMap((path) => path ?? []);
  return [...sourceEntries(tree)].filter(({ path }) =>
    wanted.some((root) => root === '' || isAtOrBelow(path, root) || isAtOrBelow(root, path)),
  );
};

/** What is no pattern is refused by its own step: the client sends what the others need. */
const isPattern = (word: string): boolean => {
  try {
    globPattern(word);
    return true;
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
};

const isAtOrBelow = (path: string, root: string): boolean => path === root || path.startsWith(`${root}/`);
