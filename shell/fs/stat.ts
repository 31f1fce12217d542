// What stat(2), readdir(3) and statfs(2) tell.

import type { FileKind } from './mode.ts';

/** The number of a file within its filesystem. 0 stands for "no such entry". */
export type NodeId = number;

export interface Stat {
  readonly dev: number;
  readonly ino: number;
  /** Type and permission bits. */
  readonly mode: number;
  readonly kind: FileKind;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev: number;
  readonly size: number;
  readonly blksize: number;
  /** Allocated units of 512 bytes. */
  readonly blocks: number;
  /** Nanoseconds since 1970. */
  readonly atime: bigint;
  readonly mtime: bigint;
  readonly ctime: bigint;
  /** When it was made (statx(2)); absent where nothing keeps it. */
  readonly btime?: bigint;
}

export interface Dirent {
  readonly name: string;
  readonly ino: number;
  readonly type: FileKind;
}

/** Sizes in blocks of `bsize` bytes. */
export interface StatFs {
  readonly type: string;
  readonly bsize: number;
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
  readonly files: number;
  readonly ffree: number;
  /** f_fsid, where that is not the device's number. */
  readonly fsid?: bigint;
}
