// The index directory at mount time: it belongs to one upper directory and one lowest layer's tree, or the mount fails.
// Entries that nothing leads to any more are removed.
// Kernel: overlayfs.rst, "Sharing and copying layers"; fs/overlayfs/super.c, ovl_get_indexdir; namei.c, ovl_verify_index.

import { fail } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import { isDirectory, S_IFDIR } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import { isHardLink } from './inode-index.ts';
import type { NamedLayers } from './mount-overlay.ts';
import { lastNames, type NamedDirectory } from './named-directory.ts';
import type { OverlayOptions } from './options.ts';
import { encodeHandle, readOrigin } from './origin.ts';
import { removeTree } from './remove-tree.ts';
import { type Union, upperFiles } from './union.ts';
import { isWhiteout, putWhiteout } from './whiteout.ts';
import { workOf } from './work.ts';
import { getMark, type OwnPrefix, readMark, writeMark } from './xattr.ts';

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
  if (!claim(fs, index, prefix, 'upper', handle)) {
    log(
      `overlayfs: failed to verify upper (${lastNames(upper)}, ino=${fs.stat(upper.spot.node).ino}, err=-116)`,
    );
    refuse("index dir 'upper' xattr", log);
  }
  return index;
};

/** Removes what nothing leads to any more; EINVAL for a name that is no handle (ovl_indexdir_cleanup). */
export const cleanIndex = (union: Union): void => {
  if (union.work?.index !== true) return;
  const files = upperFiles(union);
  const { node: index } = workOf(union);
  const { prefix, nfsExport } = union.options;
  const names = files.readdir(index).map(({ name }) => name);
  // What is made in the index meanwhile takes a name that unfinished work may have.
  for (const name of names) if (isUnfinished(name)) removeTree(files, index, name);
  for (const name of names.filter((found) => !isUnfinished(found))) {
    if (!HANDLE.test(name)) {
      union.log(`overlayfs: failed to verify index (index/${name}, err=-22)`);
      fail('EINVAL');
    }
    const node = files.lookup(index, name);
    // Whiteouts, and entries that name a directory: both are of nfs_export.
    if (isWhiteout(files, node, prefix) || isDirectory(files.inode(node).mode)) continue;
    if (isStale(files, node, name, prefix)) removeTree(files, index, name);
    else if (isOrphan(union, node)) {
      if (nfsExport) putWhiteout(union, index, name);
      else files.unlink(index, name);
    }
  }
};

const isUnfinished = (name: string): boolean => name.startsWith('#');

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

const ADVICE = "try deleting index dir or mounting with '-o index=off' to disable inodes index.";

const refuse = (what: string, log: (line: string) => void, advice = ADVICE): never => {
  log(`overlayfs: failed to verify ${what}`);
  if (advice !== '') log(`overlayfs: ${advice}`);
  return fail('ESTALE');
};

/** Its name is not its origin. */
const isStale = (fs: FileSystem, node: NodeId, name: string, prefix: OwnPrefix): boolean => {
  const origin = getMark(fs, node, prefix, 'origin');
  return origin === undefined || Buffer.from(origin).toString('hex') !== name;
};

/** Its last name was removed: none is stored, or the lower file never had more than one (ovl_verify_index, ovl_get_nlink). */
const isOrphan = (union: Union, node: NodeId): boolean => {
  const files = upperFiles(union);
  const { nlink } = files.stat(node);
  if (nlink !== 1) return false;
  const lower = readOrigin(union, node);
  if (lower !== undefined && !isHardLink(lower)) return true;
  const stored = readMark(files, node, union.options.prefix, 'nlink');
  return stored !== undefined && nlink + Number(stored.slice(1)) <= 0;
};
