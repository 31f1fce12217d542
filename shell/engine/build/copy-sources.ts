// What the sources of a COPY or ADD mean: files and directories of a tree, wildcards filled in.

import { cleanPath } from '../go-path.ts';
import { BuildError, failBuild } from './build-error.ts';
import { globPattern, PatternError } from './dockerignore.ts';
import { isLeftOut, resolveInTree, type SourceTree, sourceEntries } from './source-tree.ts';

export interface CopySource {
  readonly tree: SourceTree;
  /** Where the file is, links followed. */
  readonly path: string;
  /** The last part of the path as it was written: the name it gets in a directory. */
  readonly name: string;
}

/** Throws BuildError in the words of `COPY failed: …`. */
export const copySources = (command: string, tree: SourceTree, words: readonly string[]): CopySource[] => {
  try {
    const sources = words.flatMap((word) => sourcesOf(tree, word));
    return sources.length > 0 ? sources : failBuild('no source files were specified');
  } catch (error) {
    if (error instanceof BuildError) return failBuild(`${command} failed: ${error.message}`);
    throw error;
  }
};

const sourcesOf = (tree: SourceTree, word: string): CopySource[] => {
  if (/^https?:\/\//.test(word)) {
    const { host } = new URL(word);
    return failBuild(
      `Get ${JSON.stringify(word)}: dial tcp: lookup ${host}: no such host (cowsh has no network)`,
    );
  }
  const clean = cleanPath(word);
  if (clean === '..' || clean.startsWith('../')) {
    return failBuild(`forbidden path outside the build context: ${word} ()`);
  }
  const path = clean.replace(/^\/+/, '').replace(/^\.$/, '');
  if (!/[*?[]/.test(path)) return [found(tree, path)];
  const pattern = patternOf(path);
  if (pattern === undefined) return [];
  return [...sourceEntries(tree)]
    .filter((entry) => pattern.test(entry.path))
    .map((entry) => found(tree, entry.path));
};

/** A pattern with a mistake in it fits nothing: dockerd does not look at the error (copyWithWildcards). */
const patternOf = (path: string): ReturnType<typeof globPattern> | undefined => {
  try {
    return globPattern(path);
  } catch (error) {
    if (error instanceof PatternError) return undefined;
    throw error;
  }
};

const found = (tree: SourceTree, path: string): CopySource => {
  const target =
    isLeftOut(tree, path) && tree.rules?.hasExceptions !== true ? undefined : resolveInTree(tree, path);
  if (target === undefined) {
    const where = tree.inImage ? '' : 'file not found in build context or excluded by .dockerignore: ';
    return failBuild(`${where}stat ${path}: file does not exist`);
  }
  return { tree, path: target, name: path.slice(path.lastIndexOf('/') + 1) };
};
