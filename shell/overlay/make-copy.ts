// The copy in the making: metadata and data of a lower file, put together out of sight. A regular file is made without a
// name and linked into place at the end (ovl_copy_up_tmpfile); anything else, and where the upper layer's filesystem has no
// such files, it is made in the work directory and renamed (ovl_copy_up_workdir).
// Kernel: fs/overlayfs/copy_up.c, ovl_copy_up_metadata, ovl_copy_up_data.

import type { FileSystem, InodeAttributes } from '../fs/filesystem.ts';
import { hasFlags, IMMUTABLE, needUnprotected } from '../fs/inode-flags.ts';
import { isDirectory, isRegular, isSymlink } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import { copySized } from './copy-data.ts';
import { copyFlags } from './flags.ts';
import { indexDirectory } from './inode-index.ts';
import type { Layer, Place } from './layer.ts';
import { markMetacopy } from './metacopy.ts';
import { NODE } from './node.ts';
import { setOrigin } from './origin.ts';
import { type Union, upperFiles } from './union.ts';
import { discard, isWorkGone, temporaryName, workOf } from './work.ts';

/** How much the change to come needs of a regular file: all its data, its metadata only, or nothing (O_TRUNC). */
export type CopyUpNeed = 'data' | 'metadata' | 'empty';

/** A file of the upper layer's filesystem that is not in its place yet. */
export interface Copy {
  readonly upper: NodeId;
  /** Its name in the work directory; undefined for a file without a name. */
  readonly name: string | undefined;
  /** What is known of the node when it has this copy: bits of NODE. */
  flags: number;
  /** How much data a disk would have moved. */
  bytes: number;
}

/** A copy of a lower file, with all but its name. ENOSPC, and then nothing is left of it. */
export const makeCopy = (
  union: Union,
  lower: Place,
  data: Place,
  source: InodeAttributes,
  need: CopyUpNeed,
  indexed: boolean,
): Copy => {
  const copy = newFile(union, lower, source);
  try {
    copyMetadata(union, lower, source.mode, copy);
    if (isRegular(source.mode) && need !== 'empty') copyContent(union, lower, data, need, copy);
    // A hard link is broken by copy-up: its copy has no one origin (ovl_do_copy_up).
    if (isDirectory(source.mode) || source.nlink === 1 || indexed) setOrigin(union, copy.upper, lower);
    const { atime, mtime } = source;
    upperFiles(union).setattr(copy.upper, { atime, mtime }, 'copy-up');
    if (indexed && isDirectory(source.mode)) indexDirectory(union, lower, copy.upper);
  } catch (error) {
    abandon(union, copy);
    throw error;
  }
  return copy;
};

/** An empty file of the same type and owner, where nobody sees it. */
const newFile = (union: Union, lower: Place, { mode, uid, gid, rdev }: InodeAttributes): Copy => {
  const files = upperFiles(union);
  if (isRegular(mode)) {
    // A file without a name needs no directory: it is made where the work directory was.
    const work = isWorkGone(union) ? (union.upper as Layer).root : workOf(union).node;
    needUnprotected(files, work, IMMUTABLE);
    const upper = files.createUnnamed?.(work, { mode, uid, gid });
    if (upper !== undefined) return { upper, name: undefined, flags: 0, bytes: 0 };
  }
  const name = temporaryName(union);
  const target = isSymlink(mode) ? { target: lower.layer.files.readlink(lower.node) } : {};
  const made = hasFlags(mode) ? { mode, uid, gid } : { mode, uid, gid, rdev, ...target };
  const upper = files.create(workOf(union).node, name, made);
  return { upper, name, flags: 0, bytes: 0 };
};

const copyMetadata = (union: Union, lower: Place, mode: number, copy: Copy): void => {
  copyAttributes(union, lower.layer.files, lower.node, copy.upper);
  if (hasFlags(mode)) copy.flags |= copyFlags(union, lower, copy.upper);
};

const copyContent = (union: Union, lower: Place, data: Place, need: CopyUpNeed, copy: Copy): void => {
  const { size } = lower.layer.files.stat(lower.node);
  const files = upperFiles(union);
  if (need === 'metadata' && union.options.metacopy) {
    markMetacopy(files, copy.upper, union.options.prefix, size);
    copy.flags |= NODE.METACOPY;
  } else copy.bytes = copySized(data, files, copy.upper, size);
};

/** Gives the copy its name: from now on it is seen. ENOSPC, and then nothing is left of it. */
export const putInPlace = (union: Union, copy: Copy, dir: NodeId, placeName: string): void => {
  const files = upperFiles(union);
  try {
    if (copy.name === undefined) files.link(copy.upper, dir, placeName);
    else files.rename(workOf(union).node, copy.name, dir, placeName, 0);
  } catch (error) {
    abandon(union, copy);
    throw error;
  }
};

const abandon = (union: Union, { upper, name }: Copy): void => {
  if (name !== undefined) {
    discard(union, name);
    return;
  }
  // A file without a name goes with whoever held it last.
  upperFiles(union).hold(upper);
  upperFiles(union).release(upper);
};

/** All extended attributes but the overlay's own; escaped ones are a process's (ovl_copy_xattr). */
export const copyAttributes = (union: Union, from: FileSystem, source: NodeId, upper: NodeId): void => {
  const { prefix } = union.options;
  for (const name of from.listxattr(source)) {
    if (name.startsWith(prefix) && !name.startsWith(`${prefix}overlay.`)) continue;
    const value = from.getxattr(source, name);
    if (value !== undefined) upperFiles(union).setxattr(upper, name, value);
  }
};
