// Calls on the bytes of open files: read(2), write(2), lseek(2), ftruncate(2), fallocate(2), copy_file_range(2).

import { W_OK } from '../credentials.ts';
import { DeviceFile } from '../device.ts';
import { fail } from '../errno.ts';
import { APPEND_ONLY, IMMUTABLE, needUnprotected } from '../inode-flags.ts';
import { checkFileSize, roomInFile } from '../limits.ts';
import { isDirectory, isRegular } from '../mode.ts';
import { InodeFile, type Whence } from '../open-file.ts';
import { O, writable } from '../open-flags.ts';
import type { Process } from '../process.ts';
import { walk } from '../walk.ts';
import { needAccess, needWritableMount } from './place.ts';
import { dropSetId } from './set-id.ts';

/** Up to `length` bytes; an empty array at the end. A promise where the bytes have yet to come. */
export const read = (process: Process, fd: number, length: number): Uint8Array | Promise<Uint8Array> =>
  process.file(fd).read(process, length);

/** Writes all of the bytes; a promise where the other end is slow. Throws EPIPE when nobody reads any more. */
export const write = (process: Process, fd: number, bytes: Uint8Array): number | Promise<number> => {
  const file = process.file(fd);
  if (!(file instanceof InodeFile) || bytes.length === 0 || !writable(file.flags))
    return file.write(process, bytes);
  dropSetId(process, file.spot);
  return process.limits.fsize.soft === Number.POSITIVE_INFINITY
    ? file.write(process, bytes)
    : writeWithin(process, file, bytes);
};

/** Up to the limit on the sizes of files; what is beyond is the next write's, which fails. */
const writeWithin = (process: Process, file: InodeFile, bytes: Uint8Array): number => {
  const start = (file.flags & O.APPEND) === 0 ? file.position : file.stat().size;
  const room = roomInFile(process, start, bytes.length);
  const written = file.write(process, room < bytes.length ? bytes.subarray(0, room) : bytes);
  return room < bytes.length ? written + writeWithin(process, file, bytes.subarray(room)) : written;
};

const inodeFile = (process: Process, fd: number): InodeFile => {
  const file = process.file(fd);
  return file instanceof InodeFile ? file : fail('ESPIPE');
};

export const pread = (process: Process, fd: number, length: number, position: number): Uint8Array => {
  const file = process.file(fd);
  return file instanceof DeviceFile ? file.pread(length) : inodeFile(process, fd).pread(length, position);
};

export const pwrite = (process: Process, fd: number, bytes: Uint8Array, position: number): number => {
  const device = process.file(fd);
  if (device instanceof DeviceFile) return device.pwrite(bytes);
  const file = inodeFile(process, fd);
  if (bytes.length > 0 && writable(file.flags)) dropSetId(process, file.spot);
  return file.pwrite(bytes.subarray(0, roomInFile(process, position, bytes.length)), position);
};

export const lseek = (process: Process, fd: number, offset: number, whence: Whence): number => {
  const file = process.file(fd);
  if (file instanceof InodeFile) return file.seek(offset, whence);
  return file.spot === undefined ? fail('ESPIPE') : 0;
};

export const ftruncate = (process: Process, fd: number, size: number): void => {
  const file = process.file(fd);
  if (!(file instanceof InodeFile) || !writable(file.flags) || size < 0) fail('EINVAL');
  if (!isRegular(file.stat().mode)) fail('EINVAL');
  needUnprotected(file.spot.mount.fs, file.spot.node, APPEND_ONLY);
  if (size > file.stat().size) checkFileSize(process, size);
  dropSetId(process, file.spot);
  file.spot.mount.fs.setattr(file.spot.node, { size, mtime: process.kernel.clock.now() }, 'ftruncate');
  process.kernel.changed(file.spot);
};

export const truncate = (process: Process, path: string, size: number): void => {
  if (size < 0) fail('EINVAL');
  const spot = walk(process, path);
  const { fs } = spot.mount;
  const { mode } = fs.inode(spot.node);
  if (isDirectory(mode)) fail('EISDIR');
  if (!isRegular(mode)) fail('EINVAL');
  needWritableMount(spot.mount);
  needAccess(process, spot, W_OK);
  needUnprotected(fs, spot.node, APPEND_ONLY);
  if (process.kernel.isExecuted(spot)) fail('ETXTBSY');
  if (size > fs.stat(spot.node).size) checkFileSize(process, size);
  dropSetId(process, spot);
  fs.setattr(spot.node, { size }, 'truncate');
  process.kernel.changed(spot);
};

/** Everything is on the disk at once: only the descriptor is checked. */
export const fsync = (process: Process, fd: number): void => {
  const { mode } = process.file(fd).stat();
  if (!isRegular(mode) && !isDirectory(mode)) fail('EINVAL');
};

/** `how` as in fallocate(2): allocate, the same with FALLOC_FL_KEEP_SIZE, or FALLOC_FL_PUNCH_HOLE. */
export const fallocate = (
  process: Process,
  fd: number,
  how: 'allocate' | 'keep-size' | 'punch',
  offset: number,
  length: number,
): void => {
  const file = process.file(fd);
  if (offset < 0 || length <= 0) fail('EINVAL');
  if (!(file instanceof InodeFile)) fail(file.stat().kind === 'fifo' ? 'ESPIPE' : 'ENODEV');
  if (!writable(file.flags)) fail('EBADF');
  const { fs } = file.spot.mount;
  // Of an append-only file no more than room is asked for (vfs_fallocate).
  needUnprotected(fs, file.spot.node, how === 'punch' ? IMMUTABLE | APPEND_ONLY : IMMUTABLE);
  if (!isRegular(file.stat().mode)) fail('ENODEV');
  dropSetId(process, file.spot);
  fs.fallocate(file.spot.node, offset, length, how);
  process.kernel.changed(file.spot);
};

/**
 * Copies up to `length` bytes from one file to another at their positions, which move. Where a whole file goes to an
 * empty one on the same filesystem its blocks are shared, holes and all. Gives the number of bytes copied.
 */
export const copyFileRange = (process: Process, from: number, to: number, length: number): number => {
  const source = inodeFile(process, from);
  const target = inodeFile(process, to);
  const whole = source.position === 0 && target.position === 0 && length >= source.stat().size;
  const same = source.spot.mount.fs === target.spot.mount.fs && source.spot.node !== target.spot.node;
  if (whole && same && writable(target.flags) && target.stat().size === 0) {
    dropSetId(process, target.spot);
    target.spot.mount.fs.copyRange(source.spot.node, target.spot.node);
    process.kernel.changed(target.spot);
    source.position = target.position = target.stat().size;
    return target.position;
  }
  const bytes = source.read(process, Math.min(length, 1 << 20));
  if (bytes.length === 0) return 0;
  if (writable(target.flags)) dropSetId(process, target.spot);
  return target.write(process, bytes);
};
