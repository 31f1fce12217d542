// Copy-up: before a lower file changes, it is copied to the upper layer. Parents come first; data, attributes and
// times are made ready in a file without a name that then gets one, or in the work directory and renamed into place.
// Kernel: overlayfs.rst, "Non-directories", "Metadata only copy up".

import { fail } from '../fs/errno.ts';
import { hasFlags } from '../fs/inode-flags.ts';
import { isDirectory, isRegular, isSymlink } from '../fs/mode.ts';
import type { NodeId, Stat } from '../fs/stat.ts';
import { copyData } from './copy-data.ts';
import { dataPlace, settleData } from './data-layers.ts';
import { copyFlags } from './flags.ts';
import {
  indexDirectory,
  indexedLinks,
  indexName,
  needsIndex,
  storeLinks,
  storeLowerLinks,
} from './inode-index.ts';
import type { Layer, Place } from './layer.ts';
import { NODE, type OverlayNode } from './node.ts';
import { markImpure } from './opaque.ts';
import { setOrigin } from './origin.ts';
import { pathOf, type Union, upperFiles, wantWrite } from './union.ts';
import { discard, isWorkGone, temporaryName, workOf } from './work.ts';
import { writeMark } from './xattr.ts';

/** How much the change to come needs of a regular file: all its data, its metadata only, or nothing (O_TRUNC). */
type CopyUpNeed = 'data' | 'metadata' | 'empty';

/** Makes sure that the node lies in the upper layer. `cause` is told to the trace. EROFS, ENOSPC. */
export const copyUp = (union: Union, id: NodeId, cause: string, need: CopyUpNeed = 'metadata'): void => {
  const node = union.nodes.get(id);
  wantWrite(union);
  if ((node.flags & NODE.LAZY_DATA) !== 0) settleData(union, id);
  if (node.upper !== 0) {
    if ((node.flags & NODE.UNLINKED) !== 0) linkUp(union, id, cause);
    if (need !== 'metadata' && (node.flags & NODE.METACOPY) !== 0) completeMetacopy(union, id, cause, need);
    return;
  }
  copyUpParent(union, id, node, cause);
  copyUpOne(union, id, node, cause, need);
  if ((union.nodes.get(id).flags & NODE.UNLINKED) !== 0) linkUp(union, id, cause);
};

const copyUpParent = (union: Union, id: NodeId, node: OverlayNode, cause: string): void => {
  if (union.nodes.get(node.parent).upper !== 0) return;
  copyUp(union, node.parent, union.trace.on ? `parent of ${pathOf(union, id)}` : cause);
};

/** Precondition: the parent lies in the upper layer. */
const copyUpOne = (union: Union, id: NodeId, node: OverlayNode, cause: string, need: CopyUpNeed): void => {
  const lower = node.lowers[0] as Place;
  const source = lower.layer.files.stat(lower.node);
  const data = dataPlace(node) as Place;
  const metacopy = need === 'metadata' && union.options.metacopy && isRegular(source.mode);
  const files = upperFiles(union);
  const parent = union.nodes.get(node.parent).upper;
  // A file that was unlinked while it was open cannot come back: its name has a whiteout now, or another file.
  const indexes = needsIndex(union, node);
  const indexed = indexes && !isDirectory(source.mode);
  if (!indexed && isRegular(source.mode) && files.lookup(parent, node.name) !== 0) fail('EEXIST');
  const { atime, mtime } = files.stat(parent);
  if (!indexed) markImpure(union, node.parent);
  const copy = prepare(union, lower, source);
  const { upper } = copy;
  let bytes = 0;
  let protection = 0;
  try {
    copyAttributes(union, lower, upper);
    if (hasFlags(source.mode)) protection = copyFlags(union, lower, upper);
    if (metacopy) markMetacopy(union, upper, source.size);
    else if (isRegular(source.mode) && need !== 'empty') bytes = copySized(union, data, upper, source.size);
    // A hard link is broken by copy-up: its copy has no one origin (ovl_do_copy_up).
    if (isDirectory(source.mode) || source.nlink === 1 || indexed) setOrigin(union, upper, lower);
    files.setattr(upper, { atime: source.atime, mtime: source.mtime }, 'copy-up');
  } catch (error) {
    abandon(union, copy);
    throw error;
  }
  const flags = protection | (metacopy ? NODE.METACOPY : 0);
  if (indexed) {
    putInPlace(union, copy, workOf(union).node, indexName(lower));
    storeLinks(union, upper, source.nlink);
    for (const twin of union.nodes.twins(id))
      settle(union, twin, upper, NODE.INDEXED | NODE.UNLINKED | flags);
  } else {
    if (indexes) indexDirectory(union, lower, upper);
    putInPlace(union, copy, parent, node.name);
    // The parent's times are those from before: the copy is not a change that anybody asked for.
    files.setattr(parent, { atime, mtime }, 'copy-up');
    settle(union, id, upper, flags);
  }
  if (union.trace.on) {
    union.trace.emit({
      kind: 'copy-up',
      path: pathOf(union, id),
      from: lower.layer.path,
      to: (union.upper as Layer).path,
      file: source.kind,
      bytes,
      cause,
    });
  }
};

