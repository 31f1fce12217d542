// Metacopies: with metacopy=on, a change of metadata copies the metadata only. The copy has the size and no data, and the
// data follows when the file is first opened for writing.
// Kernel: overlayfs.rst, "Metadata only copy up"; fs/overlayfs/copy_up.c, ovl_copy_up_meta_inode_data.

import type { FileSystem } from '../fs/filesystem.ts';
import type { NodeId } from '../fs/stat.ts';
import { copySized } from './copy-data.ts';
import type { Place } from './layer.ts';
import { NODE } from './node.ts';
import { type Union, upperFiles } from './union.ts';
import { type OwnPrefix, removeMark, writeMark } from './xattr.ts';

export const markMetacopy = (files: FileSystem, upper: NodeId, prefix: OwnPrefix, size: number): void => {
  files.setattr(upper, { size }, 'copy-up');
  writeMark(files, upper, prefix, 'metacopy', '');
};

/** Brings the data to a metacopy, or none where it is cut anyway. Returns the bytes a disk would have moved. */
export const completeMetacopy = (union: Union, id: NodeId, need: 'data' | 'empty'): number => {
  const node = union.nodes.get(id);
  const files = upperFiles(union);
  const { atime, mtime, size } = files.stat(node.upper);
  let bytes = 0;
  try {
    if (need !== 'empty') bytes = copySized(node.lowest as Place, files, node.upper, size);
  } catch (error) {
    // What could not be written is a change all the same.
    files.setattr(node.upper, { size }, 'copy-up');
    throw error;
  }
  // Writing the data is a change, skipping a hole is none.
  if (bytes === 0) files.setattr(node.upper, { atime, mtime }, 'copy-up');
  removeMark(files, node.upper, union.options.prefix, 'metacopy');
  for (const twin of union.nodes.twins(id)) union.nodes.own(twin).flags &= ~NODE.METACOPY;
  return bytes;
};
