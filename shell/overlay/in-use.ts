// Directories that another mounted overlay writes to: a warning in the log, and with index=on a refusal.
// Kernel: fs/overlayfs/super.c, ovl_report_in_use; overlayfs.rst, "Sharing and copying layers".

import { fail } from '../fs/errno.ts';
import type { Kernel } from '../fs/kernel.ts';
import type { NamedLayers } from './mount-overlay.ts';
import type { NamedDirectory } from './named-directory.ts';
import type { OverlayOptions } from './options.ts';
import { OverlayFilesystem } from './overlay-filesystem.ts';

const IN_USE = 'is in-use as upperdir/workdir of another mount';

const isInUse = (kernel: Kernel, { spot }: NamedDirectory): boolean =>
  [...kernel.filesystems].some((fs) => fs instanceof OverlayFilesystem && fs.uses(spot.mount.fs, spot.node));

const warning = (name: string): string =>
  `overlayfs: ${name} ${IN_USE}, accessing files from both mounts will result in undefined behavior.`;

/** EBUSY for an upper or work directory in use, if index=on. */
export const checkInUse = (
  kernel: Kernel,
  { upper, work }: NamedLayers,
  { index }: OverlayOptions,
  log: (line: string) => void,
): void => {
  for (const [name, directory] of [['upperdir', upper] as const, ['workdir', work] as const]) {
    if (directory === undefined || !isInUse(kernel, directory)) continue;
    if (!index) {
      log(warning(name));
      continue;
    }
    log(`overlayfs: ${name} ${IN_USE}, mount with '-o index=off' to override exclusive ${name} protection.`);
    fail('EBUSY');
  }
};

/** A lower layer that another mount writes to is no error. */
export const tellLowersInUse = (
  kernel: Kernel,
  { lowers }: NamedLayers,
  log: (line: string) => void,
): void => {
  if (lowers.some((lower) => isInUse(kernel, lower))) log(warning('lowerdir'));
};
