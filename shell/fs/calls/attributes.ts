// Calls on what is known about a file: stat(2), access(2), chmod(2), chown(2), utimensat(2), readlink(2), readdir(3), statfs(2).

import { CAP_CHOWN } from '../capability.ts';
import { type Cred, capable, inGroup, keepsSetGroup, ownsInode, R_OK, W_OK, X_OK } from '../credentials.ts';
import { fail } from '../errno.ts';
import type { AttributeChange, InodeAttributes } from '../filesystem.ts';
import { APPEND_ONLY, IMMUTABLE, needUnprotected } from '../inode-flags.ts';
import { isDirectory, isRegular, S_ISGID } from '../mode.ts';
import type { Spot } from '../mount.ts';
import { forbids, keepsAccessTime } from '../mount-options.ts';
import { placelessOf } from '../placeless-file.ts';
import type { Process } from '../process.ts';
import type { Dirent, Stat, StatFs } from '../stat.ts';
import { walk } from '../walk.ts';
import { ownDescriptor } from './own-descriptor.ts';
import { needAccess, needWritableMount } from './place.ts';
import { dropFileCapabilities, withoutSetId } from './set-id.ts';

export const stat = (process: Process, path: string): Stat => {
  const own = ownDescriptor(process, path);
  if (own !== undefined) return own.stat();
  try {
    return statOf(walk(process, path));
  } catch (error) {
    return placelessOf(error).stat();
  }
};
export const lstat = (process: Process, path: string): Stat => statOf(walk(process, path, false));
export const fstat = (process: Process, fd: number): Stat => process.file(fd).stat();

const statOf = (spot: Spot): Stat => spot.mount.fs.stat(spot.node);

/** Throws unless the process may do all of `want` (R_OK | W_OK | X_OK; 0 asks for existence). */
export const access = (process: Process, path: string, want: number): void => {
  if (ownDescriptor(process, path) !== undefined) return;
  const spot = walk(process, path);
  const { mode } = spot.mount.fs.inode(spot.node);
  // A fifo or a device on a read-only filesystem can be written to all the same (sb_permission).
  if ((want & W_OK) !== 0 && (isRegular(mode) || isDirectory(mode))) needWritableMount(spot.mount);
  if ((want & X_OK) !== 0 && isRegular(mode) && forbids(spot.mount, 'noexec')) fail('EACCES');
  needAccess(process, spot, want);
};

export const statfs = (process: Process, path: string): StatFs => walk(process, path).mount.fs.statfs();

export const readlink = (process: Process, path: string): string => {
  const { mount, node } = walk(process, path, false);
  const target = mount.fs.readlink(node);
  if (keepsAccessTime(mount)) mount.fs.accessed?.(node);
  return target;
};

/** The entries of a directory without '.' and '..', in the filesystem's order. */
export const readdir = (process: Process, path: string): Dirent[] => {
  const spot = walk(process, path);
  if (!isDirectory(spot.mount.fs.inode(spot.node).mode)) fail('ENOTDIR');
  needAccess(process, spot, R_OK);
  return listed(spot);
};

export const getdents = (process: Process, fd: number): Dirent[] => {
  const { spot } = process.file(fd);
  if (spot === undefined || !isDirectory(spot.mount.fs.inode(spot.node).mode)) return fail('ENOTDIR');
  return listed(spot);
};

const listed = (spot: Spot): Dirent[] => {
  const { fs } = spot.mount;
  const entries = fs.readdir(spot.node);
  if (keepsAccessTime(spot.mount) && !forbids(spot.mount, 'nodiratime')) fs.accessed(spot.node);
  return entries;
};

const change = (process: Process, spot: Spot, values: AttributeChange, cause: string): void => {
  spot.mount.fs.setattr(spot.node, values, cause);
  process.kernel.changed(spot);
};

export const chmod = (process: Process, path: string, mode: number): void =>
  setMode(process, walk(process, path), mode);

/** The file behind a descriptor, a named pipe too. EINVAL for what has none. */
const spotOf = (process: Process, fd: number): Spot => {
  const file = process.file(fd);
  return file.spot ?? file.fifo ?? fail('EINVAL');
};

