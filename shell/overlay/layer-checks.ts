// What a mount refuses about its directories: too few of them, and such that are one another. overlaps.ts has the rest.
// Kernel: overlayfs.rst, "Sharing and copying layers"; fs/overlayfs/super.c, ovl_get_workdir, ovl_get_lowerstack.

import { type Errno, fail } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import type { NamedDirectory, NamedLayers } from './named-directory.ts';
import { OverlayFilesystem } from './overlay-filesystem.ts';

type Log = (line: string) => void;

const refuse = (log: Log, line: string, code: Errno = 'EINVAL'): never => {
  log(`overlayfs: ${line}`);
  return fail(code);
};

/** Before anything is made: lower layers, and for an upper one a work directory beside it. */
export const checkUpper = ({ lowers, data, upper, work }: NamedLayers, log: Log): void => {
  if (lowers.length + data.length === 0) refuse(log, "missing 'lowerdir'");
  if (upper === undefined) return;
  if (work === undefined) refuse(log, "missing 'workdir'");
  else if (work.spot.mount !== upper.spot.mount) {
    refuse(log, 'workdir and upperdir must reside under the same mount');
  } else if (isSame(work, upper) || isBelow(work, upper) || isBelow(upper, work)) {
    refuse(log, 'workdir and upperdir must be separate subtrees');
  }
};

/** After the work directory was made ready: enough lower layers, not too deep, and no directory twice. */
export const checkLowers = ({ lowers, data, upper, work }: NamedLayers, log: Log): void => {
  const below = [...lowers, ...data];
  if (upper === undefined && below.length < 2)
    refuse(log, 'at least 2 lowerdir are needed while upperdir nonexistent');
  if (lowers.length === 0) refuse(log, 'at least one non-data lowerdir is required');
  checkDepth(below, log);
  const seen = [upper, work].filter((directory) => directory !== undefined);
  for (const lower of below) {
    if (seen.some((other) => isSame(other, lower))) refuse(log, 'conflicting lowerdir path', 'ELOOP');
    seen.push(lower);
  }
};

/** Linux: FILESYSTEM_MAX_STACK_DEPTH is 2: an overlay may have an overlay below it, and no more. */
const MAX_DEPTH = 2;

const checkDepth = (lowers: readonly NamedDirectory[], log: Log): void => {
  const deepest = Math.max(...lowers.map(({ spot }) => depthOf(spot.mount.fs)));
  if (deepest + 1 > MAX_DEPTH) refuse(log, 'maximum fs stacking depth exceeded');
};

/** Nothing may lie over proc: it counts as the deepest of stacks. */
const depthOf = (fs: FileSystem): number => {
  if (fs.type === 'proc') return MAX_DEPTH;
  return fs instanceof OverlayFilesystem ? fs.depth : 0;
};

const isSame = (a: NamedDirectory, b: NamedDirectory): boolean =>
  a.spot.mount.fs === b.spot.mount.fs && a.spot.node === b.spot.node;

/** Whether `inner` lies somewhere below `outer`. */
const isBelow = (inner: NamedDirectory, outer: NamedDirectory): boolean => {
  const { fs } = inner.spot.mount;
  if (fs !== outer.spot.mount.fs) return false;
  for (let at = inner.spot.node; at !== fs.root; ) {
    at = fs.parent(at);
    if (at === outer.spot.node) return true;
  }
  return false;
};
