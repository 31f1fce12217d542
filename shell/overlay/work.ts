// The work directory: files are made ready here and renamed into the upper layer in one step.
// Kernel: overlayfs.rst, "Directories": workdir needs to be an empty directory on the same filesystem as upperdir.

import { fail, isFsError } from '../fs/errno.ts';
import { IMMUTABLE, needUnprotected } from '../fs/inode-flags.ts';
import { isDirectoryAt, type Union, upperFiles, type WorkDirectory } from './union.ts';

/** The work directory. EROFS on an overlay without an upper layer. */
export const workOf = (union: Union): WorkDirectory => union.work ?? fail('EROFS');

/** Whether somebody has removed the work directory behind the overlay. */
export const isWorkGone = (union: Union): boolean => {
  try {
    upperFiles(union).inode(workOf(union).node);
    return false;
  } catch (error) {
    if (isFsError(error, 'ESTALE')) return true;
    throw error;
  }
};

/** A name nobody uses in the work directory (ovl_lookup_temp). ENOENT when that is gone, EPERM when it is immutable. */
export const temporaryName = (union: Union): string => {
  if (isWorkGone(union)) fail('ENOENT');
  needUnprotected(upperFiles(union), workOf(union).node, IMMUTABLE);
  return `#${(++workOf(union).temporary).toString(16)}`;
};

/** Removes a file or an empty directory that was moved to the work directory. */
export const discard = (union: Union, name: string): void => {
  const files = upperFiles(union);
  const work = workOf(union);
  const node = files.lookup(work.node, name);
  if (node === 0) return;
  if (isDirectoryAt(files, node)) files.rmdir(work.node, name);
  else files.unlink(work.node, name);
};
