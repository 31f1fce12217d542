// The storage drivers there are, by the names that dockerd --storage-driver takes.

import type { Process } from '../../fs/process.ts';
import { Aufs } from './aufs.ts';
import { Btrfs } from './btrfs.ts';
import { Overlay2 } from './overlay2.ts';
import { Overlayfs } from './overlayfs.ts';
import type { StorageDriver } from './storage-driver.ts';
import { Vfs } from './vfs.ts';
import { Zfs } from './zfs.ts';

export type DriverName = 'overlay2' | 'overlayfs' | 'aufs' | 'btrfs' | 'vfs' | 'zfs';

const drivers = {
  overlay2: (process) => new Overlay2(process),
  overlayfs: (process) => new Overlayfs(process),
  aufs: (process) => new Aufs(process),
  btrfs: (process) => new Btrfs(process),
  vfs: (process) => new Vfs(process),
  zfs: (process) => new Zfs(process),
} satisfies Record<DriverName, (process: Process) => StorageDriver>;

/** What is different about a driver here: Docker has it no more, or asks the host for more than there is. */
const notes: Partial<Record<DriverName, string>> = {
  aufs: 'Docker 24 removed aufs, which Linux itself never had: cowsh keeps both as they were',
  btrfs: 'btrfs needs a disk of its own: cowsh mounts /dev/vdb at /var/lib/docker/btrfs',
  zfs: 'zfs needs a kernel module and a pool, which Docker does not bring: cowsh has made zpool-docker',
};

export const driverNote = (name: DriverName): string | undefined => notes[name];

export const DEFAULT_DRIVER: DriverName = 'overlay2';

export const driverNames = Object.keys(drivers) as readonly DriverName[];

export const isDriverName = (name: string): name is DriverName => Object.hasOwn(drivers, name);

export const openDriver = (name: DriverName, process: Process): StorageDriver => drivers[name](process);
