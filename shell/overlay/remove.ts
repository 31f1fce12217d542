// Removing: what lies in the upper layer alone goes away; what a lower layer has gets a whiteout.
// Kernel: fs/overlayfs/dir.c, ovl_do_remove; overlayfs.rst, "whiteouts and opaque directories".

import { fail } from '../fs/errno.ts';
import type { NodeId } from '../fs/stat.ts';
import { clearEmpty } from './clear-empty.ts';
import { copyUp } from './copy-up.ts';
import { writableDirectory } from './create.ts';
import { startLinks } from './index-links.ts';
import { dropIndex, keeping, needsIndex } from './inode-index.ts';
import { lookupEntry } from './lookup.ts';
import { isEmpty } from './merge.ts';
import { NODE, type OverlayNode, WHITED_OUT } from './node.ts';
import { isDirectoryNode, isPureUpper, type Union, upperFiles } from './union.ts';
import { isWhiteout, putWhiteout, traceWhiteout } from './whiteout.ts';

/** unlink(2) and rmdir(2). Precondition: the name exists and is of the right kind. ENOTEMPTY, EROFS, ESTALE. */
export const remove = (union: Union, dir: NodeId, name: string, cause: 'unlink' | 'rmdir'): void => {
  const id = lookupEntry(union, dir, name);
  if (id <= 0) fail('ENOENT');
  const below = lowerIsPositive(union, dir, name, id);
  const node = union.nodes.get(id);
  const directory = isDirectoryNode(node);
  // What lies in the upper layer alone is checked by its own rmdir.
  const mayHoldWhiteouts = directory && (below || !isPureUpper(node));
  if (mayHoldWhiteouts && !isEmpty(union, id)) fail('ENOTEMPTY');
  const parent = writableDirectory(union, dir, name);
  // A hard link in the index counts its names there, so that it is copied up before it is removed.
  if (needsIndex(union, node)) copyUp(union, id, cause);
  startLinks(union, union.nodes.get(id));
  checkUpper(union, parent, name, union.nodes.get(id));
  if (mayHoldWhiteouts) clearEmpty(union, id);
  keeping(union, id, () => {
    if (below) {
      hide(union, parent.upper, dir, name);
      if (union.trace.on) traceWhiteout(union, dir, name, 'made', cause);
    } else if (directory) upperFiles(union).rmdir(parent.upper, name);
    else upperFiles(union).unlink(parent.upper, name);
    dropIndex(union, id);
  });
  dropName(union, dir, name, id);
};

/** A name that cannot be hidden is looked up anew (ovl_remove_and_whiteout). */
const hide = (union: Union, upperDir: NodeId, dir: NodeId, name: string): void => {
  try {
    putWhiteout(union, upperDir, name);
  } catch (error) {
    union.nodes.forget(dir, name);
    throw error;
  }
};

/** Takes a name that leads nowhere any more out of the cache. */
export const dropName = (union: Union, dir: NodeId, name: string, id: NodeId): void => {
  if ((union.nodes.get(id).flags & NODE.DIRECTORY) !== 0) union.nodes.own(id).flags |= NODE.DEAD;
  union.nodes.forget(dir, name);
};

/**
 * Whether a lower layer would show something at this name, which bears `known`, if the upper one had nothing there
 * (ovl_lower_positive).
 */
export const lowerIsPositive = (union: Union, dir: NodeId, name: string, known: number): boolean => {
  if (known <= 0) return known === WHITED_OUT;
  if (union.nodes.get(known).upper === 0) return true;
  for (const { layer, node } of union.nodes.get(dir).lowers) {
    const found = layer.files.lookup(node, name);
    if (found !== 0) return !isWhiteout(layer.files, found, union.options.prefix);
  }
  return false;
};

/** The upper layer still has what the overlay knows of it; ESTALE when it was changed behind the overlay. */
export const checkUpper = (union: Union, parent: OverlayNode, name: string, node: OverlayNode): void => {
  if (node.upper === 0 || (node.flags & NODE.UNLINKED) !== 0) return;
  if (upperFiles(union).lookup(parent.upper, name) !== node.upper) fail('ESTALE');
};