export const fchmod = (process: Process, fd: number, mode: number): void =>
  setMode(process, spotOf(process, fd), mode);

const setMode = (process: Process, spot: Spot, mode: number): void => {
  needWritableMount(spot.mount);
  needUnprotected(spot.mount.fs, spot.node, IMMUTABLE | APPEND_ONLY);
  const inode = spot.mount.fs.inode(spot.node);
  if (!ownsInode(inode, process.cred)) fail('EPERM');
  const bits = keepsSetGroup(inode, process.cred) ? 0o7777 : 0o7777 & ~S_ISGID;
  change(process, spot, { mode: mode & bits }, 'chmod');
};

/** -1 keeps an id. */
export const chown = (process: Process, path: string, uid: number, gid: number): void =>
  setOwner(process, walk(process, path), uid, gid);
export const lchown = (process: Process, path: string, uid: number, gid: number): void =>
  setOwner(process, walk(process, path, false), uid, gid);
export const fchown = (process: Process, fd: number, uid: number, gid: number): void =>
  setOwner(process, spotOf(process, fd), uid, gid);

const setOwner = (process: Process, spot: Spot, uid: number, gid: number): void => {
  needWritableMount(spot.mount);
  const { cred } = process;
  if (uid !== -1 || gid !== -1) needUnprotected(spot.mount.fs, spot.node, IMMUTABLE | APPEND_ONLY);
  const inode = spot.mount.fs.inode(spot.node);
  if (!mayChown(inode, cred, uid, gid)) fail('EPERM');
  const values: { mode?: number; uid?: number; gid?: number } = {};
  if (uid !== -1) values.uid = uid;
  if (gid !== -1) values.gid = gid;
  // chown(2): set-user-ID goes, set-group-ID too where the group may execute or is not the caller's, and capabilities.
  if (!isDirectory(inode.mode)) {
    dropFileCapabilities(process, spot);
    const left = withoutSetId(inode, cred);
    if (left !== (inode.mode & 0o7777)) {
      if (!ownsInode(inode, cred)) fail('EPERM');
      values.mode = left;
    }
  }
  change(process, spot, values, 'chown');
};

/** chown_ok and chgrp_ok: an owner gives a file to nobody, and to groups he is in. */
const mayChown = (inode: InodeAttributes, cred: Cred, uid: number, gid: number): boolean => {
  if (capable(cred, CAP_CHOWN)) return true;
  const owns = cred.uid === inode.uid;
  return (
    (uid === -1 || (owns && uid === inode.uid)) &&
    (gid === -1 || (owns && (gid === inode.gid || inGroup(cred, gid))))
  );
};

export interface Times {
  readonly atime?: bigint | 'now';
  readonly mtime?: bigint | 'now';
}

/** An absent time stays as it is (UTIME_OMIT). */
export const utimens = (
  process: Process,
  path: string,
  times: Times,
  options: { follow?: boolean } = {},
): void => setTimes(process, walk(process, path, options.follow ?? true), times);
export const futimens = (process: Process, fd: number, times: Times): void =>
  setTimes(process, spotOf(process, fd), times);

const setTimes = (process: Process, spot: Spot, times: Times): void => {
  needWritableMount(spot.mount);
  const inode = spot.mount.fs.inode(spot.node);
  const onlyNow = times.atime === 'now' && times.mtime === 'now';
  // may_setattr: the present time may be set of an append-only file.
  needUnprotected(spot.mount.fs, spot.node, onlyNow ? IMMUTABLE : IMMUTABLE | APPEND_ONLY);
  if (!ownsInode(inode, process.cred)) {
    if (!onlyNow) fail('EPERM');
    needAccess(process, spot, W_OK);
  }
  const now = process.kernel.clock.now();
  const values: { atime?: bigint; mtime?: bigint } = {};
  if (times.atime !== undefined) values.atime = times.atime === 'now' ? now : times.atime;
  if (times.mtime !== undefined) values.mtime = times.mtime === 'now' ? now : times.mtime;
  change(process, spot, values, 'utimens');
};

export const umask = (process: Process, mask?: number): number => {
  const before = process.mask;
  if (mask !== undefined) process.mask = mask & 0o777;
  return before;
};
