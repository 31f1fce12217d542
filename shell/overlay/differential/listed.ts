// Differences that a random script can meet and that DEVIATIONS.md lists.

import { firstDifference } from './compare.ts';
import type { Operation, Result, Script } from './script.ts';

/**
 * The row of DEVIATIONS.md that a script's first difference falls under, or undefined. Where a directory bears a redirect
 * set by hand, the kernel may meet one lower directory under two names: it moves the dentry, or says ESTALE, while a
 * rename holds the lock for that (d_splice_alias) and when the directory was copied up by its other name (ovl_get_inode).
 */
export const listedDifference = (
  { operations }: Script,
  kernel: readonly Result[],
  cowsh: readonly Result[],
): string | undefined => {
  const at = firstDifference(kernel, cowsh);
  return errnoOf(kernel[at]) === 'ESTALE' && operations.slice(0, at).some(isRedirectByHand)
    ? 'two directories that redirect to one lower directory'
    : undefined;
};

/** In a layer, not through the mount. */
const isRedirectByHand = ([name, path, attribute]: Operation): boolean =>
  name === 'setxattr' && attribute === 'trusted.overlay.redirect' && !String(path).startsWith('m');

const errnoOf = (result: Result): unknown =>
  typeof result === 'object' && result !== null && 'errno' in result ? result.errno : undefined;
