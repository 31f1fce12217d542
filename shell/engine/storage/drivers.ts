// The storage drivers themselves, by their names.

import type { Process } from '../../fs/process.ts';
import { Aufs } from './aufs.ts';
import { Btrfs } from './btrfs.ts';
import type { DriverName } from './driver-names.ts';
import { Overlay2 } from './overlay2.ts';
import { Overlayfs } from './overlayfs.ts';
import type { StorageDriver } from './storage-driver.ts';
import { Vfs } from './vfs.ts';
import { Zfs } from './zfs.ts';

const drivers = {
  overlay2: (process) => new Overlay2(process),
  overlayfs: (process) => new Overlayfs(process),
  aufs: (process) => new Aufs(process),
  btrfs: (process) => new Btrfs(process),
  vfs: (process) => new Vfs(process),
  zfs: (process) => new Zfs(process),
} satisfies Record<DriverName, (process: Process) => StorageDriver>;

export const openDriver = (name: DriverName, process: Process): StorageDriver => drivers[name](process);
