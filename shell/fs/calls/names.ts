// Calls that make, remove and move names: mkdir(2), mknod(2), link(2), symlink(2), unlink(2), rmdir(2), rename(2).

import { CAP_MKNOD } from '../capability.ts';
import { mayAccess, needCapability, ownsInode, R_OK, W_OK, X_OK } from '../credentials.ts';
import { fail } from '../errno.ts';
import { RENAME } from '../filesystem.ts';
import { APPEND_ONLY, IMMUTABLE, isImmutable, needUnprotected } from '../inode-flags.ts';
import {
  isDirectory,
  isRegular,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  S_ISGID,
  S_ISUID,
} from '../mode.ts';
import type { Spot } from '../mount.ts';
import { O } from '../open-flags.ts';
import type { Process } from '../process.ts';
import { type Place, walk, walkToPlace } from '../walk.ts';
import {
  needAccess,
  needFreePlace,
  needNoMount,
  needRemovable,
  needWritableMount,
  newOwnership,
} from './place.ts';

const touched = (process: Process, place: Place): void =>
  process.kernel.changed({ mount: place.mount, node: place.dir });

export const mkdir = (process: Process, path: string, mode = 0o777): void => {
  const place = walkToPlace(process, path);
  const parent = needFreePlace(process, place, true);
  place.mount.fs.create(place.dir, place.name, newOwnership(process, parent, S_IFDIR | (mode & 0o1777)));
  touched(process, place);
};

/** `mode` carries the type; without one a regular file is made. */
export const mknod = (process: Process, path: string, mode: number, rdev = 0): void => {
  const kind = mode & S_IFMT || S_IFREG;
  if (kind === S_IFDIR || kind === S_IFLNK) fail(kind === S_IFDIR ? 'EPERM' : 'EINVAL');
  const place = walkToPlace(process, path);
  const parent = needFreePlace(process, place, false);
  const device = kind === S_IFCHR || kind === S_IFBLK;
  // mknod(2): EPERM without CAP_MKNOD, save for the 0:0 of a whiteout, which anybody may make.
  if (device && !(kind === S_IFCHR && rdev === 0)) needCapability(process.cred, CAP_MKNOD);
  const made = newOwnership(process, parent, kind | (mode & 0o7777));
  place.mount.fs.create(place.dir, place.name, { ...made, rdev: device ? rdev : 0 });
  touched(process, place);
};

export const symlink = (process: Process, target: string, path: string): void => {
  if (target === '') fail('ENOENT');
  if (target.length >= 4096) fail('ENAMETOOLONG');
  const place = walkToPlace(process, path);
  const { uid, gid } = newOwnership(process, needFreePlace(process, place, false), S_IFLNK);
  place.mount.fs.create(place.dir, place.name, { mode: S_IFLNK | 0o777, uid, gid, target });
  touched(process, place);
};

/** A second name for a file; a symbolic link itself is linked (link(2)), unless `follow`. */
export const link = (process: Process, from: string, to: string, follow = false): void => {
  const source = walk(process, from, follow);
  const place = walkToPlace(process, to);
  if (place.special !== undefined || place.node !== 0) fail('EEXIST');
  if (place.slash) fail('ENOENT');
  needWritableMount(place.mount);
  if (source.mount !== place.mount) fail('EXDEV');
  if (!mayLink(process, source)) fail('EPERM');
  needAccess(process, { mount: place.mount, node: place.dir }, W_OK | X_OK);
  const { fs } = place.mount;
  needUnprotected(fs, source.node, IMMUTABLE | APPEND_ONLY);
  if (isDirectory(fs.inode(source.node).mode)) fail('EPERM');
  const { nlink } = fs.stat(source.node);
  if (nlink >= 65000) fail('EMLINK');
  if (nlink === 0 || fs.isNameless?.(source.node) === true) takeFirstName(process, source);
  fs.link(source.node, place.dir, place.name);
  touched(process, place);
};

/** A file that lost its names gets none again; one made by O_TMPFILE, without O_EXCL, gets its first (I_LINKABLE). */
const takeFirstName = (process: Process, { mount, node }: Spot): void => {
  const nameless = [...process.kernel.processes.values()]
    .flatMap(({ fds }) => [...fds.values()])
    .filter(({ spot, flags }) => spot?.node === node && spot.mount.fs === mount.fs && isLinkable(flags));
  if (nameless.length === 0) fail('ENOENT');
  for (const file of nameless) file.flags |= O.EXCL;
};

const isLinkable = (flags: number): boolean => (flags & O.TMPFILE) === O.TMPFILE && (flags & O.EXCL) === 0;

/** fs.protected_hardlinks: who does not own a file links it only if it is regular, his to read and write, and not set-ID. */
const mayLink = (process: Process, source: Spot): boolean => {
  const inode = source.mount.fs.inode(source.node);
  if (ownsInode(inode, process.cred)) return true;
  if (!isRegular(inode.mode) || (inode.mode & S_ISUID) !== 0) return false;
  if ((inode.mode & S_ISGID) !== 0 && (inode.mode & 0o010) !== 0) return false;
  return mayAccess(inode, process.cred, R_OK | W_OK) && !isImmutable(source.mount.fs, source.node);
};

