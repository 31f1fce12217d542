// The work directory: files are made ready here and renamed into the upper layer in one step.
// Kernel: overlayfs.rst, "Upper and Lower": workdir needs to be an empty directory on the same filesystem as upperdir.

import { fail } from '../fs/errno.ts';
import { isDirectoryAt, type Union, upperFiles, type WorkDirectory } from './union.ts';

/** The work directory. EROFS on an overlay without an upper layer. */
export const workOf = (union: Union): WorkDirectory => union.work ?? fail('EROFS');

/** A name nobody uses in the work directory (ovl_lookup_temp). */
export const temporaryName = (union: Union): string => `#${(++workOf(union).temporary).toString(16)}`;

/** Removes a file or an empty directory that was moved to the work directory. */
export const discard = (union: Union, name: string): void => {
  const files = upperFiles(union);
  const work = workOf(union);
  const node = files.lookup(work.node, name);
  if (node === 0) return;
  if (isDirectoryAt(files, node)) files.rmdir(work.node, name);
  else files.unlink(work.node, name);
};
