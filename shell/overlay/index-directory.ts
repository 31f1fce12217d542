// The index directory at mount time: it belongs to one upper directory, and that to one topmost lower layer, or the mount fails.
// Kernel: overlayfs.rst, "Sharing and copying layers"; fs/overlayfs/super.c, ovl_get_indexdir; namei.c, ovl_verify_set_fh.

import { fail } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import { protectionOf } from '../fs/inode-flags.ts';
import { isDirectory, S_IFDIR } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import { unverified } from './error-number.ts';
import { ADVICE } from './index-entries.ts';
import type { NamedLayers } from './named-directory.ts';
import { lastNames, type NamedDirectory } from './named-directory.ts';
import type { OverlayOptions } from './options.ts';
import { encodeHandle } from './origin.ts';
import { getMark, type OwnPrefix, writeMark } from './xattr.ts';

type Log = (line: string) => void;

/**
 * Makes the index ready, and gives its node. ESTALE when it, or the upper directory, was used with other directories;
 * ENOTDIR, EPERM. Precondition: there is an upper layer.
 */
export const prepareIndex = (named: NamedLayers, { prefix }: OverlayOptions, log: Log): NodeId => {
  const [upper, work] = [named.upper, named.work] as [NamedDirectory, NamedDirectory];
  const { fs } = work.spot.mount;
  const ofLower = claim(fs, upper.spot.node, prefix, 'origin', named.lowers[0] as NamedDirectory);
  if (ofLower !== undefined) {
    log('overlayfs: failed to verify upper root origin');
    fail(ofLower);
  }
  const old = fs.lookup(work.spot.node, 'index');
  const index = old === 0 ? fs.create(work.spot.node, 'index', { mode: S_IFDIR, uid: 0, gid: 0 }) : old;
  if (!isDirectory(fs.inode(index).mode)) fail('ENOTDIR');
  const ofUpper = claim(fs, index, prefix, 'upper', upper);
  if (ofUpper === undefined) return index;
  const { ino } = fs.stat(upper.spot.node);
  log(unverified('upper', lastNames(upper), ino, ofUpper));
  log("overlayfs: failed to verify index dir 'upper' xattr");
  log(`overlayfs: ${ADVICE}`);
  return fail(ofUpper);
};

/** Writes the other directory's handle, or compares it with the one that is there. */
const claim = (
  fs: FileSystem,
  node: NodeId,
  prefix: OwnPrefix,
  mark: 'origin' | 'upper',
  { spot }: NamedDirectory,
): 'ESTALE' | 'EPERM' | undefined => {
  const handle = encodeHandle(spot.mount.fs, spot.node);
  const there = getMark(fs, node, prefix, mark);
  if (there !== undefined) return Buffer.compare(there, handle) === 0 ? undefined : 'ESTALE';
  if (protectionOf(fs, node) !== 0) return 'EPERM';
  writeMark(fs, node, prefix, mark, handle);
  return undefined;
};
