// What calls that make, remove or change files ask first: may this process write here?

import { keepsSetGroup, mayAccess, stickyForbids, W_OK, X_OK } from '../credentials.ts';
import { fail } from '../errno.ts';
import { type InodeAttributes, isReadOnlyFilesystem } from '../filesystem.ts';
import { APPEND_ONLY, IMMUTABLE, needUnprotected, protectionOf } from '../inode-flags.ts';
import { isDirectory, isRegular, isSymlink, S_ISGID } from '../mode.ts';
import { isReadOnly, type Mount, type Spot } from '../mount.ts';
import type { Process } from '../process.ts';
import type { Place } from '../walk.ts';

/** Throws EROFS on a mount that nobody may write to. */
export const needWritableMount = (mount: Mount): void => {
  if (isReadOnly(mount)) fail('EROFS');
};

/**
 * The file's attributes. Throws EROFS for writing to a file of a filesystem that is read-only, EPERM for an immutable
 * one, EACCES where the process may not do `want` (inode_permission).
 */
export const needAccess = (process: Process, spot: Spot, want: number): InodeAttributes => {
  const inode = spot.mount.fs.inode(spot.node);
  needAccessTo(process, spot, inode, want);
  return inode;
};

/** The same for a file whose attributes are known. */
export const needAccessTo = (
  process: Process,
  { mount: { fs }, node }: Spot,
  inode: InodeAttributes,
  want: number,
): void => {
  if ((want & W_OK) !== 0) {
    if (isReadOnlyFilesystem(fs) && isStored(inode.mode)) fail('EROFS');
    needUnprotected(fs, node, IMMUTABLE);
  }
  if (!mayAccess(inode, process.cred, want)) fail('EACCES');
  if ((want & W_OK) !== 0 && fs.isSealed?.(node) && isStored(inode.mode)) fail('EROFS');
};

/** Writing to it writes to its filesystem: so it is with all but devices, fifos and sockets (sb_permission). */
const isStored = (mode: number): boolean => isDirectory(mode) || isRegular(mode) || isSymlink(mode);

/**
 * For a name to be made: EEXIST, ENOENT for 'missing/' of a file, EROFS, EACCES, in the kernel's order (filename_create).
 * The directory's attributes.
 */
export const needFreePlace = (process: Process, place: Place, directory: boolean): InodeAttributes => {
  if (place.special !== undefined || place.node !== 0) fail('EEXIST');
  if (place.slash && !directory) fail('ENOENT');
  needWritableMount(place.mount);
  return needAccess(process, { mount: place.mount, node: place.dir }, W_OK | X_OK);
};

/** For a name to be removed: EACCES for the directory, EPERM for a sticky or protected one (may_delete). */
export const needRemovable = (process: Process, place: Place): void => {
  const { fs } = place.mount;
  const directory = fs.inode(place.dir);
  const protection = protectionOf(fs, place.dir);
  if ((protection & IMMUTABLE) !== 0) fail('EPERM');
  if (!mayAccess(directory, process.cred, W_OK | X_OK)) fail('EACCES');
  if (fs.isSealed?.(place.dir)) fail('EROFS');
  if ((protection & APPEND_ONLY) !== 0) fail('EPERM');
  if (stickyForbids(directory, fs.inode(place.node), process.cred)) fail('EPERM');
  needUnprotected(fs, place.node, IMMUTABLE | APPEND_ONLY);
};

/** Throws EBUSY when something is mounted on the name. */
export const needNoMount = (place: Place): void => {
  if (place.mount.covers.has(place.node)) fail('EBUSY');
};

/**
 * Owner and mode of a new file in the directory `parent`: where that is setgid the group is inherited, and a directory
 * keeps the bit (inode(7)).
 */
export const newOwnership = (
  process: Process,
  parent: InodeAttributes,
  mode: number,
): { mode: number; uid: number; gid: number } => {
  const { uid, gid } = process.cred;
  const masked = mode & ~process.mask;
  if ((parent.mode & S_ISGID) === 0) return { mode: masked, uid, gid };
  if (isDirectory(mode)) return { mode: masked | S_ISGID, uid, gid: parent.gid };
  // Nobody makes a set-group-ID program for a group he is not in (mode_strip_sgid).
  const both = S_ISGID | 0o010;
  const stripped = (mode & both) === both && !keepsSetGroup(parent, process.cred);
  return { mode: stripped ? masked & ~S_ISGID : masked, uid, gid: parent.gid };
};
