// A full copy of a tree, as Docker's vfs makes one for each layer (daemon/graphdriver/copy): every file and its bytes,
// hard links as hard links, owners, modes and times.

import { isFsError } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import type { Stat } from '../../fs/stat.ts';

const CAPABILITY_XATTR = 'security.capability';

/** Copies what is in the directory `from`, and the directory's own attributes, to the existing directory `to`. */
export const copyTree = (process: Process, from: string, to: string): void => {
  const copied = new Map<number, string>();
  const copyInside = (source: string, target: string): void => {
    for (const { name } of process.readdir(source)) copy(`${source}/${name}`, `${target}/${name}`);
  };
  const copy = (source: string, target: string): void => {
    const stat = process.lstat(source);
    const first = stat.kind !== 'directory' && stat.nlink > 1 ? copied.get(stat.ino) : undefined;
    if (first !== undefined) return process.link(first, target);
    if (stat.nlink > 1) copied.set(stat.ino, target);
    make(process, source, target, stat);
    if (stat.kind === 'directory') copyInside(source, target);
    setAttributes(process, source, target, stat);
  };
  copyInside(from, to);
  setAttributes(process, from, to, process.lstat(from));
};

const make = (process: Process, source: string, target: string, stat: Stat): void => {
  if (stat.kind === 'directory') process.mkdir(target, 0o700);
  else if (stat.kind === 'symlink') process.symlink(process.readlink(source), target);
  else if (stat.kind === 'file') copyFile(process, source, target);
  else process.mknod(target, stat.mode, stat.rdev);
};

const copyFile = (process: Process, source: string, target: string): void => {
  const from = process.open(source, O.RDONLY);
  const to = process.open(target, O.WRONLY | O.CREAT | O.EXCL, 0o600);
  try {
    while (process.copyFileRange(from, to, Number.MAX_SAFE_INTEGER) > 0);
  } finally {
    process.close(to);
    process.close(from);
  }
};

/** Times last: everything else changes them. */
const setAttributes = (process: Process, source: string, target: string, stat: Stat): void => {
  const { atime, mtime, uid, gid, mode, kind } = stat;
  process.lchown(target, uid, gid);
  if (kind !== 'symlink') process.chmod(target, mode & 0o7777);
  const capability = kind === 'file' ? capabilityOf(process, source) : undefined;
  if (capability !== undefined) process.setxattr(target, CAPABILITY_XATTR, capability);
  process.utimens(target, { atime, mtime }, { follow: false });
};

const capabilityOf = (process: Process, path: string): Uint8Array | undefined => {
  try {
    return process.getxattr(path, CAPABILITY_XATTR);
  } catch (error) {
    if (isFsError(error)) return undefined;
    throw error;
  }
};
