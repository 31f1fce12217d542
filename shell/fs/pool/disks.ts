// What lies on the host's further disks: a btrfs, a zpool. It stays there whether it is mounted or not.

import { fail } from '../errno.ts';
import type { FilesystemType, Kernel } from '../kernel.ts';
import { BtrfsFilesystem } from './btrfs-filesystem.ts';
import { ZfsPool } from './zfs-pool.ts';

const SIZE = 60 * 2 ** 30;

/** What mkfs.btrfs makes on a device, unless it has one. */
export const btrfsOn = (kernel: Kernel, device: string, size = SIZE): BtrfsFilesystem => {
  const known = kernel.disks.get(device);
  if (known instanceof BtrfsFilesystem) return known;
  const { epoch, clock, random, trace } = kernel;
  const made = new BtrfsFilesystem({
    epoch,
    clock,
    random,
    trace,
    size,
    nextDev: () => kernel.nextDev(),
  });
  kernel.disks.set(device, made);
  return made;
};

/** The zpool of that name, which `zpool create` has made. */
export const findPool = (kernel: Kernel, name: string): ZfsPool | undefined => {
  const known = kernel.disks.get(name);
  return known instanceof ZfsPool ? known : undefined;
};

export const pools = ({ disks }: Kernel): ZfsPool[] =>
  [...disks.values()].filter((disk) => disk instanceof ZfsPool);

/** Precondition: there is none of that name. */
export const createPool = (kernel: Kernel, name: string, size = SIZE): ZfsPool => {
  const { epoch, clock, trace } = kernel;
  const made = new ZfsPool({ name, epoch, clock, trace, size, nextDev: () => kernel.nextDev() });
  kernel.disks.set(name, made);
  return made;
};

/** mount -t btrfs DEVICE. EINVAL where the device has none. */
export const mountBtrfs: FilesystemType = ({ kernel }, _options, source) => {
  const fs = kernel.disks.get(source);
  if (!(fs instanceof BtrfsFilesystem)) return fail('EINVAL');
  return { fs, options: fs.mountOptions(fs.root) };
};

/** mount -t zfs DATASET. ENOENT where there is none of that name. */
export const mountZfs: FilesystemType = ({ kernel }, _options, source) => {
  const dataset = findPool(kernel, source.split('/')[0] ?? '')?.get(source) ?? fail('ENOENT');
  return { fs: dataset.tree, options: 'xattr,noacl' };
};
