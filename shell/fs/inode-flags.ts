// The flags of a file that chattr(1) sets (FS_IOC_SETFLAGS(2const), linux/fs.h): which there are on which disk, who
// may set them, what a new file has of its directory's, and what the immutable and the append-only one forbid.

import type { DiskType } from './disk-space.ts';
import { fail } from './errno.ts';
import type { FileSystem } from './filesystem.ts';
import { isDirectory, isRegular } from './mode.ts';
import type { NodeId } from './stat.ts';

/** By the letter that chattr(1) has for it. */
export const FLAG = {
  s: 0x1,
  u: 0x2,
  c: 0x4,
  S: 0x8,
  i: 0x10,
  a: 0x20,
  d: 0x40,
  A: 0x80,
  E: 0x800,
  I: 0x1000,
  j: 0x4000,
  t: 0x8000,
  D: 0x10000,
  T: 0x20000,
  e: 0x80000,
  V: 0x100000,
  m: 0x400,
  C: 0x800000,
  x: 0x2000000,
  N: 0x10000000,
  P: 0x20000000,
  F: 0x40000000,
} as const;

export const IMMUTABLE = FLAG.i;
export const APPEND_ONLY = FLAG.a;

const all = (letters: string): number =>
  [...letters].reduce((flags, letter) => flags | FLAG[letter as keyof typeof FLAG], 0);

interface Rules {
  /** May be set: on a directory, and on a regular file. */
  readonly directory: number;
  readonly file: number;
  /** Shown, and left as they are by whoever sets others: chattr(1) hands back what it was told. */
  readonly shown: number;
  /** What a new directory, and a new file, has when its directory has it. */
  readonly inheritedByDirectory: number;
  readonly inheritedByFile: number;
  /** What every file has. */
  readonly always: number;
}

/** Linux: fs/ext4/ext4.h, EXT4_FL_USER_MODIFIABLE, EXT4_FL_INHERITED; linux/shmem_fs.h, SHMEM_FL_USER_MODIFIABLE; fs/btrfs/ioctl.c; OpenZFS. */
const rules = {
  ext4: {
    directory: all('sucSiadAjtDTxP') | 0x400000,
    file: all('sucSiadAjtx') | 0x400000,
    shown: all('EIeVNm') | 0x300,
    inheritedByDirectory: all('sucSdAjtDxP'),
    inheritedByFile: all('sucSdAjtx'),
    always: FLAG.e,
  },
  tmpfs: {
    directory: all('iadA'),
    file: all('iadA'),
    shown: 0,
    inheritedByDirectory: all('dA'),
    inheritedByFile: all('dA'),
    always: 0,
  },

  // fs/btrfs/ioctl.c, check_fsflags.
  btrfs: {
    directory: all('iadASDcCm'),
    file: all('iadAScCm'),
    shown: 0,
    inheritedByDirectory: all('cCm'),
    inheritedByFile: all('cCm'),
    always: 0,
  },
  // module/os/linux/zfs/zpl_file.c, ZFS_FL_USER_VISIBLE.
  zfs: {
    directory: all('iadP'),
    file: all('iadP'),
    shown: 0,
    inheritedByDirectory: all('P'),
    inheritedByFile: all('P'),
    always: 0,
  },
} as const satisfies Record<DiskType, Rules>;

/** What is kept of the flags that somebody sets. EOPNOTSUPP for one that such a file cannot have there. */
export const settableFlags = (type: DiskType, mode: number, flags: number): number => {
  const { shown, file, directory } = rules[type];
  const settable = isDirectory(mode) ? directory : file;
  if ((flags & ~(settable | shown)) !== 0) fail('EOPNOTSUPP');
  return flags & settable;
};

/** Only regular files and directories have flags. */
export const hasFlags = (mode: number): boolean => isRegular(mode) || isDirectory(mode);

/** The flags that FS_IOC_GETFLAGS tells, from those that are kept. */
export const shownFlags = (type: DiskType, mode: number, kept: number): number =>
  hasFlags(mode) ? kept | rules[type].always : 0;

/** What a new file keeps of its directory's flags. */
export const inheritedFlags = (type: DiskType, mode: number, parent: number): number => {
  if (parent === 0) return 0;
  const { inheritedByDirectory, inheritedByFile } = rules[type];
  if (isDirectory(mode)) return parent & inheritedByDirectory;
  return isRegular(mode) ? parent & inheritedByFile : 0;
};

/** Which of the immutable and the append-only flag a file has. */
export const protectionOf = (fs: FileSystem, node: NodeId): number =>
  (fs.flags?.(node) ?? 0) & (IMMUTABLE | APPEND_ONLY);

export const isImmutable = (fs: FileSystem, node: NodeId): boolean =>
  (protectionOf(fs, node) & IMMUTABLE) !== 0;

/** Throws EPERM for a file that has one of the flags of `protection`. */
export const needUnprotected = (fs: FileSystem, node: NodeId, protection: number): void => {
  if ((protectionOf(fs, node) & protection) !== 0) fail('EPERM');
};
