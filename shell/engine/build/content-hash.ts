// The names that Docker gives to what COPY and ADD bring: sums over tar headers (tarsum v1) and bytes, without times.

import { createHash } from 'node:crypto';
import { O } from '../../fs/open-flags.ts';
import type { Stat } from '../../fs/stat.ts';
import { fullPath, resolveInTree, type SourceTree, sourceEntries } from './source-tree.ts';

const CHUNK = 1 << 20;

/** `file:…` or `dir:…` of one source, or `multi:…` of several. */
export const contentHash = (
  sources: readonly { readonly tree: SourceTree; readonly path: string }[],
): string => {
  const hashes = sources.map(({ tree, path }) => sourceHash(tree, path));
  return hashes.length === 1 ? (hashes[0] as string) : `multi:${digest(hashes.join(','))}`;
};

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const sourceHash = (tree: SourceTree, path: string): string => {
  const stat = tree.process.lstat(fullPath(tree, path));
  if (stat.kind !== 'directory') return `file:${entrySum(tree, path)}`;
  const sums = [...sourceEntries(tree, path)].map((entry) => entrySum(tree, entry.path));
  if (path !== '') sums.push(entrySum(tree, path));
  return `dir:${digest(sums.sort().join(','))}`;
};

const typeFlags: Partial<Record<Stat['kind'], string>> = {
  file: '0',
  symlink: '2',
  char: '3',
  block: '4',
  directory: '5',
  fifo: '6',
};

/** A link counts as what it leads to; one that leads nowhere counts as its name. */
const entrySum = (tree: SourceTree, path: string): string => {
  const target = resolveInTree(tree, path);
  const stat = target === undefined ? undefined : tree.process.tryLstat(fullPath(tree, target));
  if (target === undefined || stat === undefined) return path;
  const header = {
    name: stat.kind === 'directory' ? `${target}/` : target,
    // The context comes through a tar of docker's; an image is read where it lies, owners and all.
    mode: tree.inImage ? stat.mode : stat.mode & 0o7777,
    uid: tree.inImage ? stat.uid : 0,
    gid: tree.inImage ? stat.gid : 0,
    size: stat.kind === 'file' ? stat.size : 0,
    typeflag: typeFlags[stat.kind] ?? '0',
    linkname: '',
    uname: tree.inImage && stat.uid === 0 ? 'root' : '',
    gname: tree.inImage && stat.gid === 0 ? 'root' : '',
    devmajor: 0,
    devminor: 0,
  };
  const hash = createHash('sha256');
  for (const [key, value] of Object.entries(header)) hash.update(`${key}${value}`);
  if (stat.kind === 'file') for (const bytes of fileBytes(tree, target, stat.size)) hash.update(bytes);
  return hash.digest('hex');
};

function* fileBytes(tree: SourceTree, path: string, size: number): Generator<Uint8Array> {
  const fd = tree.process.open(fullPath(tree, path), O.RDONLY);
  try {
    for (let at = 0; at < size; at += CHUNK) yield tree.process.pread(fd, CHUNK, at);
  } finally {
    tree.process.close(fd);
  }
}
