// Whiteouts: how a layer says "not here, and not below". A character device 0:0, or an empty file with an attribute.
// Kernel: overlayfs.rst, "whiteouts and opaque directories".

import { fail, isFsError } from '../fs/errno.ts';
import type { FileSystem, InodeAttributes } from '../fs/filesystem.ts';
import { RENAME } from '../fs/filesystem.ts';
import { isCharDevice, isRegular, makedev, S_IFCHR } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import { isDirectoryAt, pathOfName, type Union, upperFiles, type WorkDirectory } from './union.ts';
import { discard, temporaryName, workOf } from './work.ts';
import { hasMark, type OwnPrefix } from './xattr.ts';

export const isWhiteoutDevice = ({ mode, rdev }: InodeAttributes): boolean =>
  isCharDevice(mode) && rdev === 0;

export const isWhiteout = (files: FileSystem, node: NodeId, prefix: OwnPrefix): boolean => {
  const inode = files.inode(node);
  if (isWhiteoutDevice(inode)) return true;
  if (!isRegular(inode.mode)) return false;
  return hasMark(files, node, prefix, 'whiteout') && files.stat(node).size === 0;
};

/** The whiteout that was seen at `name` of an upper directory is still there; ESTALE when it was taken away behind the overlay. */
export const needWhiteout = (union: Union, upperDir: NodeId, name: string): void => {
  const files = upperFiles(union);
  const there = files.lookup(upperDir, name);
  if (there === 0 || !isWhiteout(files, there, union.options.prefix)) fail('ESTALE');
};

/** Puts a whiteout at `name` of an upper directory, in place of whatever bears the name there. */
export const putWhiteout = (union: Union, upperDir: NodeId, name: string): void => {
  const files = upperFiles(union);
  const work = workOf(union);
  const made = makeWhiteout(union);
  const old = files.lookup(upperDir, name);
  const directory = old !== 0 && isDirectoryAt(files, old);
  files.rename(work.node, made, upperDir, name, directory ? RENAME.EXCHANGE : 0);
  if (directory) discard(union, made);
};

/** A whiteout in the work directory, by name: one more hard link of the one that is kept there (ovl_whiteout). */
const makeWhiteout = (union: Union): string => {
  const work = workOf(union);
  if (work.whiteout === '') {
    const name = temporaryName(union);
    upperFiles(union).create(work.node, name, { mode: S_IFCHR, uid: 0, gid: 0, rdev: makedev(0, 0) });
    work.whiteout = name;
  }
  const linked = work.shares ? linkWhiteout(union, work) : undefined;
  if (linked !== undefined) return linked;
  const name = work.whiteout;
  work.whiteout = '';
  return name;
};

/**
 * Undefined where the whiteout has as many links as it can have: the next one is a new inode. Or where there is no room
 * for a link: from now on every whiteout is an inode of its own.
 */
const linkWhiteout = (union: Union, work: WorkDirectory): string | undefined => {
  const files = upperFiles(union);
  const kept = files.lookup(work.node, work.whiteout);
  const name = temporaryName(union);
  try {
    files.link(kept, work.node, name);
    return name;
  } catch (error) {
    if (isFsError(error, 'EMLINK')) return undefined;
    if (!isFsError(error, 'ENOSPC')) throw error;
    // -ENOSPC, shown without its sign.
    const why = `nlink=${files.stat(kept).nlink}, err=${2n ** 64n - 28n}`;
    union.log(`overlayfs: Failed to link whiteout - disabling whiteout inode sharing(${why})`);
    work.shares = false;
    return undefined;
  }
};

export const traceWhiteout = (
  union: Union,
  dir: NodeId,
  name: string,
  action: 'made' | 'lifted',
  cause: string,
): void => {
  if (!union.trace.on || union.upper === undefined) return;
  union.trace.emit({
    kind: 'whiteout',
    path: pathOfName(union, dir, name),
    layer: union.upper.path,
    action,
    cause,
  });
};
