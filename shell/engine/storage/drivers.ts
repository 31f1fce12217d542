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

export const DEFAULT_DRIVER: DriverName = 'overlay2';

export const driverNames = Object.keys(drivers) as readonly DriverName[];

export const isDriverName = (name: string): name is DriverName => Object.hasOwn(drivers, name);

export const openDriver = (name: DriverName, process: Process): StorageDriver => drivers[name](process);
