// Directories that another mounted overlay writes to: a warning in the log, and with index=on a refusal.
// Kernel: fs/overlayfs/super.c, ovl_report_in_use; overlayfs.rst, "Sharing and copying layers".

import { fail } from '../fs/errno.ts';
import type { Kernel } from '../fs/kernel.ts';
import type { NamedDirectory, NamedLayers } from './named-directory.ts';
import type { OverlayOptions } from './options.ts';
import { OverlayFilesystem } from './overlay-filesystem.ts';

type Log = (line: string) => void;

const isInUse = (kernel: Kernel, { spot }: NamedDirectory): boolean =>
  [...kernel.filesystems].some((fs) => fs instanceof OverlayFilesystem && fs.uses(spot.mount.fs, spot.node));

/** EBUSY for an upper or work directory in use, if index=on. */
export const checkUpperInUse = (
  kernel: Kernel,
  { upper, work }: NamedLayers,
  options: OverlayOptions,
  log: Log,
): void => {
  if (upper !== undefined && isInUse(kernel, upper)) report('upperdir', options, log);
  if (work !== undefined && isInUse(kernel, work)) report('workdir', options, log);
};

/** The same for lower layers. */
export const checkLowersInUse = (
  kernel: Kernel,
  { lowers, data }: NamedLayers,
  options: OverlayOptions,
  log: Log,
): void => {
  for (const lower of [...lowers, ...data]) if (isInUse(kernel, lower)) report('lowerdir', options, log);
};

/** A warning, or with index=on a refusal (ovl_report_in_use). */
const report = (name: string, { index }: OverlayOptions, log: Log): void => {
  const inUse = `overlayfs: ${name} is in-use as upperdir/workdir of another mount`;
  if (!index) {
    log(`${inUse}, accessing files from both mounts will result in undefined behavior.`);
    return;
  }
  log(`${inUse}, mount with '-o index=off' to override exclusive upperdir protection.`);
  fail('EBUSY');
};
