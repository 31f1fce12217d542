// open(2), close(2), dup(2), pipe(2).

import { ownsInode, R_OK, W_OK, X_OK } from '../credentials.ts';
import { CONTROLLING_TTY, openDevice } from '../device.ts';
import { fail } from '../errno.ts';
import type { InodeAttributes } from '../filesystem.ts';
import { APPEND_ONLY, needUnprotected } from '../inode-flags.ts';
import { type FileKind, isDirectory, isRegular, kindOf, S_IFREG, S_ISVTX } from '../mode.ts';
import { enterMounts, type Spot } from '../mount.ts';
import { forbids } from '../mount-options.ts';
import { InodeFile, type OpenFile } from '../open-file.ts';
import { O, readable, writable } from '../open-flags.ts';
import { Pipe, PipeEnd } from '../pipe.ts';
import { placelessOf } from '../placeless-file.ts';
import type { Process } from '../process.ts';
import { type Place, walk, walkToPlace } from '../walk.ts';
import { ownDescriptor } from './own-descriptor.ts';
import { needAccess, needAccessTo, needWritableMount, newOwnership } from './place.ts';
import { dropSetId } from './set-id.ts';

/** Opens `path` and gives the lowest free descriptor. `mode` is for a file that O_CREAT makes, before the umask. */
export const open = (process: Process, path: string, flags: number, mode = 0o666): number => {
  const behind = ownDescriptor(process, path);
  if (behind !== undefined) return process.install(behind);
  // Since Linux 6.4 nobody asks for a directory to be made (build_open_flags).
  if ((flags & O.CREAT) !== 0 && (flags & O.DIRECTORY) !== 0) fail('EINVAL');
  if ((flags & O.TMPFILE) === O.TMPFILE) return process.install(openUnnamed(process, path, flags, mode));
  try {
    return process.install(openPlaced(process, path, flags, mode));
  } catch (error) {
    return process.install(placelessOf(error));
  }
};

const openPlaced = (process: Process, path: string, flags: number, mode: number): OpenFile => {
  if ((flags & O.CREAT) !== 0) return openOrCreate(process, path, flags, mode);
  const spot = walk(process, path, (flags & O.NOFOLLOW) === 0);
  return openExisting(process, spot, spot.mount.fs.inode(spot.node), path, flags);
};

/** O_TMPFILE: a new file in a directory of `path`'s filesystem, without a name until link(2) gives it one. */
const openUnnamed = (process: Process, path: string, flags: number, mode: number): OpenFile => {
  if (!writable(flags) || (flags & O.CREAT) !== 0) fail('EINVAL');
  const dir = walk(process, path, (flags & O.NOFOLLOW) === 0);
  const { fs } = dir.mount;
  if (!isDirectory(fs.inode(dir.node).mode)) fail('ENOTDIR');
  needWritableMount(dir.mount);
  const parent = needAccess(process, dir, W_OK | X_OK);
  const made = newOwnership(process, parent, S_IFREG | (mode & 0o7777));
  const node = fs.createUnnamed?.(dir.node, made) ?? fail('EOPNOTSUPP');
  return new InodeFile(process.kernel, { mount: dir.mount, node }, path, flags, false);
};

const openExisting = (
  process: Process,
  spot: Spot,
  inode: InodeAttributes,
  path: string,
  flags: number,
): OpenFile => {
  const kind = kindOf(inode.mode);
  if ((flags & O.PATH) === 0) checkExisting(process, spot, inode, kind, flags);
  return describe(process, spot, kind, path, flags);
};

const openOrCreate = (process: Process, path: string, flags: number, mode: number): OpenFile => {
  const exclusive = (flags & O.EXCL) !== 0;
  const place = walkToPlace(process, path, !exclusive && (flags & O.NOFOLLOW) === 0);
  if (place.slash && place.special === undefined) fail('EISDIR');
  if (place.node !== 0 && exclusive) fail('EEXIST');
  if (place.special !== undefined) fail('EISDIR');
  if (place.node === 0)
    return new InodeFile(process.kernel, create(process, place, mode), path, flags, false);
  const spot = enterMounts(place);
  const inode = spot.mount.fs.inode(spot.node);
  if (isDirectory(inode.mode)) fail('EISDIR');
  if (isRestricted(process, place)) fail('EACCES');
  return openExisting(process, spot, inode, path, flags);
};

/**
 * O_CREAT of somebody else's device in a sticky directory that all may write to (may_create_in_sticky). Files and
 * fifos are restricted by fs.protected_regular and fs.protected_fifos only, which are 0 here as in a plain kernel.
 */
