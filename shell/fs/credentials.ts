// Who asks, and what they may: the permission checks of path_resolution(7) and inode(7).

import type { InodeAttributes } from './filesystem.ts';
import { isDirectory, S_ISVTX } from './mode.ts';

export interface Cred {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

export const ROOT: Cred = { uid: 0, gid: 0, groups: [0] };

export const R_OK = 4;
export const W_OK = 2;
export const X_OK = 1;

export const inGroup = (cred: Cred, gid: number): boolean => cred.gid === gid || cred.groups.includes(gid);

/** Whether `cred` may do all of `want` (R_OK | W_OK | X_OK). Root may, save for executing what nobody may execute. */
export const mayAccess = (inode: InodeAttributes, cred: Cred, want: number): boolean => {
  if (cred.uid === 0) return (want & X_OK) === 0 || isDirectory(inode.mode) || (inode.mode & 0o111) !== 0;
  const shift = inode.uid === cred.uid ? 6 : inGroup(cred, inode.gid) ? 3 : 0;
  return ((inode.mode >>> shift) & want) === want;
};

/** Whether `cred` may change what only an owner may: mode, times. */
export const ownsInode = (inode: InodeAttributes, cred: Cred): boolean =>
  cred.uid === 0 || inode.uid === cred.uid;

/** In a sticky directory only the owner of the entry or of the directory removes it. */
export const stickyForbids = (dir: InodeAttributes, entry: InodeAttributes, cred: Cred): boolean =>
  (dir.mode & S_ISVTX) !== 0 && cred.uid !== 0 && cred.uid !== entry.uid && cred.uid !== dir.uid;