/** Copies the data; the size is that of the metadata, which those of a metacopy may contradict. */
const copySized = (union: Union, data: Place, upper: NodeId, size: number): number => {
  const files = upperFiles(union);
  const bytes = copyData(data.layer.files, data.node, files, upper);
  if (files.stat(upper).size !== size) files.setattr(upper, { size }, 'copy-up');
  return bytes;
};

/** A copy in the making: in the work directory under `name`, or without a name. */
interface Copy {
  readonly upper: NodeId;
  readonly name: string | undefined;
}

/** The copy, with neither data nor attributes. A regular file is made without a name where that can be done (ovl_copy_up_tmpfile). */
const prepare = (union: Union, lower: Place, source: Stat): Copy => {
  const files = upperFiles(union);
  const from = lower.layer.files;
  const { mode, uid, gid, rdev } = source;
  // A file without a name needs no directory: it is made where the work directory was.
  const work = isWorkGone(union) ? (union.upper as Layer).root : workOf(union).node;
  const unnamed = isRegular(mode) ? files.createUnnamed?.(work, { mode, uid, gid }) : undefined;
  if (unnamed !== undefined) return { upper: unnamed, name: undefined };
  const name = temporaryName(union);
  const target = isSymlink(mode) ? { target: from.readlink(lower.node) } : {};
  return { upper: files.create(work, name, { mode, uid, gid, rdev, ...target }), name };
};

const putInPlace = (union: Union, { upper, name }: Copy, dir: NodeId, placeName: string): void => {
  const files = upperFiles(union);
  if (name === undefined) files.link(upper, dir, placeName);
  else files.rename(workOf(union).node, name, dir, placeName, 0);
};

const abandon = (union: Union, { upper, name }: Copy): void => {
  if (name !== undefined) {
    discard(union, name);
    return;
  }
  // A file without a name goes with whoever held it last.
  upperFiles(union).hold(upper);
  upperFiles(union).release(upper);
};

/** All extended attributes but the overlay's own; escaped ones are a process's (ovl_copy_xattr). */
const copyAttributes = (union: Union, { layer: { files }, node }: Place, upper: NodeId): void => {
  const { prefix } = union.options;
  for (const name of files.listxattr(node)) {
    if (name.startsWith(prefix) && !name.startsWith(`${prefix}overlay.`)) continue;
    const value = files.getxattr(node, name);
    if (value !== undefined) upperFiles(union).setxattr(upper, name, value);
  }
};

const markMetacopy = (union: Union, upper: NodeId, size: number): void => {
  const files = upperFiles(union);
  files.setattr(upper, { size }, 'copy-up');
  writeMark(files, upper, union.options.prefix, 'metacopy', '');
};

/** Gives the name of an indexed file a hard link in the upper layer (ovl_link_up). EEXIST when the name is gone. */
const linkUp = (union: Union, id: NodeId, cause: string): void => {
  copyUpParent(union, id, union.nodes.get(id), cause);
  const { upper, parent: dir, name } = union.nodes.get(id);
  const files = upperFiles(union);
  const parent = union.nodes.get(dir).upper;
  const shown = indexedLinks(union, union.nodes.get(id));
  const { atime, mtime } = files.stat(parent);
  markImpure(union, dir);
  storeLowerLinks(union, union.nodes.get(id), shown);
  if (files.lookup(parent, name) !== 0) fail('EEXIST');
  files.link(upper, parent, name);
  files.setattr(parent, { atime, mtime }, 'copy-up');
  storeLinks(union, upper, shown);
  union.nodes.own(id).flags &= ~NODE.UNLINKED;
};

const settle = (union: Union, id: NodeId, upper: NodeId, flags: number): void => {
  const node = union.nodes.own(id);
  node.upper = upper;
  node.flags |= flags;
  if ((node.flags & NODE.DIRECTORY) !== 0) node.flags |= NODE.ONCE_MERGED;
  // Descriptors that were opened before read the upper file from now on.
  if (union.nodes.isHeld(id)) upperFiles(union).hold(upper);
};

/** Brings the data to a file of which only the metadata was copied up (ovl_copy_up_meta_inode_data). */
const completeMetacopy = (union: Union, id: NodeId, cause: string, need: CopyUpNeed): void => {
  const node = union.nodes.get(id);
  const files = upperFiles(union);
  const data = node.lowers.at(-1) as Place;
  const { atime, mtime, size } = files.stat(node.upper);
  let bytes = 0;
  try {
    if (need !== 'empty') bytes = copySized(union, data, node.upper, size);
  } catch (error) {
    // What could not be written is a change all the same.
    files.setattr(node.upper, { size }, 'copy-up');
    throw error;
  }
  // Writing the data is a change, skipping a hole is none.
  if (bytes === 0) files.setattr(node.upper, { atime, mtime }, 'copy-up');
  files.removexattr(node.upper, `${union.options.prefix}metacopy`);
  for (const twin of union.nodes.twins(id)) union.nodes.own(twin).flags &= ~NODE.METACOPY;
  if (!union.trace.on) return;
  const to = (union.upper as Layer).path;
  union.trace.emit({
    kind: 'copy-up',
    path: pathOf(union, id),
    from: data.layer.path,
    to,
    file: 'file',
    bytes,
    cause,
  });
};
