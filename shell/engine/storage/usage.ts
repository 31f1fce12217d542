// Bytes of a tree as Docker counts them (pkg/directory): every inode's size once, directories not at all.

import type { Process } from '../../fs/process.ts';

/** Symlinks count the length of their target, hard links once, whiteouts nothing. */
export const usageOf = (process: Process, root: string): number => {
  const seen = new Set<number>();
  let sum = 0;
  const visit = (path: string): void => {
    for (const { name, type } of process.readdir(path)) {
      const below = `${path}/${name}`;
      if (type === 'directory') visit(below);
      else sum += count(process, below, seen);
    }
  };
  visit(root);
  return sum;
};

/** Bytes on the disk of a directory and all below it, each inode once (containerd: continuity, fs.DiskUsage). */
export const diskUsageOf = (process: Process, root: string): number => {
  const seen = new Set<number>();
  const visit = (path: string): number => {
    const stat = process.lstat(path);
    if (seen.has(stat.ino)) return 0;
    seen.add(stat.ino);
    const below = stat.kind === 'directory' ? process.readdir(path) : [];
    return below.reduce((sum, { name }) => sum + visit(`${path}/${name}`), stat.blocks * 512);
  };
  return visit(root);
};

const count = (process: Process, path: string, seen: Set<number>): number => {
  const stat = process.lstat(path);
  if (stat.size === 0 || seen.has(stat.ino)) return 0;
  if (stat.nlink > 1) seen.add(stat.ino);
  return stat.size;
};
