// Reading and writing: from whichever layer has the data at that moment, so that a descriptor opened for reading
// before a copy-up sees what is written after it.
// Kernel: overlayfs.rst, "Non-standard behavior" (4.19 and later).

import { fail } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import { isRegular } from '../fs/mode.ts';
import { flagNames, O, writable } from '../fs/open-flags.ts';
import type { NodeId } from '../fs/stat.ts';
import { shareData } from './copy-data.ts';
import { copyUp } from './copy-up.ts';
import { dataPlace, settleData } from './data-layers.ts';
import { NODE } from './node.ts';
import { realFiles, realNode, type Union, upperFiles } from './union.ts';

/** open(2): for writing, or with O_TRUNC, a regular file is copied up, whether or not anything is written. */
export const open = (union: Union, id: NodeId, flags: number): void => {
  const node = union.nodes.get(id);
  const real = realFiles(union, node);
  if ((node.flags & NODE.LAZY_DATA) !== 0) settleData(union, id);
  const changes = (writable(flags) || (flags & O.TRUNC) !== 0) && isRegular(real.inode(realNode(node)).mode);
  if (!changes) return;
  const cause = union.trace.on ? `open ${flagNames(flags)}` : '';
  copyUp(union, id, cause, (flags & O.TRUNC) !== 0 ? 'empty' : 'data');
};

/** The filesystem and node that hold a file's data. */
interface DataSource {
  readonly files: FileSystem;
  readonly node: NodeId;
}

export const dataSource = (union: Union, id: NodeId): DataSource => {
  const node = union.nodes.get(id);
  const place = dataPlace(node);
  return place === undefined
    ? { files: upperFiles(union), node: node.upper }
    : { files: place.layer.files, node: place.node };
};

export const read = (union: Union, id: NodeId, position: number, length: number): Uint8Array => {
  const node = union.nodes.get(id);
  const place = dataPlace(node);
  if (place === undefined) return upperFiles(union).read(node.upper, position, length);
  return place.layer.files.read(place.node, position, length);
};

/** The upper node of a file that is open for writing. */
export const writableNode = (union: Union, id: NodeId): NodeId => {
  const node = union.nodes.get(id);
  if (dataPlace(node) === undefined) return node.upper;
  copyUp(union, id, 'write', 'data');
  return union.nodes.get(id).upper;
};

export const copyRange = (union: Union, from: NodeId, to: NodeId): void => {
  const source = dataSource(union, from);
  shareData(source.files, source.node, upperFiles(union), writableNode(union, to));
};

/** A share of a file's content, for a copy on another filesystem. */
export const shareContent = (
  union: Union,
  id: NodeId,
): ReturnType<NonNullable<FileSystem['shareContent']>> => {
  const { files, node } = dataSource(union, id);
  return files.shareContent?.(node) ?? fail('EOPNOTSUPP');
};
