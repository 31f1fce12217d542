// What a mount refuses about its directories: too few of them, and such that lie in or are one another.
// Kernel: fs/overlayfs/super.c, ovl_get_workdir, ovl_get_lowerstack, ovl_check_overlapping_layers.

import { type Errno, fail } from '../fs/errno.ts';
import { isReadOnly } from '../fs/mount.ts';
import type { NamedDirectory, NamedLayers } from './mount-overlay.ts';
import { OverlayFilesystem } from './overlay-filesystem.ts';

type Log = (line: string) => void;

const refuse = (log: Log, line: string, code: Errno): never => {
  log(`overlayfs: ${line}`);
  return fail(code);
};

/** Throws for the first thing that is wrong, in the kernel's order. An upper layer may lie within a lower one. */
export const checkLayers = ({ lowers, data, upper, work }: NamedLayers, log: Log): void => {
  if (lowers.length === 0) refuse(log, "missing 'lowerdir'", 'EINVAL');
  if (upper !== undefined) checkUpper(upper, work, log);
  else if (lowers.length + data.length < 2)
    refuse(log, 'at least 2 lowerdir are needed while upperdir nonexistent', 'EINVAL');
  const below = [...lowers, ...data];
  checkDepth(below, log);
  const layers = upper === undefined ? below : [upper, ...below];
  const own = work === undefined ? [] : [work];
  for (const [at, lower] of below.entries()) {
    const before = layers.slice(0, layers.length - below.length + at);
    if ([...before, ...own].some((other) => isSame(other, lower)))
      refuse(log, 'conflicting lowerdir path', 'ELOOP');
  }
  for (const lower of below) {
    if ([...layers, ...own].some((other) => other !== lower && isBelow(lower, other))) {
      refuse(log, 'overlapping lowerdir path', 'ELOOP');
    }
  }
};

const checkUpper = (upper: NamedDirectory, work: NamedDirectory | undefined, log: Log): void => {
  const { mount } = upper.spot;
  if (mount.fs instanceof OverlayFilesystem) {
    log(`overlay: filesystem on ${upper.named} not supported as upperdir`);
    fail('EINVAL');
  }
  if (isReadOnly(mount)) {
    log(`overlay: filesystem on ${upper.named} is read-only`);
    fail('EINVAL');
  }
  if (work === undefined) refuse(log, "missing 'workdir'", 'EINVAL');
  else if (work.spot.mount !== mount) {
    refuse(log, 'workdir and upperdir must reside under the same mount', 'EINVAL');
  } else if (isSame(work, upper) || isBelow(work, upper) || isBelow(upper, work)) {
    refuse(log, 'workdir and upperdir must be separate subtrees', 'EINVAL');
  }
};

/** Linux: FILESYSTEM_MAX_STACK_DEPTH is 2: an overlay may have an overlay below it, and no more. */
const MAX_DEPTH = 2;

const checkDepth = (lowers: readonly NamedDirectory[], log: Log): void => {
  const deepest = Math.max(...lowers.map(({ spot }) => depthOf(spot.mount.fs)));
  if (deepest + 1 > MAX_DEPTH) refuse(log, 'maximum fs stacking depth exceeded', 'EINVAL');
};

const depthOf = (fs: unknown): number => (fs instanceof OverlayFilesystem ? fs.depth : 0);

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
