// The filesystem type ext4: the root disk, by its device.

import { FsError } from './errno.ts';
import type { FilesystemType } from './kernel.ts';

/** ext4 is on the root disk alone: mounting it again shows the same tree (mount_bdev). */
export const mountDisk: FilesystemType = (process, _options, source) => {
  const { disk } = process.kernel;
  const { kind, rdev } = process.stat(source);
  if (kind !== 'block') throw new FsError('ENOTBLK');
  if (rdev !== disk.dev) throw new FsError('ENXIO');
  return { fs: disk, options: '' };
};