const isRestricted = (process: Process, place: Place): boolean => {
  const directory = place.mount.fs.inode(place.dir);
  if ((directory.mode & S_ISVTX) === 0 || (directory.mode & 0o002) === 0) return false;
  const { mode, uid } = place.mount.fs.inode(place.node);
  if (isRegular(mode) || kindOf(mode) === 'fifo') return false;
  return uid !== directory.uid && uid !== process.cred.uid;
};

const create = (process: Process, place: Place, mode: number): Spot => {
  needWritableMount(place.mount);
  const directory: Spot = { mount: place.mount, node: place.dir };
  const parent = needAccess(process, directory, W_OK | X_OK);
  const made = newOwnership(process, parent, S_IFREG | (mode & 0o7777));
  const node = place.mount.fs.create(place.dir, place.name, made);
  process.kernel.changed(directory);
  return { mount: place.mount, node };
};

const checkExisting = (
  process: Process,
  spot: Spot,
  inode: InodeAttributes,
  kind: FileKind,
  flags: number,
): void => {
  const { fs } = spot.mount;
  if (kind === 'symlink') fail('ELOOP');
  const writes = writable(flags) || (flags & O.TRUNC) !== 0;
  if (kind === 'directory' && writes) fail('EISDIR');
  if ((kind === 'char' || kind === 'block') && forbids(spot.mount, 'nodev')) fail('EACCES');
  if (kind !== 'directory' && (flags & O.DIRECTORY) !== 0) fail('ENOTDIR');
  if (kind === 'socket') fail('ENXIO');
  needAccessTo(process, spot, inode, (readable(flags) ? R_OK : 0) | (writes ? W_OK : 0));
  // may_open: an append-only file is written to at its end, and O_NOATIME is the owner's.
  if (writes && ((flags & O.APPEND) === 0 || (flags & O.TRUNC) !== 0))
    needUnprotected(fs, spot.node, APPEND_ONLY);
  if ((flags & O.NOATIME) !== 0 && !ownsInode(inode, process.cred)) fail('EPERM');
  if (kind !== 'file' && kind !== 'directory') return;
  if (writes) needWritableMount(spot.mount);
  if (writes && process.kernel.isExecuted(spot)) fail('ETXTBSY');
  fs.open(spot.node, flags);
  if ((flags & O.TRUNC) !== 0 && kind === 'file') {
    dropSetId(process, spot);
    fs.setattr(spot.node, { size: 0, mtime: process.kernel.clock.now() }, 'open O_TRUNC');
    process.kernel.changed(spot);
  }
};

const describe = (process: Process, spot: Spot, kind: FileKind, path: string, flags: number): OpenFile => {
  const { kernel } = process;
  const { fs } = spot.mount;
  if (kind === 'char' && (flags & O.PATH) === 0) {
    if (fs.inode(spot.node).rdev === CONTROLLING_TTY)
      return (process.terminal ?? fail('ENXIO')).open(path, flags);
    return openDevice(kernel, spot, path, flags);
  }
  if (kind === 'block') fail('ENXIO');
  if (kind !== 'fifo') return new InodeFile(kernel, spot, path, flags, kind === 'directory');
  const pipe = kernel.fifo(spot);
  const nobodyReads = pipe.readers === 0 && !readable(flags);
  if (nobodyReads && (flags & O.NONBLOCK) !== 0) fail('ENXIO');
  return new PipeEnd(pipe, flags, path, spot);
};

export const close = (process: Process, fd: number): void => {
  const file = process.file(fd);
  process.fds.delete(fd);
  if (process.closeOnExec.size > 0) process.closeOnExec.delete(fd);
  process.drop(file);
};

/** A second descriptor for the same description, the lowest free one from `least` on. */
export const dup = (process: Process, fd: number, least = 0): number =>
  process.install(process.file(fd), least);

/** Makes `to` refer to what `fd` refers to, closing what it was. EBADF too where `to` is no descriptor's number. */
export const dup2 = (process: Process, fd: number, to: number): number => {
  const file = process.file(fd);
  if (fd === to) return to;
  if (to < 0 || to >= process.limits.nofile.soft) fail('EBADF');
  const before = process.fds.get(to);
  file.references++;
  process.fds.set(to, file);
  process.closeOnExec.delete(to);
  if (before !== undefined) process.drop(before);
  return to;
};

/** A pipe: [the end to read from, the end to write to]. */
export const pipe = (process: Process): [read: number, write: number] => {
  const buffer = new Pipe();
  return [process.install(new PipeEnd(buffer, O.RDONLY)), process.install(new PipeEnd(buffer, O.WRONLY))];
};

/** Marks a descriptor to be closed, or kept, when the process becomes another program. */
export const setCloseOnExec = (process: Process, fd: number, close: boolean): void => {
  process.file(fd);
  if (close) process.closeOnExec.add(fd);
  else process.closeOnExec.delete(fd);
};
