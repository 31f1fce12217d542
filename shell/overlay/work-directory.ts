// The work directory at mount time: `work` in it is made anew with mode 000, and the upper root gets its uuid.
// Kernel: fs/overlayfs/super.c, ovl_make_workdir; overlayfs.rst, "Volatile mount", "UUID and fsid".

import { fail, isFsError } from '../fs/errno.ts';
import { type FileSystem, RENAME } from '../fs/filesystem.ts';
import type { Kernel } from '../fs/kernel.ts';
import { S_IFDIR, S_IFREG } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import type { NamedLayers } from './mount-overlay.ts';
import { lastNames, type NamedDirectory } from './named-directory.ts';
import { isVolatile, type OverlayOptions } from './options.ts';
import { removeTree } from './remove-tree.ts';
import { getMark, hasMark, writeMark } from './xattr.ts';

export interface PreparedWork {
  readonly node: NodeId;
  /** To be called when the mount is done: a file that was made on trial goes only then. */
  readonly removeTrial: () => void;
}

/** Makes the directory for work in progress, if there is an upper layer. EINVAL after an unclean volatile mount. */
export const prepareWork = (
  { work }: NamedLayers,
  options: OverlayOptions,
  log: (line: string) => void,
): PreparedWork | undefined => {
  if (work === undefined) return undefined;
  const { fs } = work.spot.mount;
  const base = work.spot.node;
  const old = fs.lookup(base, 'work');
  if (old !== 0) clearOld(fs, base, old, log);
  const node = fs.create(base, 'work', { mode: S_IFDIR, uid: 0, gid: 0 });
  const removeTrial = tryUnnamed(fs, node);
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
const tryUnnamed = (fs: FileSystem, work: NodeId): (() => void) => {
  try {
    const unnamed = fs.createUnnamed?.(work, TRIAL);
    if (unnamed === undefined) return () => undefined;
    fs.hold(unnamed);
    return () => fs.release(unnamed);
  } catch (error) {
    if (!isFsError(error, 'ENOSPC')) throw error;
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

/** What an earlier mount left: all of it goes, but for the mark of a volatile mount, which forbids this one. */
const clearOld = (fs: FileSystem, base: NodeId, old: NodeId, log: (line: string) => void): void => {
  const incompatible = fs.lookup(old, 'incompat');
  if (incompatible !== 0) {
    const features = fs.readdir(incompatible).map(({ name }) => name);
    for (const name of features) {
      log(`overlayfs: overlay with incompat feature '${name}' cannot be mounted`);
      fail('EINVAL');
    }
  }
  removeTree(fs, base, 'work');
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
  try {
    writeMark(fs, root, prefix, 'uuid', random.bytes(UUID_SIZE));
    return 'on';
  } catch (error) {
    if (!isFsError(error, 'ENOSPC')) throw error;
    return fallBack('set', -28);
  }
};
