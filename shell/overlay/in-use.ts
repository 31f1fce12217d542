// Directories that another mounted overlay writes to: a warning in the log, and with index=on a refusal.
// Kernel: fs/overlayfs/super.c, ovl_report_in_use; overlayfs.rst, "Sharing and copying layers".

import { fail } from '../fs/errno.ts';
import type { Kernel } from '../fs/kernel.ts';
import type { NamedDirectory, NamedLayers } from './mount-overlay.ts';
import type { OverlayOptions } from './options.ts';
import { OverlayFilesystem } from './overlay-filesystem.ts';

const IN_USE = 'is in-use as upperdir/workdir of another mount';

/** EBUSY for an upper or work directory in use, if index=on. */
export const checkInUse = (
  kernel: Kernel,
  { lowers, upper, work }: NamedLayers,
  { index }: OverlayOptions,
  log: (line: string) => void,
): void => {
  const inUse = ({ spot }: NamedDirectory): boolean =>
    [...kernel.filesystems].some(
      (fs) => fs instanceof OverlayFilesystem && fs.uses(spot.mount.fs, spot.node),
    );
  const warn = (name: string): void =>
    log(`overlayfs: ${name} ${IN_USE}, accessing files from both mounts will result in undefined behavior.`);
  for (const [name, directory] of [['upperdir', upper] as const, ['workdir', work] as const]) {
    if (directory === undefined || !inUse(directory)) continue;
    if (!index) {
      warn(name);
      continue;
    }
    log(`overlayfs: ${name} ${IN_USE}, mount with '-o index=off' to override exclusive ${name} protection.`);
    fail('EBUSY');
  }
  if (lowers.some(inUse)) warn('lowerdir');
};
