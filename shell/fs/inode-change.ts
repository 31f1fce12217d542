// Changes of one inode of a disk that more than one line decides: attributes, allocation, the access time.

import type { Content } from './content.ts';
import type { DiskSpace, DiskType } from './disk-space.ts';
import { fail } from './errno.ts';
import type { AttributeChange } from './filesystem.ts';
import { type Inode, ownContent } from './inode.ts';
import { FLAG, hasFlags, IMMUTABLE } from './inode-flags.ts';
import { nameLength } from './name.ts';

/** relatime: an access time is renewed once a day at least. */
const DAY = 86_400_000_000_000n;

export const changeAttributes = (
  inode: Inode,
  change: AttributeChange,
  type: DiskType,
  space: DiskSpace,
  now: bigint,
): void => {
  // ext4_setattr: not even a change of nothing.
  if ((inode.rdev & IMMUTABLE) !== 0 && type === 'ext4' && hasFlags(inode.mode)) fail('EPERM');
  if (change.mode !== undefined) inode.mode = (inode.mode & 0o170000) | (change.mode & 0o7777);
  if (change.uid !== undefined) inode.uid = change.uid;
  if (change.gid !== undefined) inode.gid = change.gid;
  if (change.size !== undefined) {
    const { size } = change;
    const before = inode.content ?? fail('EINVAL');
    // tmpfs leaves the time of a file without blocks that keeps its size (shmem_setattr); ext4 sets it always.
    if (type !== 'tmpfs' || size !== before.size || before.blocks > 0) inode.mtime = now;
    if (size !== before.size) resize(inode, size, space);
  }
  if (change.atime !== undefined) inode.atime = change.atime;
  if (change.mtime !== undefined) inode.mtime = change.mtime;
  inode.ctime = now;
};

const resize = (inode: Inode, size: number, space: DiskSpace): void => {
  const content = ownContent(inode) as Content;
  space.during(content, () => content.truncate(size));
};

/** fallocate(2). ENODEV for what has no data, ENOSPC. */
export const allocateRange = (
  inode: Inode,
  space: DiskSpace,
  offset: number,
  length: number,
  how: 'allocate' | 'keep-size' | 'punch',
): void => {
  const content = ownContent(inode) ?? fail('ENODEV');
  if (how !== 'punch' && space.fitting(content, offset, length) < length) fail('ENOSPC');
  space.during(content, () => {
    if (how === 'punch') content.punch(offset, length);
    else content.allocate(offset, length);
    if (how === 'allocate' && offset + length > content.size) content.truncate(offset + length);
  });
};

/** The next data, or hole, from `position` on; undefined behind the end. */
export const nextOf = (
  content: Content | undefined,
  position: number,
  what: 'data' | 'hole',
): number | undefined => {
  if (content === undefined || position >= content.size) return undefined;
  return what === 'data' ? content.nextData(position) : content.nextHole(position);
};

/** Whether reading at `now` renews the access time (relatime, and the flag A of chattr(1)). */
export const isAtimeDue = (inode: Inode, now: bigint): boolean =>
  (inode.rdev & FLAG.A) === 0 &&
  (inode.atime <= inode.mtime || inode.atime <= inode.ctime || now - inode.atime >= DAY);

/** Linux: EXT4_LINK_MAX. */
const MOST_LINKS = 65_000;

/** The file; EMLINK for one that has as many names as ext4 counts. tmpfs has no such limit. */
export const checkLinks = (inode: Inode, type: DiskType): Inode =>
  inode.nlink >= MOST_LINKS && type === 'ext4' ? fail('EMLINK') : inode;

/** The directory; ENOENT for a removed one that somebody still stands in, which takes no names. */
export const checkNew = (dir: Inode, name: string): Inode => {
  if (dir.nlink === 0) fail('ENOENT');
  return nameLength(name) > 255 ? fail('ENAMETOOLONG') : dir;
};
