// The index directory at mount time: it belongs to one upper directory and one lowest layer's tree, or the mount fails.
// Entries that nothing leads to any more are removed.
// Kernel: fs/overlayfs/super.c, ovl_get_indexdir; namei.c, ovl_verify_index.

import { fail } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import { isDirectory, S_IFDIR } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import type { NamedLayers } from './mount-overlay.ts';
import type { NamedDirectory } from './named-directory.ts';
import type { OverlayOptions } from './options.ts';
import { encodeHandle } from './origin.ts';
import { removeTree } from './remove-tree.ts';
import { isWhiteout } from './whiteout.ts';
import { getMark, type OwnPrefix, writeMark } from './xattr.ts';

/** The hexadecimal form of a file handle: version 0, the magic number, its length. */
const HANDLE = /^00fb(?:[0-9a-f]{2}){19,}$/;

/** Makes the index ready; its node, if there is an upper layer. ESTALE when it, or the upper directory, was used with other directories. */
export const prepareIndex = (
  { lowers, upper, work }: NamedLayers,
  { prefix }: OverlayOptions,
  log: (line: string) => void,
): NodeId | undefined => {
  if (upper === undefined || work === undefined) return undefined;
  const { fs } = work.spot.mount;
  const base = work.spot.node;
  const handle = handleOf(upper);
  if (!claim(fs, upper.spot.node, prefix, 'origin', handleOf(lowers[0] as NamedDirectory)))
    refuse('upper root origin', log, '');
  const old = fs.lookup(base, 'index');
  const index = old === 0 ? fs.create(base, 'index', { mode: S_IFDIR, uid: 0, gid: 0 }) : old;
  if (!claim(fs, index, prefix, 'upper', handle)) refuse("index dir 'upper' xattr", log);
  for (const { name } of fs.readdir(index)) {
    if (!name.startsWith('#') && !HANDLE.test(name)) {
      log(`overlayfs: failed to verify index (index/${name}, err=-22)`);
      fail('EINVAL');
    }
    if (isLeft(fs, index, name, prefix)) continue;
    if (isStale(fs, index, name, prefix)) removeTree(fs, index, name);
  }
  return index;
};

const handleOf = ({ spot }: NamedDirectory): Uint8Array => encodeHandle(spot.mount.fs.dev, spot.node);

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

const ADVICE = "try deleting index dir or mounting with '-o index=off' to disable inodes index.";

const refuse = (what: string, log: (line: string) => void, advice = ADVICE): never => {
  log(`overlayfs: failed to verify ${what}`);
  if (advice !== '') log(`overlayfs: ${advice}`);
  return fail('ESTALE');
};

/** A whiteout, and an entry that names a directory: both are of nfs_export (ovl_verify_index). */
const isLeft = (fs: FileSystem, index: NodeId, name: string, prefix: OwnPrefix): boolean => {
  if (name.startsWith('#')) return false;
  const node = fs.lookup(index, name);
  return isWhiteout(fs, node, prefix) || isDirectory(fs.inode(node).mode);
};

/** Unfinished work, an entry whose name is not its origin, and one whose last name was removed. */
const isStale = (fs: FileSystem, index: NodeId, name: string, prefix: OwnPrefix): boolean => {
  const node = fs.lookup(index, name);
  if (name.startsWith('#')) return true;
  const origin = getMark(fs, node, prefix, 'origin');
  if (origin === undefined || Buffer.from(origin).toString('hex') !== name) return true;
  const stored = getMark(fs, node, prefix, 'nlink');
  const { nlink } = fs.stat(node);
  return nlink === 1 && stored !== undefined && nlink + Number(Buffer.from(stored).toString().slice(1)) <= 0;
};
