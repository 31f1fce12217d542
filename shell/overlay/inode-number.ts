// What stat(2) shows: the metadata of the topmost layer that has the file, with an inode number and a device that
// stay the same when the file is copied up.
// Kernel: overlayfs.rst, "Inode properties"; fs/overlayfs/inode.c, ovl_getattr, ovl_map_dev_ino.

import type { FileSystem } from '../fs/filesystem.ts';
import type { NodeId, Stat } from '../fs/stat.ts';
import { wideInode } from '../fs/wide-inode.ts';
import { dataPlace } from './data-layers.ts';
import { shownLinks } from './index-links.ts';
import type { Place } from './layer.ts';
import { NODE, type OverlayNode } from './node.ts';
import { hasOrigin, isDirectoryNode, isMerged, realFiles, realNode, type Union } from './union.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export const statNode = (union: Union, id: NodeId): Stat => {
  const node = union.nodes.get(id);
  // A new object of which nobody else knows: what the overlay shows otherwise is written into it.
  const real = realFiles(union, node).stat(realNode(node)) as Writable<Stat>;
  if (union.sameFilesystem) {
    real.ino = inodeNumber(union, node, real.ino);
    real.dev = union.dev;
  } else showNumber(union, id, node, real);
  if (isDirectoryNode(node) && isMerged(node)) real.nlink = 1;
  if ((node.flags & NODE.INDEXED) !== 0) real.nlink = shownLinks(union, node);
  if (isMetacopy(node)) real.blocks = lowerBlocks(node, real);
  return real;
};

/** The number: that of the lower file it was copied from, else its own. */
export const inodeNumber = (union: Union, node: OverlayNode, own?: number): number => {
  const number = hasOrigin(node)
    ? originNumber(node)
    : (own ?? realFiles(union, node).stat(realNode(node)).ino);
  if (union.xinoBits === 0) return number;
  return wideInode(number, filesystemOf(node), union.xinoBits) ?? number;
};

const originNumber = (node: OverlayNode): number => {
  const { layer, node: lower } = node.lower as Place;
  return numberOf(layer.files, lower);
};

/** The number that stat(2) gives on a layer's filesystem: where nodes are listed as such, it is the node's own. */
export const numberOf = (files: FileSystem, node: NodeId): number =>
  files.list === undefined ? files.stat(node).ino : node;

/** The filesystem that a node's number is from. */
const filesystemOf = (node: OverlayNode): number =>
  hasOrigin(node) || node.upper === 0 ? (node.lower as Place).layer.filesystem : 0;

/**
 * With layers on several filesystems: either all numbers tell the filesystem too (xino), or files show the device that
 * stands for theirs, and directories a number made up (ovl_map_dev_ino).
 */
const showNumber = (union: Union, id: NodeId, node: OverlayNode, real: Writable<Stat>): void => {
  const directory = isDirectoryNode(node);
  const own = hasOrigin(node) ? originNumber(node) : real.ino;
  const filesystem = filesystemOf(node);
  const wide = union.xinoBits === 0 ? undefined : wideInode(own, filesystem, union.xinoBits);
  real.ino = wide ?? (directory ? madeUp(union, id) : own);
  real.dev = wide !== undefined || directory ? union.dev : (union.devices[filesystem] ?? union.dev);
};

/** Made up, of numbers that no file below can have: with xino the lowest of its bits tells them (ovl_map_ino). */
const madeUp = ({ xinoBits }: Union, id: NodeId): number =>
  (xinoBits === 0 ? undefined : wideInode(id, 1, xinoBits + 1)) ?? id;

const isMetacopy = (node: OverlayNode): boolean =>
  (node.flags & (NODE.METACOPY | NODE.LAZY_DATA)) !== 0 ||
  (node.upper === 0 && node.merges && !isDirectoryNode(node));

/** The blocks of the data; of data that nobody has looked for yet they are guessed from the size. */
const lowerBlocks = (node: OverlayNode, { size, blksize }: Stat): number => {
  if ((node.flags & NODE.LAZY_DATA) !== 0) return (Math.ceil(size / blksize) * blksize) / 512;
  const place = dataPlace(node);
  return place === undefined ? 0 : place.layer.files.stat(place.node).blocks;
};