export const unlink = (process: Process, path: string): void => {
  const place = walkToPlace(process, path, false, true);
  if (place.special !== undefined) fail('EISDIR');
  needWritableMount(place.mount);
  if (place.failed !== undefined) throw place.failed;
  if (place.node === 0) fail('ENOENT');
  const { fs } = place.mount;
  const directory = isDirectory(fs.inode(place.node).mode);
  if (place.slash) fail(directory ? 'EISDIR' : 'ENOTDIR');
  needRemovable(process, place);
  if (directory) fail('EISDIR');
  needNoMount(place);
  fs.unlink(place.dir, place.name);
  touched(process, place);
};

const isAt = (spot: Spot, place: Place): boolean =>
  spot.mount.fs === place.mount.fs && spot.node === place.node;

const unremovable = { '.': 'EINVAL', '..': 'ENOTEMPTY', '/': 'EBUSY' } as const;

export const rmdir = (process: Process, path: string): void => {
  const place = walkToPlace(process, path, false, true);
  if (place.special !== undefined) fail(unremovable[place.special]);
  needWritableMount(place.mount);
  if (place.failed !== undefined) throw place.failed;
  if (place.node === 0) fail('ENOENT');
  needRemovable(process, place);
  if (!isDirectory(place.mount.fs.inode(place.node).mode)) fail('ENOTDIR');
  needNoMount(place);
  // Whoever stands in it goes on standing in it: it stays, without a name, for as long as the machine.
  const stoodIn = [...process.kernel.processes.values()].some(
    (other) => isAt(other.cwd, place) || isAt(other.root, place),
  );
  if (stoodIn) place.mount.fs.hold(place.node);
  try {
    place.mount.fs.rmdir(place.dir, place.name);
  } catch (error) {
    if (stoodIn) place.mount.fs.release(place.node);
    throw error;
  }
  touched(process, place);
};

const ALL_RENAME = RENAME.NOREPLACE | RENAME.EXCHANGE | RENAME.WHITEOUT;

/** `flags` are RENAME bits, as renameat2(2) has them. */
export const rename = (process: Process, from: string, to: string, flags = 0): void => {
  const exchange = (flags & RENAME.EXCHANGE) !== 0;
  if ((flags & ~ALL_RENAME) !== 0) fail('EINVAL');
  if (exchange && (flags & (RENAME.NOREPLACE | RENAME.WHITEOUT)) !== 0) fail('EINVAL');
  const source = walkToPlace(process, from, false, true);
  const target = walkToPlace(process, to, false, true);
  if (source.mount !== target.mount) fail('EXDEV');
  if (source.special !== undefined) fail('EBUSY');
  if (target.special !== undefined) fail((flags & RENAME.NOREPLACE) !== 0 ? 'EEXIST' : 'EBUSY');
  needWritableMount(source.mount);
  if (source.failed !== undefined) throw source.failed;
  if (source.node === 0) fail('ENOENT');
  if (target.failed !== undefined) throw target.failed;
  if (target.node !== 0 && (flags & RENAME.NOREPLACE) !== 0) fail('EEXIST');
  if (target.node === 0 && exchange) fail('ENOENT');
  const move: Move = {
    source,
    target,
    exchange,
    moves: isDirectoryAt(source),
    replaces: isDirectoryAt(target),
  };
  checkSlashes(move);
  checkFamily(move);
  // Two names of one file stay as they are (vfs_rename).
  if (source.node !== 0 && fileOf(source) === fileOf(target)) return;
  checkRename(process, move);
  source.mount.fs.rename(source.dir, source.name, target.dir, target.name, flags);
  touched(process, source);
  touched(process, target);
};

/** What tells whether two names are one file; 0 for none. */
const fileOf = ({ mount, node }: Place): number => (node === 0 ? 0 : (mount.fs.fileOf?.(node) ?? node));

const isDirectoryAt = ({ mount, node }: Place): boolean =>
  node !== 0 && isDirectory(mount.fs.inode(node).mode);

interface Move {
  readonly source: Place;
  readonly target: Place;
  readonly exchange: boolean;
  /** The source is a directory. */
  readonly moves: boolean;
  /** The target is there, and a directory. */
  readonly replaces: boolean;
}

const checkSlashes = ({ source, target, exchange, moves, replaces }: Move): void => {
  if (!moves && (source.slash || (!exchange && target.slash))) fail('ENOTDIR');
  if (exchange && target.slash && !replaces) fail('ENOTDIR');
};

/** A directory cannot go below itself (EINVAL), nor replace one that it lies in (ENOTEMPTY). */
const checkFamily = ({ source, target, exchange, moves, replaces }: Move): void => {
  if (moves && isBelow(target, source)) fail('EINVAL');
  if (replaces && isBelow(source, target)) fail(exchange ? 'EINVAL' : 'ENOTEMPTY');
};

const isBelow = (place: Place, top: Place): boolean => {
  const { fs } = place.mount;
  for (let at = place.dir; ; at = fs.parent(at)) {
    if (at === top.node) return true;
    if (at === fs.root) return false;
  }
};

const checkRename = (process: Process, { source, target, exchange, moves, replaces }: Move): void => {
  needRemovable(process, source);
  if (target.node === 0) needAccess(process, { mount: target.mount, node: target.dir }, W_OK | X_OK);
  else needRemovable(process, target);
  if (target.node !== 0 && !exchange && moves !== replaces) fail(moves ? 'ENOTDIR' : 'EISDIR');
  if (source.dir !== target.dir) {
    if (moves) needAccess(process, source, W_OK);
    if (exchange && replaces) needAccess(process, target, W_OK);
  }
  needNoMount(source);
  needNoMount(target);
};
