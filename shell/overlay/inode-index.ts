// The index: with index=on, the names of a lower hard link stay names of one file over copy-up. Its copy lies in the
// index directory, under the lower file's handle; every name that is written to becomes a hard link of that copy.
// Kernel: overlayfs.rst, "Inode properties", "Sharing and copying layers", "NFS export"; fs/overlayfs/namei.c, ovl_lookup_index.
// How many names there are is told in index-links.ts.

import { fail, isFsError } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import { S_IFDIR, S_IFMT } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import { errorNumber, isTold, unverified } from './error-number.ts';
import { countLinks, dropLink } from './index-links.ts';
import { linksOf, type Place } from './layer.ts';
import { NODE, type OverlayNode } from './node.ts';
import { encodeHandle, indexName, readHandle } from './origin.ts';
import { lastTwo } from './shown-path.ts';
import { isDirectoryNode, pathOf, type Union, upperFiles } from './union.ts';
import { isWhiteout, putWhiteout } from './whiteout.ts';
import { discard, isWorkGone, temporaryName, workOf } from './work.ts';
import { writeMark } from './xattr.ts';

/** The overlay is mounted with index=on and has an upper layer (ovl_indexdir). */
export const hasIndex = (union: Union): boolean => union.work?.index === true;

/**
 * Whether the copy of the node goes to the index: a file of several names in its layer, or with nfs_export=on any
 * file; of a directory there is then an entry that names it (ovl_need_index).
 */
export const needsIndex = (union: Union, node: OverlayNode): boolean => {
  if (!hasIndex(union) || node.lower === undefined) return false;
  if (union.options.nfsExport) return true;
  return !isDirectoryNode(node) && isHardLink(node.lower);
};

/** The index entry of a directory: an empty one with the handle of the copy (ovl_create_index). */
export const indexDirectory = (union: Union, origin: Place, upper: NodeId): void => {
  const { node } = workOf(union);
  const files = upperFiles(union);
  const name = temporaryName(union);
  const entry = files.create(node, name, { mode: S_IFDIR, uid: 0, gid: 0 });
  try {
    writeMark(files, entry, union.options.prefix, 'upper', encodeHandle(files, upper));
    files.rename(node, name, node, indexName(origin), 0);
  } catch (error) {
    discard(union, name);
    throw error;
  }
};

export const isHardLink = (place: Place): boolean => linksOf(place) > 1;

/** The copy of a lower file in the index, or 0; with `upper`, only if that is the copy. EIO for what cannot be one. */
export const findIndex = (union: Union, origin: Place, upper: NodeId): NodeId => {
  const { work } = union;
  if (work === undefined || !work.index || isWorkGone(union)) return 0;
  const found = upperFiles(union).lookup(work.node, indexName(origin));
  if (found === 0) return 0;
  checkEntry(union, found, origin);
  return upper === 0 || upper === found ? found : 0;
};

/** An entry is of its origin's type; a whiteout, of which no name should be left, is none (ovl_lookup_index). */
const checkEntry = (union: Union, entry: NodeId, origin: Place): void => {
  const files = upperFiles(union);
  const type = files.inode(entry).mode & S_IFMT;
  const wanted = origin.layer.files.inode(origin.node).mode & S_IFMT;
  if (type === wanted && !isWhiteout(files, entry, union.options.prefix)) return;
  const types = `ftype=${type.toString(16)}, origin ftype=${wanted.toString(16)}`;
  union.log(`overlayfs: bad index found (index=index/${indexName(origin)}, ${types}).`);
  fail('EIO');
};

/** With nfs_export=on, a lower directory has the one copy that the index names. EIO where it was moved behind the overlay. */
export const checkDirectoryIndex = (union: Union, upper: NodeId, origin: Place | undefined): void => {
  const { options, work } = union;
  if (!options.nfsExport || origin === undefined || work === undefined) return;
  const files = upperFiles(union);
  const name = indexName(origin);
  const entry = files.lookup(work.node, name);
  if (entry === 0) return;
  checkEntry(union, entry, origin);
  const below = shownPath(origin.layer.files, origin.node);
  const refuse = (line: string): never => {
    union.log(`overlayfs: ${line}`);
    return fail('EIO');
  };
  if (upper === 0) refuse(`suspected uncovered redirected dir found (origin=${below}, index=index/${name}).`);
  const known = readHandle(union, entry, 'upper');
  if (known !== undefined && Buffer.compare(known, encodeHandle(files, upper)) === 0) return;
  const above = shownPath(files, upper);
  union.log(unverified('upper', above, files.stat(upper).ino, known === undefined ? 'ENODATA' : 'ESTALE'));
  if (known === undefined) fail('EIO');
  refuse(`suspected multiply redirected dir found (upper=${above}, origin=${below}, index=index/${name}).`);
};

/** The last two names of a directory's path, as the kernel's log shows it (%pd2). */
const shownPath = (files: FileSystem, dir: NodeId): string => lastTwo(files.path(dir));

/** A name is gone; with the last one so is the index entry (ovl_cleanup_index). The node still knows its lower file. */
export const dropIndex = (union: Union, id: NodeId): void => {
  const { flags, upper, lower } = union.nodes.get(id);
  if ((flags & NODE.DIRECTORY) !== 0) {
    if (union.options.nfsExport && lower !== undefined) retire(union, id, indexName(lower));
    return;
  }
  if ((flags & NODE.INDEXED) === 0 || dropLink(union, id) > 0) return;
  const files = upperFiles(union);
  const index = workOf(union).node;
  const name = indexName(lower as Place);
  const { nfsExport } = union.options;
  // Somebody took the entry away.
  if (!nfsExport && files.lookup(index, name) !== upper) return;
  const { nlink } = files.inode(upper);
  // Another name of the copy may be left, which nobody has seen.
  if (nlink > 1) countLinks(union, upper, nlink - 1);
  else if (nfsExport) retire(union, id, name);
  else files.unlink(index, name);
};

/** A whiteout in the index says that the file's handle leads nowhere any more (ovl_cleanup_and_whiteout). */
const retire = (union: Union, id: NodeId, name: string): void => {
  try {
    putWhiteout(union, workOf(union).node, name);
  } catch (error) {
    if (!isFsError(error) || !isTold(error.code)) throw error;
    const shown = lastTwo(pathOf(union, id));
    union.log(`overlayfs: cleanup index of '${shown}' failed (${errorNumber(error.code)})`);
  }
};

/**
 * Takes a name away. With nfs_export=on the index is changed after that, and meanwhile the name's dentry keeps the file and
 * its room.
 */
export const keeping = (union: Union, id: NodeId, takeAway: () => void): void => {
  const { upper } = union.nodes.get(id);
  if (!union.options.nfsExport || upper === 0) {
    takeAway();
    return;
  }
  const files = upperFiles(union);
  files.hold(upper);
  try {
    takeAway();
  } finally {
    files.release(upper);
  }
};
