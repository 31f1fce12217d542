// The work directory at mount time: `work` in it is made anew with mode 000, and the upper root gets its uuid.
// Kernel: fs/overlayfs/super.c, ovl_make_workdir; overlayfs.rst, "Volatile mount", "UUID and fsid".

import { fail, isFsError } from '../fs/errno.ts';
import { type FileSystem, RENAME } from '../fs/filesystem.ts';
import { IMMUTABLE, needUnprotected, protectionOf } from '../fs/inode-flags.ts';
import type { Kernel } from '../fs/kernel.ts';
import { S_IFDIR, S_IFREG } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import { cleanUp } from './clean-up.ts';
import { errorNumber, isTold } from './error-number.ts';
import type { NamedLayers } from './named-directory.ts';
import { lastNames, type NamedDirectory } from './named-directory.ts';
import { isVolatile, type OverlayOptions } from './options.ts';
import { getMark, hasMark, writeMark } from './xattr.ts';

export interface PreparedWork {
  readonly node: NodeId;
  /** To be called when the mount is done: a file that was made on trial goes only then. */
  readonly removeTrial: () => void;
}

/**
 * Makes the directory for work in progress; undefined where there is no upper layer, or where it cannot be made: then the
 * mount is read-only. EINVAL after an unclean volatile mount.
 */
export const prepareWork = (
  { work }: NamedLayers,
  options: OverlayOptions,
  log: (line: string) => void,
): PreparedWork | undefined => {
  const node = work === undefined ? undefined : makeWork(work, log);
  if (work === undefined || node === undefined) return undefined;
  const { fs } = work.spot.mount;
  const removeTrial = tryUnnamed(fs, node, log);
  try {
    tryWhiteout(fs, node);
    if (isVolatile(options)) markVolatile(fs, node);
  } catch (error) {
    removeTrial();
    throw error;
  }
  return { node, removeTrial };
};

const TRIAL = { mode: S_IFREG, uid: 0, gid: 0 };

/** Whether there can be files without a name is tried; the function that is given back lets go of the one made. */
const tryUnnamed = (fs: FileSystem, work: NodeId, log: (line: string) => void): (() => void) => {
  try {
    const unnamed = fs.createUnnamed?.(work, TRIAL);
    // Every disk has such files, the contract of filesystems leaves it open.
    if (unnamed === undefined) return () => undefined;
    fs.hold(unnamed);
    return () => fs.release(unnamed);
  } catch (error) {
    if (!isFsError(error, 'ENOSPC')) throw error;
    log('overlayfs: upper fs does not support tmpfile.');
    return () => undefined;
  }
};

/** Whether a rename can leave a whiteout is tried (ovl_check_rename_whiteout): ENOSPC where there is no room for that. */
const tryWhiteout = (fs: FileSystem, work: NodeId): void => {
  try {
    fs.create(work, '#0', TRIAL);
    fs.rename(work, '#0', work, '#1', RENAME.WHITEOUT);
  } finally {
    for (const { name } of fs.readdir(work)) fs.unlink(work, name);
  }
};

/** Anew, in place of what an earlier mount left (ovl_workdir_create). */
const makeWork = ({ spot, named }: NamedDirectory, log: (line: string) => void): NodeId | undefined => {
  const { fs, covers } = spot.mount;
  try {
    if (fs.lookup(spot.node, 'work') !== 0)
      cleanUp(fs, spot.node, 'work', 0, log, (node) => covers.has(node));
    if (fs.lookup(spot.node, 'work') !== 0) fail('EEXIST');
    needUnprotected(fs, spot.node, IMMUTABLE);
    return fs.create(spot.node, 'work', { mode: S_IFDIR, uid: 0, gid: 0 });
  } catch (error) {
    if (!isFsError(error) || !isTold(error.code) || error.code === 'EINVAL') throw error;
    const why = `errno: ${-errorNumber(error.code)}`;
    log(`overlayfs: failed to create directory ${named}/work (${why}); mounting read-only`);
    return undefined;
  }
};

const markVolatile = (fs: FileSystem, work: NodeId): void => {
  const directory = { mode: S_IFDIR, uid: 0, gid: 0 };
  const incompatible = fs.create(work, 'incompat', directory);
  const feature = fs.create(incompatible, 'volatile', directory);
  fs.create(feature, 'dirty', { mode: S_IFREG, uid: 0, gid: 0 });
};

const UUID_SIZE = 16;

/**
 * What the mount table shows. uuid=auto: an upper directory that is new gets one, an older one without goes on without;
 * one that is found stays auto. uuid=off wants a single filesystem.
 */
export const settleUuid = (
  { random }: Kernel,
  upper: NamedDirectory | undefined,
  { uuid, prefix }: OverlayOptions,
  filesystems: number,
  log: (line: string) => void,
): OverlayOptions['uuid'] => {
  if (uuid === 'off' && filesystems > 1) {
    log('overlayfs: The uuid=off requires a single fs for lower and upper, falling back to uuid=null.');
    return 'null';
  }
  if (upper === undefined || uuid === 'off' || uuid === 'null') return uuid;
  const { fs } = upper.spot.mount;
  const root = upper.spot.node;
  const known = getMark(fs, root, prefix, 'uuid');
  if (known?.length === UUID_SIZE) return uuid;
  const fallBack = (what: 'get' | 'set', error: number): 'null' => {
    const shown = lastNames(upper);
    log(`overlayfs: failed to ${what} uuid (${shown}, err=${error}); falling back to uuid=null.`);
    return 'null';
  };
  if (known !== undefined) return fallBack('get', known.length < UUID_SIZE ? known.length : -34);
  if (uuid === 'auto' && hasMark(fs, root, prefix, 'impure')) return 'null';
  if (protectionOf(fs, root) !== 0) return fallBack('set', errorNumber('EPERM'));
  try {
    writeMark(fs, root, prefix, 'uuid', random.bytes(UUID_SIZE));
    return 'on';
  } catch (error) {
    if (!isFsError(error, 'ENOSPC')) throw error;
    return fallBack('set', errorNumber('ENOSPC'));
  }
};

/** The filesystem's id in statfs(2), from its uuid; undefined for an overlay that has none, and shows the one below (ovl_has_fsid). */
export const fsidOf = (
  upper: NamedDirectory | undefined,
  { prefix }: OverlayOptions,
  uuid: OverlayOptions['uuid'],
): bigint | undefined => {
  if (uuid === 'off' || uuid === 'null') return undefined;
  // There is nowhere to look for one, and that is taken for a uuid of zeros.
  if (upper === undefined) return 0n;
  const bytes = getMark(upper.spot.mount.fs, upper.spot.node, prefix, 'uuid');
  if (bytes === undefined) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getBigUint64(0, true) ^ view.getBigUint64(8, true);
};
