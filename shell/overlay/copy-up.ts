// Copy-up: before a lower file changes, it is copied to the upper layer, its parents first. The copy is made where nobody
// sees it (make-copy.ts), and appears in one step, whole.
// Kernel: overlayfs.rst, "Non-directories"; fs/overlayfs/copy_up.c, ovl_copy_up_flags, ovl_copy_up_one.

import { fail } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import { IMMUTABLE, needUnprotected } from '../fs/inode-flags.ts';
import { isDirectory, isRegular, kindOf } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import { settleData } from './data-layers.ts';
import { countLinks, shownLinks, storeLinks, storeLowerLinks } from './index-links.ts';
import { needsIndex } from './inode-index.ts';
import type { Layer, Place } from './layer.ts';
import { type Copy, type CopyUpNeed, makeCopy, putInPlace } from './make-copy.ts';
import { completeMetacopy } from './metacopy.ts';
import { NODE, type OverlayNode } from './node.ts';
import { markImpure } from './opaque.ts';
import { indexName } from './origin.ts';
import { isDirectoryAt, pathOf, type Union, upperFiles, wantWrite } from './union.ts';
import { isWorkGone, workOf } from './work.ts';

/** Makes sure that the node lies in the upper layer. `cause` is told to the trace. EROFS, ENOSPC. */
export const copyUp = (union: Union, id: NodeId, cause: string, need: CopyUpNeed = 'metadata'): void => {
  const node = union.nodes.get(id);
  wantWrite(union);
  if ((node.flags & NODE.LAZY_DATA) !== 0) settleData(union, id);
  if (node.upper === 0) {
    copyUpParent(union, id, node, cause);
    copyUpOne(union, id, node, cause, need);
  }
  const { flags } = union.nodes.get(id);
  if ((flags & NODE.UNLINKED) !== 0) linkUp(union, id, cause);
  if (need === 'metadata' || (flags & NODE.METACOPY) === 0) return;
  const bytes = completeMetacopy(union, id, need);
  traceCopyUp(union, id, node.lowest as Place, bytes, cause);
};

const copyUpParent = (union: Union, id: NodeId, node: OverlayNode, cause: string): void => {
  if (union.nodes.get(node.parent).upper !== 0) return;
  copyUp(union, node.parent, union.trace.on ? `parent of ${pathOf(union, id)}` : cause);
};

/** Precondition: the parent lies in the upper layer. */
const copyUpOne = (union: Union, id: NodeId, node: OverlayNode, cause: string, need: CopyUpNeed): void => {
  const lower = node.lower as Place;
  const data = node.lowest as Place;
  const source = lower.layer.files.inode(lower.node);
  const indexed = needsIndex(union, node);
  if (indexed && !isDirectory(source.mode)) {
    if (isWorkGone(union)) fail('ENOENT');
    const copy = makeCopy(union, lower, data, source, need, true);
    putInIndex(union, id, lower, copy, source.nlink);
    traceCopyUp(union, id, lower, copy.bytes, cause);
    return;
  }
  const files = upperFiles(union);
  const parent = union.nodes.get(node.parent).upper;
  checkFree(files, parent, node.name, source.mode);
  const { atime, mtime } = files.inode(parent);
  needUnprotected(files, parent, IMMUTABLE);
  markImpure(union, node.parent);
  const copy = makeCopy(union, lower, data, source, need, indexed);
  putInPlace(union, copy, parent, node.name);
  // The parent's times are those from before: the copy is not a change that anybody asked for.
  files.setattr(parent, { atime, mtime }, 'copy-up');
  settle(union, id, copy.upper, copy.flags);
  traceCopyUp(union, id, lower, copy.bytes, cause);
};

/** What was removed while somebody held it cannot come back: its name has a whiteout now, or another file. */
const checkFree = (files: FileSystem, parent: NodeId, name: string, mode: number): void => {
  if (!isRegular(mode) && !isDirectory(mode)) return;
  const there = files.lookup(parent, name);
  if (there === 0) return;
  if (isRegular(mode)) fail('EEXIST');
  if (!isDirectoryAt(files, there)) fail('ENOTDIR');
};

/** The copy of a lower hard link goes to the index; its names become links of it one by one (ovl_link_up). */
const putInIndex = (union: Union, id: NodeId, lower: Place, copy: Copy, nlink: number): void => {
  putInPlace(union, copy, workOf(union).node, indexName(lower));
  countLinks(union, copy.upper, nlink);
  const flags = NODE.INDEXED | NODE.UNLINKED | copy.flags;
  for (const twin of union.nodes.twins(id)) settle(union, twin, copy.upper, flags);
};

/** Gives the name of an indexed file a hard link in the upper layer (ovl_link_up). EEXIST when the name is gone. */
const linkUp = (union: Union, id: NodeId, cause: string): void => {
  copyUpParent(union, id, union.nodes.get(id), cause);
  const { upper, parent: dir, name } = union.nodes.get(id);
  const files = upperFiles(union);
  const parent = union.nodes.get(dir).upper;
  const shown = shownLinks(union, union.nodes.get(id));
  const { atime, mtime } = files.inode(parent);
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

/** Tells of the copy that the node has now. */
const traceCopyUp = (union: Union, id: NodeId, from: Place, bytes: number, cause: string): void => {
  if (!union.trace.on) return;
  union.trace.emit({
    kind: 'copy-up',
    path: pathOf(union, id),
    from: from.layer.path,
    to: (union.upper as Layer).path,
    file: kindOf(upperFiles(union).inode(union.nodes.get(id).upper).mode),
    bytes,
    cause,
  });
};
