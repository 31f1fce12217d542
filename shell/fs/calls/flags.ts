// ioctl(2) FS_IOC_GETFLAGS and FS_IOC_SETFLAGS: the flags that lsattr(1) shows and chattr(1) sets.

import { CAP_LINUX_IMMUTABLE } from '../capability.ts';
import { needCapability, ownsInode } from '../credentials.ts';
import { fail } from '../errno.ts';
import { APPEND_ONLY, hasFlags, IMMUTABLE } from '../inode-flags.ts';
import type { Spot } from '../mount.ts';
import { O } from '../open-flags.ts';
import type { Process } from '../process.ts';
import { needWritableMount } from './place.ts';

/**
 * The flags of the file behind a descriptor, bits of `FLAG` (inode-flags.ts). ENOTTY for what is neither a regular file
 * nor a directory, and on filesystems without flags; EBADF for an O_PATH descriptor.
 */
export const getFlags = (process: Process, fd: number): number => {
  const { mount, node } = spotOf(process, fd);
  return mount.fs.flags?.(node) ?? fail('ENOTTY');
};

/**
 * Sets the flags of the file behind a descriptor, which may be open for reading only. `flags` are all of them: chattr(1)
 * asks for them first. EPERM for who does not own the file, or changes 'i' or 'a' without CAP_LINUX_IMMUTABLE (a
 * container's root has not got it); EOPNOTSUPP for a flag that the filesystem does not have; EROFS; ENOTTY.
 */
export const setFlags = (process: Process, fd: number, flags: number): void => {
  const spot = spotOf(process, fd);
  const { fs } = spot.mount;
  needWritableMount(spot.mount);
  if (fs.flags === undefined || fs.setFlags === undefined) return fail('ENOTTY');
  if (!ownsInode(fs.inode(spot.node), process.cred)) fail('EPERM');
  const changed = flags ^ fs.flags(spot.node);
  if ((changed & (IMMUTABLE | APPEND_ONLY)) !== 0) needCapability(process.cred, CAP_LINUX_IMMUTABLE);
  fs.setFlags(spot.node, flags);
  process.kernel.changed(spot);
};

const spotOf = (process: Process, fd: number): Spot => {
  const { spot, flags } = process.file(fd);
  if ((flags & O.PATH) !== 0) fail('EBADF');
  if (spot === undefined) return fail('ENOTTY');
  const { mode } = spot.mount.fs.inode(spot.node);
  return hasFlags(mode) ? spot : fail('ENOTTY');
};
