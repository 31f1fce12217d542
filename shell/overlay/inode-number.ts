// What stat(2) shows: the metadata of the topmost layer that has the file, with an inode number and a device that
// stay the same when the file is copied up.
// Kernel: overlayfs.rst, "Inode properties"; fs/overlayfs/inode.c, ovl_getattr, ovl_map_dev_ino.

import type { NodeId, Stat } from '../fs/stat.ts';
import { dataPlace } from './copy-up.ts';
import { indexedLinks } from './inode-index.ts';
import type { Place } from './layer.ts';
import { NODE, type OverlayNode } from './node.ts';
import { hasOrigin, isDirectoryNode, isMerged, realFiles, realNode, type Union } from './union.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export const statNode = (union: Union, id: NodeId): Stat => {
  const node = union.nodes.get(id);
  // A new object of which nobody else knows: what the overlay shows otherwise is written into it.
  const real = realFiles(union, node).stat(realNode(node)) as Writable<Stat>;
  const directory = isDirectoryNode(node);
  const numbers = directory && !union.sameFilesystem ? id : inodeNumber(union, node, real.ino);
  real.ino = numbers;
  real.dev = directory || union.sameFilesystem ? union.dev : deviceOf(union, node);
  if (directory && isMerged(node)) real.nlink = 1;
  if ((node.flags & NODE.INDEXED) !== 0) real.nlink = indexedLinks(union, node.upper);
  if ((node.flags & NODE.METACOPY) !== 0) real.blocks = lowerBlocks(node);
  return real;
};

/** The number: that of the lower file it was copied from, else its own. */
export const inodeNumber = (union: Union, node: OverlayNode, own?: number): number => {
  if (hasOrigin(node) && (!isDirectoryNode(node) || union.sameFilesystem)) {
    const { layer, node: lower } = node.lowers[0] as Place;
    return layer.files.stat(lower).ino;
  }
  return own ?? realFiles(union, node).stat(realNode(node)).ino;
};

/** With layers on several filesystems a file shows the device that stands for the filesystem its number is from. */
const deviceOf = (union: Union, node: OverlayNode): number => {
  const filesystem = hasOrigin(node) || node.upper === 0 ? (node.lowers[0] as Place).layer.filesystem : 0;
  return union.devices[filesystem] ?? union.dev;
};

const lowerBlocks = (node: OverlayNode): number => {
  const place = dataPlace(node);
  return place === undefined ? 0 : place.layer.files.stat(place.node).blocks;
};
