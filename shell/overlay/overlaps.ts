// The last that a mount checks: what lies above its layers. A lower layer lies in no other directory of the mount, and
// none of them in one that another overlay writes to. An upper layer may lie within a lower one.
// Kernel: fs/overlayfs/super.c, ovl_check_overlapping_layers.

import { fail } from '../fs/errno.ts';
import type { Kernel } from '../fs/kernel.ts';
import { isInUse, reportInUse } from './in-use.ts';
import type { NamedDirectory, NamedLayers } from './named-directory.ts';
import type { OverlayOptions } from './options.ts';
import { isTrap } from './traps.ts';
import type { Union } from './union.ts';

/** ELOOP; EBUSY with index=on. */
export const checkOverlaps = (
  kernel: Kernel,
  union: Union,
  { lowers, data, upper, work }: NamedLayers,
  options: OverlayOptions,
): void => {
  const check = ({ spot: { mount, node } }: NamedDirectory, name: string): void => {
    for (let at = node; at !== mount.fs.root; ) {
      at = mount.fs.parent(at);
      if (name === 'lowerdir' && isTrap(union, mount.fs, at)) {
        union.log('overlayfs: overlapping lowerdir path');
        fail('ELOOP');
      }
      if (isInUse(kernel, mount.fs, at)) reportInUse(name, options, union.log);
    }
  };
  if (upper !== undefined) check(upper, 'upperdir');
  if (work !== undefined) check(work, 'workdir');
  for (const lower of [...lowers, ...data]) check(lower, 'lowerdir');
};
