// An inode of a disk filesystem: everything about a file but its names.

import type { AttributeList } from './attribute-list.ts';
import { Content } from './content.ts';
import type { Epoch } from './epoch.ts';
import type { Fill, NewInode } from './filesystem.ts';
import { isDirectory, isRegular } from './mode.ts';
import { PersistentMap } from './persistent-map.ts';
import type { Owned } from './persistent-table.ts';
import type { NodeId } from './stat.ts';

export interface Inode extends Owned {
  epoch: number;
  mode: number;
  uid: number;
  gid: number;
  /** A device's number. Regular files and directories, which are no devices, keep their flags here (chattr(1)). */
  rdev: number;
  nlink: number;
  atime: bigint;
  mtime: bigint;
  ctime: bigint;
  /** When it was made. */
  readonly btime: bigint;
  xattrs: AttributeList | undefined;
  /** A regular file's bytes; for changing them, `ownContent`. */
  content: Content | undefined;
  /** A directory's entries. */
  entries: PersistentMap<NodeId> | undefined;
  /** Makes a directory's entries when somebody looks for the first time. */
  fill: Fill | undefined;
  /** What a symbolic link points to. */
  target: string | undefined;
  /** A directory's place, so that '..' and getcwd(2) need no search. */
  parent: NodeId;
  name: string;
}

/** The bytes of all files that nobody has written to yet. */
const EMPTY = new Content();

/** A regular file's bytes, for changing them. */
export const ownContent = (inode: Inode): Content | undefined => {
  if (inode.content === EMPTY) inode.content = new Content();
  return inode.content;
};

/** The inode that a change in a new epoch writes to; content and entries stay shared until they change. */
export const copyInode = (inode: Inode, epoch: number): Inode => ({
  ...inode,
  epoch,
  content: inode.content === EMPTY ? EMPTY : inode.content?.share(),
  entries: inode.entries?.fork(),
});

export const newInode = (made: NewInode, epoch: Epoch, now: bigint): Inode => ({
  epoch: epoch.now,
  mode: made.mode,
  uid: made.uid,
  gid: made.gid,
  rdev: made.rdev ?? 0,
  nlink: isDirectory(made.mode) ? 2 : 1,
  atime: made.mtime ?? now,
  mtime: made.mtime ?? now,
  ctime: now,
  btime: now,
  xattrs: undefined,
  content: isRegular(made.mode) ? (made.content ?? EMPTY) : undefined,
  entries: isDirectory(made.mode) ? new PersistentMap<NodeId>(epoch) : undefined,
  fill: undefined,
  target: made.target,
  parent: 0,
  name: '',
});

/** Notes under which name it lies where; of a file with several names, one of them. */
export const placeInode = (inode: Inode, dir: NodeId, name: string): void => {
  inode.parent = dir;
  inode.name = name;
};
