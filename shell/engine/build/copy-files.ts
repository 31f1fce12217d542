// Brings the sources of a COPY or ADD into the new layer.

import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import type { Stat } from '../../fs/stat.ts';
import { joinPath, parentPath } from '../go-path.ts';
import { type ArchiveSource, inMemory } from '../tar/archive-source.ts';
import { extractArchive } from '../tar/extract-archive.ts';
import { looksLikeArchive } from '../tar/read-archive.ts';
import { shareFile } from '../tar/share-file.ts';
import type { CopySource } from './copy-sources.ts';
import { fullPath, type SourceTree, sourceEntries } from './source-tree.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** An owner for all, each file's own (COPY --from), or whoever copies (docker cp to the host). */
export type Ownership = Owner | 'kept' | 'caller';

interface Copy {
  /** A process whose root is the new image's. */
  readonly inside: Process;
  readonly owner: Ownership;
  /** Permission bits for everything, instead of its own. */
  readonly mode: number | undefined;
}

const HEAD = 512;

/** `destination` ends in a slash where it must be a directory. Throws FsError, ArchiveError. */
export const copyIntoLayer = (
  inside: Process,
  sources: readonly CopySource[],
  destination: string,
  owner: Ownership,
  { unpacks = false, mode }: { unpacks?: boolean; mode?: number | undefined } = {},
): void => {
  const copy: Copy = { inside, owner, mode };
  for (const { tree, path, name } of sources) {
    const stat = tree.process.lstat(fullPath(tree, path));
    const archive = unpacks && stat.kind === 'file' ? archiveAt(tree, path) : undefined;
    if (stat.kind === 'directory') copyDirectory(copy, tree, path, destination);
    else if (archive) extractArchive(inside, archive, destination);
    else copyFile(copy, tree, path, stat, targetOf(inside, destination, name));
  }
};

/** A file that is a tar, plain or gzipped: ADD unpacks those. */
const archiveAt = (tree: SourceTree, path: string): ArchiveSource | undefined => {
  const { process } = tree;
  const fd = process.open(fullPath(tree, path), O.RDONLY);
  try {
    if (!looksLikeArchive(process.pread(fd, HEAD, 0))) return undefined;
    return shareFile(process, fd) ?? inMemory(process.pread(fd, process.fstat(fd).size, 0));
  } finally {
    tree.process.close(fd);
  }
};

const targetOf = (inside: Process, destination: string, name: string): string => {
  const isDirectory = destination.endsWith('/') || inside.tryStat(destination)?.kind === 'directory';
  return isDirectory ? joinPath(destination, name) : destination;
};

/** The contents of a directory, not the directory itself. */
const copyDirectory = (copy: Copy, tree: SourceTree, path: string, destination: string): void => {
  makeDirectories(copy, joinPath(destination, '.'));
  const times: { target: string; mtime: bigint }[] = [];
  for (const entry of sourceEntries(tree, path)) {
    const target = joinPath(destination, path === '' ? entry.path : entry.path.slice(path.length + 1));
    if (entry.stat.kind === 'directory') {
      enterDirectory(copy, target, entry.stat);
      times.push({ target, mtime: entry.stat.mtime });
    } else {
      copyFile(copy, tree, entry.path, entry.stat, target);
    }
  }
  // Filling a directory changes its time: the deepest come last in the list and are set first.
  for (const { target, mtime } of times.reverse()) copy.inside.utimens(target, { mtime });
};

const setOwner = ({ inside, owner }: Copy, target: string, stat: Stat): void => {
  if (owner === 'caller') return;
  const { uid, gid } = owner === 'kept' ? stat : owner;
  inside.lchown(target, uid, gid);
};

const enterDirectory = (copy: Copy, target: string, stat: Stat): void => {
  const { inside } = copy;
  const known = inside.tryLstat(target);
  if (known !== undefined && known.kind !== 'directory') inside.unlink(target);
  if (known?.kind !== 'directory') {
    makeDirectories(copy, parentPath(target));
    inside.mkdir(target);
  }
  setOwner(copy, target, stat);
  inside.chmod(target, copy.mode ?? stat.mode & 0o7777);
};

const makeDirectories = (copy: Copy, path: string): void => {
  const { inside } = copy;
  if (path === '/' || inside.tryStat(path) !== undefined) return;
  makeDirectories(copy, parentPath(path));
  inside.mkdir(path, 0o755);
  if (typeof copy.owner === 'object') inside.chown(path, copy.owner.uid, copy.owner.gid);
};

const copyFile = (copy: Copy, tree: SourceTree, path: string, stat: Stat, target: string): void => {
  const { inside } = copy;
  makeDirectories(copy, parentPath(target));
  const known = inside.tryLstat(target);
  if (known !== undefined && known.kind !== 'directory') inside.unlink(target);
  if (stat.kind === 'symlink') inside.symlink(tree.process.readlink(fullPath(tree, path)), target);
  else if (stat.kind === 'file') copyBytes(copy, tree, path, target);
  else inside.mknod(target, stat.mode, stat.rdev);
  setOwner(copy, target, stat);
  if (stat.kind !== 'symlink') inside.chmod(target, copy.mode ?? stat.mode & 0o7777);
  const whole = (stat.mtime / 1_000_000_000n) * 1_000_000_000n;
  inside.utimens(target, { mtime: whole }, { follow: false });
};

/** The reader's open file is handed to the process inside, as a descriptor over a socket would be. */
const copyBytes = ({ inside }: Copy, tree: SourceTree, path: string, target: string): void => {
  const source = tree.process.open(fullPath(tree, path), O.RDONLY);
  const from = inside.install(tree.process.file(source));
  const to = inside.open(target, O.WRONLY | O.CREAT | O.EXCL, 0o600);
  try {
    while (inside.copyFileRange(from, to, Number.MAX_SAFE_INTEGER) > 0);
  } finally {
    inside.close(to);
    inside.close(from);
    tree.process.close(source);
  }
};
