// The work directory at mount time: `work` in it is made anew with mode 000, and the upper root gets its uuid.
// Kernel: fs/overlayfs/super.c, ovl_make_workdir; overlayfs.rst, "Volatile mount", "UUID and fsid".

import { fail } from '../fs/errno.ts';
import { type FileSystem, RENAME } from '../fs/filesystem.ts';
import type { Kernel } from '../fs/kernel.ts';
import { S_IFDIR, S_IFREG } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import type { NamedLayers } from './mount-overlay.ts';
import type { NamedDirectory } from './named-directory.ts';
import { isVolatile, type OverlayOptions } from './options.ts';
import { removeTree } from './remove-tree.ts';

/** Makes the directory for work in progress; 0 for a mount without an upper layer. EINVAL after an unclean volatile one. */
export const prepareWork = (
  { work }: NamedLayers,
  options: OverlayOptions,
  log: (line: string) => void,
): NodeId => {
  if (work === undefined) return 0;
  const { fs } = work.spot.mount;
  const base = work.spot.node;
  const old = fs.lookup(base, 'work');
  if (old !== 0) clearOld(fs, base, old, log);
  const node = fs.create(base, 'work', { mode: S_IFDIR, uid: 0, gid: 0 });
  tryUpper(fs, node);
  if (isVolatile(options)) markVolatile(fs, node);
  return node;
};

/**
 * What the upper filesystem can do is tried (ovl_make_workdir): files without a name, of which the last goes when the
 * call returns, and renames that leave a whiteout. ENOSPC where it is too full for those.
 */
const tryUpper = (fs: FileSystem, work: NodeId): void => {
  const made = { mode: S_IFREG, uid: 0, gid: 0 };
  const unnamed = fs.createUnnamed?.(work, made);
  if (unnamed !== undefined) fs.hold(unnamed);
  try {
    fs.create(work, '#0', made);
    fs.rename(work, '#0', work, '#1', RENAME.WHITEOUT);
  } finally {
    for (const { name } of fs.readdir(work)) fs.unlink(work, name);
    if (unnamed !== undefined) fs.release(unnamed);
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
  const known = fs.getxattr(root, `${prefix}uuid`);
  if (known?.length === UUID_SIZE) return uuid;
  if (known !== undefined) {
    const error = known.length < UUID_SIZE ? known.length : -34;
    const shown = fs.path(root).split('/').slice(-2).join('/');
    log(`overlayfs: failed to get uuid (${shown}, err=${error}); falling back to uuid=null.`);
    return 'null';
  }
  if (uuid === 'auto' && fs.getxattr(root, `${prefix}impure`) !== undefined) return 'null';
  fs.setxattr(root, `${prefix}uuid`, random.bytes(UUID_SIZE));
  return 'on';
};
