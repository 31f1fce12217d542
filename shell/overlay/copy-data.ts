// A file's data from one filesystem to another: by sharing blocks where both can, else piece by piece.
// Kernel: fs/overlayfs/copy_up.c, ovl_copy_up_file.

import { isFsError } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import type { NodeId } from '../fs/stat.ts';
import type { Place } from './layer.ts';

const PIECE = 1 << 20;

/** Gives an empty file the data and the holes of another. */
export const shareData = (from: FileSystem, source: NodeId, to: FileSystem, copy: NodeId): void => {
  if (from === to) to.copyRange(source, copy);
  else if (from.shareContent !== undefined && to.setContent !== undefined)
    to.setContent(copy, from.shareContent(source));
  else copyPieces(from, source, to, copy);
};

/** Copies up all data of a regular file into an empty one. Returns the bytes a disk would have moved; holes are none. */
export const copyData = (from: FileSystem, source: NodeId, to: FileSystem, copy: NodeId): number => {
  try {
    shareData(from, source, to, copy);
  } catch (error) {
    if (!isFsError(error, 'ENOSPC')) throw error;
    // What there is room for is written.
    copyPieces(from, source, to, copy);
  }
  const { size, blocks } = to.stat(copy);
  if (blocks * 512 >= size) return size;
  fillHoles(to, copy, size);
  return Math.min(size, to.stat(copy).blocks * 512);
};

/** Copies the data of a lower file whose metadata, of a metacopy above it, may tell of another size. */
export const copySized = (data: Place, to: FileSystem, copy: NodeId, size: number): number => {
  const bytes = copyData(data.layer.files, data.node, to, copy);
  if (to.stat(copy).size !== size) to.setattr(copy, { size }, 'copy-up');
  return bytes;
};

/**
 * The kernel looks for data, and copies a whole piece from where it found some: holes within a piece become zeros, and
 * what follows it is looked at anew.
 */
const fillHoles = (to: FileSystem, copy: NodeId, size: number): void => {
  for (let start = to.seek(copy, 0, 'data'); start !== undefined; start = to.seek(copy, start, 'data')) {
    const end = Math.min(start + PIECE, size);
    for (let hole = to.seek(copy, start, 'hole') ?? end; hole < end; ) {
      const data = Math.min(to.seek(copy, hole, 'data') ?? end, end);
      to.write(copy, hole, new Uint8Array(data - hole));
      hole = to.seek(copy, data, 'hole') ?? end;
    }
    if (end === size) return;
    start = end;
  }
};

/**
 * From a filesystem whose files are written when they are read, as sysfs: what there is, in a file as long as it says. ENOSPC
 * after as much as there is room for.
 */
const copyPieces = (from: FileSystem, source: NodeId, to: FileSystem, copy: NodeId): void => {
  to.setattr(copy, { size: from.stat(source).size }, 'copy-up');
  for (
    let at = 0, piece = from.read(source, 0, PIECE);
    piece.length > 0;
    piece = from.read(source, at, PIECE)
  )
    at = to.write(copy, at, piece);
};
