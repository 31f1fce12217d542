// What fstat(2) tells of a pipe without a name (pipe(7)).

import { makedev, S_IFIFO } from './mode.ts';
import type { Stat } from './stat.ts';

/** The kernel's own filesystem for pipes, which nobody can mount. */
const PIPEFS = makedev(0, 14);

/** `ino` tells pipes apart; `time` is when it was made, in ns since 1970. */
export const pipeStat = (ino: number, time = 0n): Stat => ({
  dev: PIPEFS,
  ino,
  mode: S_IFIFO | 0o600,
  kind: 'fifo',
  nlink: 1,
  uid: 0,
  gid: 0,
  rdev: 0,
  size: 0,
  blksize: 4096,
  blocks: 0,
  atime: time,
  mtime: time,
  ctime: time,
});
