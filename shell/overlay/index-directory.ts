// The index directory at mount time: it belongs to one upper directory and one lowest layer's tree, or the mount fails.
// Kernel: overlayfs.rst, "Sharing and copying layers"; fs/overlayfs/super.c, ovl_get_indexdir.

import { fail } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import { S_IFDIR } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import { ADVICE } from './index-entries.ts';
import type { NamedLayers } from './mount-overlay.ts';
import { lastNames, type NamedDirectory } from './named-directory.ts';
import type { OverlayOptions } from './options.ts';
import { encodeHandle } from './origin.ts';
import { getMark, type OwnPrefix, writeMark } from './xattr.ts';

/**
 * Makes the index ready, and gives its node. ESTALE when it, or the upper directory, was used with other directories.
 * Precondition: there is an upper layer.
 */
export const prepareIndex = (
  named: NamedLayers,
  { prefix }: OverlayOptions,
  log: (line: string) => void,
): NodeId => {
  const { lowers } = named;
  const [upper, work] = [named.upper, named.work] as [NamedDirectory, NamedDirectory];
  const { fs } = work.spot.mount;
  const base = work.spot.node;
  const handle = handleOf(upper);
  if (!claim(fs, upper.spot.node, prefix, 'origin', handleOf(lowers[0] as NamedDirectory)))
    refuse('upper root origin', log, '');
  const old = fs.lookup(base, 'index');
  const index = old === 0 ? fs.create(base, 'index', { mode: S_IFDIR, uid: 0, gid: 0 }) : old;
  if (!claim(fs, index, prefix, 'upper', handle)) {
    log(
      `overlayfs: failed to verify upper (${lastNames(upper)}, ino=${fs.stat(upper.spot.node).ino}, err=-116)`,
    );
    refuse("index dir 'upper' xattr", log);
  }
  return index;
};

const handleOf = ({ spot }: NamedDirectory): Uint8Array => encodeHandle(spot.mount.fs, spot.node);

/** Writes the handle, or compares it with the one that is there. */
const claim = (
  fs: FileSystem,
  node: NodeId,
  prefix: OwnPrefix,
  mark: 'origin' | 'upper',
  handle: Uint8Array,
): boolean => {
  const there = getMark(fs, node, prefix, mark);
  if (there === undefined) writeMark(fs, node, prefix, mark, handle);
  return there === undefined || Buffer.compare(there, handle) === 0;
};

const refuse = (what: string, log: (line: string) => void, advice = ADVICE): never => {
  log(`overlayfs: failed to verify ${what}`);
  if (advice !== '') log(`overlayfs: ${advice}`);
  return fail('ESTALE');
};
