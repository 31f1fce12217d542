// From what lookup found to a node: names of one hard link share it, and its inode number is settled.
// Kernel: fs/overlayfs/inode.c, ovl_get_inode; overlayfs.rst, "Inode properties".

import { protectionOf } from '../fs/inode-flags.ts';
import type { NodeId } from '../fs/stat.ts';
import { readProtection } from './flags.ts';
import { hasIndex, isHardLink } from './inode-index.ts';
import type { Layer, Place } from './layer.ts';
import { lowerKey, type NewNode, NODE, upperKey } from './node.ts';
import { markImpure } from './opaque.ts';
import { setOrigin } from './origin.ts';
import { isDirectoryAt, type Union, upperFiles } from './union.ts';
import { hasMark } from './xattr.ts';

/** The node for `name`, entered into the dentry cache. */
export const instantiate = (union: Union, dir: NodeId, name: string, found: NewNode): NodeId => {
  const place = top(union, found);
  const directory = isDirectoryAt(place.layer.files, place.node);
  const key = directory ? undefined : linkKey(union, found);
  const shared = directory ? undefined : sharedNode(union, found, key);
  if (shared !== undefined) {
    union.nodes.enter(dir, name, shared);
    return shared;
  }
  if (directory && found.upper !== 0 && found.lowers.length > 0) adoptOrigin(union, dir, found);
  const flags =
    found.flags |
    (directory ? directoryFlags(union, found) : 0) |
    inodeFlags(union, found, directory) |
    (found.upper === 0 ? 0 : readProtection(place.layer.files, found.upper, union.options.prefix));
  const id = union.nodes.add(dir, name, found, flags);
  union.nodes.enter(dir, name, id);
  if (key !== undefined) union.nodes.setLinked(key, id);
  if (isTwin(union, found, directory)) union.nodes.join(lowerKey(found.lowers[0] as Place), id);
  return id;
};

/** The file that answers for the metadata. */
const top = (union: Union, found: NewNode): Place =>
  found.upper !== 0 ? { layer: union.upper as Layer, node: found.upper } : (found.lowers[0] as Place);

/** The node of another name, also of one that is gone while the node is held: by a descriptor that saw this one made. */
const sharedNode = (
  { nodes }: Union,
  { upper, flags }: NewNode,
  key: string | undefined,
): NodeId | undefined => {
  if (key !== undefined) return nodes.linked(key);
  const mayBeHeld = upper !== 0 && (flags & NODE.UNLINKED) === 0 && nodes.hasLinks;
  return mayBeHeld ? nodes.linked(upperKey(upper)) : undefined;
};

/** Under which key the other names of a hard link find the node; undefined for a file of one name. */
const linkKey = (union: Union, found: NewNode): string | undefined => {
  if ((found.flags & NODE.UNLINKED) !== 0) return undefined;
  if (found.upper !== 0)
    return upperFiles(union).inode(found.upper).nlink > 1 ? upperKey(found.upper) : undefined;
  const lower = found.lowers[0] as Place;
  // Copy-up will break a lower hard link, so its names are nodes of their own; without an upper nothing breaks it.
  if (union.upper !== undefined) return undefined;
  return isHardLink(lower) ? lowerKey(lower) : undefined;
};

/** With index=on, each name of a lower hard link is a node of its own, and all of them are one file. */
const isTwin = (union: Union, found: NewNode, directory: boolean): boolean => {
  if (directory || !hasIndex(union)) return false;
  if ((found.flags & NODE.INDEXED) !== 0) return true;
  const lower = found.lowers[0];
  return found.upper === 0 && lower !== undefined && isHardLink(lower);
};

const directoryFlags = (union: Union, found: NewNode): number => {
  const { layer, node } = top(union, found);
  const { prefix } = union.options;
  const impure = found.upper !== 0 && hasMark(layer.files, node, prefix, 'impure');
  const layers = found.lowers.length + (found.upper !== 0 ? 1 : 0);
  const onceMerged = layers > 1 || hasMark(layer.files, node, prefix, 'origin');
  return NODE.DIRECTORY | (impure ? NODE.IMPURE : 0) | (onceMerged ? NODE.ONCE_MERGED : 0);
};

/** Whether the inode number is that of the lower file, for good (ovl_hash_bylower). */
const inodeFlags = (union: Union, found: NewNode, directory: boolean): number => {
  const lower = found.lowers[0];
  if (lower === undefined) return 0;
  if (union.upper === undefined || directory || (found.flags & NODE.INDEXED) !== 0) return NODE.CONSTANT_INO;
  if (found.upper === 0 && hasIndex(union)) return NODE.CONSTANT_INO;
  return isHardLink(lower) ? 0 : NODE.CONSTANT_INO;
};

/**
 * An upper directory that was not copied up by the overlay gets its origin when it is first seen to merge, unless it is
 * protected by chattr(1). EPERM where the directory that it lies in is.
 */
const adoptOrigin = (union: Union, dir: NodeId, found: NewNode): void => {
  const files = upperFiles(union);
  if (hasMark(files, found.upper, union.options.prefix, 'origin')) return;
  if (protectionOf(files, found.upper) === 0) setOrigin(union, found.upper, found.lowers[0] as Place);
  markImpure(union, dir);
};
