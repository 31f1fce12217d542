// What stat(2) tells of an inode of a disk.

import { BLOCK_SIZE } from './content.ts';
import { blocksOf, type DiskType, sizeOf } from './disk-space.ts';
import type { Inode } from './inode.ts';
import { kindOf } from './mode.ts';
import type { NodeId, Stat } from './stat.ts';

/** A new object each time; a directory's entries must be there. */
export const statInode = (inode: Inode, ino: NodeId, dev: number, type: DiskType): Stat => ({
  dev,
  ino,
  mode: inode.mode,
  kind: kindOf(inode.mode),
  // btrfs does not count what is below a directory.
  nlink: type === 'btrfs' && inode.entries !== undefined ? Math.min(inode.nlink, 1) : inode.nlink,
  uid: inode.uid,
  gid: inode.gid,
  rdev: inode.content === undefined && inode.entries === undefined ? inode.rdev : 0,
  size: sizeOf(inode, type),
  blksize: BLOCK_SIZE,
  blocks: blocksOf(inode, type) * (BLOCK_SIZE / 512),
  atime: inode.atime,
  mtime: inode.mtime,
  ctime: inode.ctime,
  btime: inode.btime,
});
