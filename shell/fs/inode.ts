// An inode of a disk filesystem: everything about a file but its names.

import type { AttributeList } from './attribute-list.ts';
import { Content } from './content.ts';
import type { Epoch } from './epoch.ts';
import type { Fill, NewInode } from './filesystem.ts';
import { isDirectory, isRegular } from './mode.ts';
import { PersistentMap } from './persistent-map.ts';
import type { Owned } from './persistent-table.ts';
import type { NodeId } from './stat.ts';

/** A directory whose entries, or all but some, are made when somebody looks for the first time. */
class Unfilled {
  readonly entries: PersistentMap<NodeId>;
  readonly fill: Fill;

  constructor(entries: PersistentMap<NodeId>, fill: Fill) {
    this.entries = entries;
    this.fill = fill;
  }
}

/** What no two kinds of files have: a regular file's bytes, a directory's entries, a symbolic link's target. */
type Body = Content | PersistentMap<NodeId> | Unfilled | string | undefined;

/** There are many of them: what only some files have shares a field. */
export class Inode implements Owned {
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
  /** A directory's place, so that '..' and getcwd(2) need no search. */
  parent: NodeId;
  name: string;
  body: Body;

  /** A file that is made now. */
  constructor(
    epoch: number,
    { mode, uid, gid }: Pick<NewInode, 'mode' | 'uid' | 'gid'>,
    now: bigint,
    body: Body,
  ) {
    this.epoch = epoch;
    this.mode = mode;
    this.uid = uid;
    this.gid = gid;
    this.rdev = 0;
    this.nlink = 1;
    this.atime = now;
    this.mtime = now;
    this.ctime = now;
    this.btime = now;
    this.xattrs = undefined;
    this.parent = 0;
    this.name = '';
    this.body = body;
  }

  /** What a change in a new epoch writes to; content and entries stay shared until they change. */
  copy(epoch: number): Inode {
    const copy = new Inode(epoch, this, this.btime, shareBody(this.body));
    copy.rdev = this.rdev;
    copy.nlink = this.nlink;
    copy.atime = this.atime;
    copy.mtime = this.mtime;
    copy.ctime = this.ctime;
    copy.xattrs = this.xattrs;
    copy.parent = this.parent;
    copy.name = this.name;
    return copy;
  }

  /** A regular file's bytes; for changing them, `ownContent`. */
  get content(): Content | undefined {
    return this.body instanceof Content ? this.body : undefined;
  }

  set content(content: Content) {
    this.body = content;
  }

  /** A directory's entries, as far as they have been made. */
  get entries(): PersistentMap<NodeId> | undefined {
    if (this.body instanceof PersistentMap) return this.body;
    return this.body instanceof Unfilled ? this.body.entries : undefined;
  }

  /** Makes the other entries of a directory; undefined when there are no others. */
  get fill(): Fill | undefined {
    return this.body instanceof Unfilled ? this.body.fill : undefined;
  }

  set fill(fill: Fill | undefined) {
    const { entries } = this;
    if (entries !== undefined) this.body = fill === undefined ? entries : new Unfilled(entries, fill);
  }

  /** What a symbolic link points to. */
  get target(): string | undefined {
    return typeof this.body === 'string' ? this.body : undefined;
  }
}

/** The bytes of all files that nobody has written to yet. */
const EMPTY = new Content();

/** A regular file's bytes, for changing them. */
export const ownContent = (inode: Inode): Content | undefined => {
  if (inode.body === EMPTY) inode.body = new Content();
  return inode.content;
};

const shareBody = (body: Body): Body => {
  if (body instanceof Content) return body === EMPTY ? EMPTY : body.share();
  if (body instanceof PersistentMap) return body.fork();
  return body instanceof Unfilled ? new Unfilled(body.entries.fork(), body.fill) : body;
};

export const newInode = (made: NewInode, epoch: Epoch, now: bigint): Inode => {
  const inode = new Inode(epoch.now, made, now, newBody(made, epoch));
  if (made.rdev !== undefined) inode.rdev = made.rdev;
  if (made.mtime !== undefined) inode.atime = inode.mtime = made.mtime;
  if (isDirectory(made.mode)) inode.nlink = 2;
  return inode;
};

const newBody = ({ mode, content = EMPTY, target }: NewInode, epoch: Epoch): Body => {
  if (isRegular(mode)) return content;
  return isDirectory(mode) ? new PersistentMap<NodeId>(epoch) : target;
};

/** Notes under which name it lies where; of a file with several names, one of them. */
export const placeInode = (inode: Inode, dir: NodeId, name: string): void => {
  inode.parent = dir;
  inode.name = name;
};
