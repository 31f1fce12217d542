// Directories that another mounted overlay writes to: a warning in the log, and with index=on a refusal.
// Kernel: fs/overlayfs/super.c, ovl_report_in_use; overlayfs.rst, "Sharing and copying layers".

import { fail } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import type { Kernel } from '../fs/kernel.ts';
import type { NodeId } from '../fs/stat.ts';
import type { NamedDirectory, NamedLayers } from './named-directory.ts';
import type { OverlayOptions } from './options.ts';
import { OverlayFilesystem } from './overlay-filesystem.ts';

type Log = (line: string) => void;

/** Whether a mounted overlay has claimed the directory for its own writing. */
export const isInUse = (kernel: Kernel, files: FileSystem, node: NodeId): boolean =>
  [...kernel.filesystems].some((fs) => fs instanceof OverlayFilesystem && fs.claims(files, node));

/**
 * The upper and the work directory, where no other mount has them: one that is mounted all the same claims nothing, and
 * leaves nothing free when it ends. EBUSY for one in use, if index=on.
 */
export const claimUpper = (
  kernel: Kernel,
  { upper, work }: NamedLayers,
  options: OverlayOptions,
  log: Log,
): NamedDirectory[] => {
  const free = (directory: NamedDirectory, name: string): boolean => {
    if (!isInUse(kernel, directory.spot.mount.fs, directory.spot.node)) return true;
    reportInUse(name, options, log);
    return false;
  };
  const claimed: NamedDirectory[] = [];
  if (upper !== undefined && free(upper, 'upperdir')) claimed.push(upper);
  if (work !== undefined && free(work, 'workdir')) claimed.push(work);
  return claimed;
};

/** The same for lower layers. */
export const checkLowersInUse = (
  kernel: Kernel,
  { lowers, data }: NamedLayers,
  options: OverlayOptions,
  log: Log,
): void => {
  for (const { spot } of [...lowers, ...data])
    if (isInUse(kernel, spot.mount.fs, spot.node)) reportInUse('lowerdir', options, log);
};

/** A warning, or with index=on a refusal (ovl_report_in_use). */
export const reportInUse = (name: string, { index }: OverlayOptions, log: Log): void => {
  const inUse = `overlayfs: ${name} is in-use as upperdir/workdir of another mount`;
  if (!index) {
    log(`${inUse}, accessing files from both mounts will result in undefined behavior.`);
    return;
  }
  log(`${inUse}, mount with '-o index=off' to override exclusive upperdir protection.`);
  fail('EBUSY');
};
