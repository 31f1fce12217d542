// The content of what COPY brings, as one digest: names, modes, links and bytes, no times.

import { createHash, type Hash } from 'node:crypto';
import { O } from '../../../fs/open-flags.ts';
import type { CopySource } from '../copy-sources.ts';
import { fullPath, type SourceTree, sourceEntries } from '../source-tree.ts';

const CHUNK = 1 << 20;

export const contentKey = (sources: readonly CopySource[]): string => {
  const hash = createHash('sha256');
  for (const { tree, path, name } of sources) {
    const stat = tree.process.lstat(fullPath(tree, path));
    // A directory gives its contents: its own name is nothing.
    addEntry(hash, tree, path, stat.kind === 'directory' ? '' : name);
    if (stat.kind !== 'directory') continue;
    for (const entry of sourceEntries(tree, path)) {
      addEntry(hash, tree, entry.path, path === '' ? entry.path : entry.path.slice(path.length + 1));
    }
  }
  return hash.digest('hex');
};

const addEntry = (hash: Hash, tree: SourceTree, path: string, name: string): void => {
  const full = fullPath(tree, path);
  const stat = tree.process.lstat(full);
  const owner = tree.inImage ? `${stat.uid}:${stat.gid}` : '0:0';
  const link = stat.kind === 'symlink' ? tree.process.readlink(full) : '';
  const size = stat.kind === 'file' ? stat.size : 0;
  hash.update(JSON.stringify([name, stat.mode, owner, link, size, stat.rdev]));
  if (stat.kind !== 'file') return;
  const fd = tree.process.open(full, O.RDONLY);
  try {
    for (let at = 0; at < size; at += CHUNK) hash.update(tree.process.pread(fd, CHUNK, at));
  } finally {
    tree.process.close(fd);
  }
};
