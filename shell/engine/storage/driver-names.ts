// The storage drivers there are, by the names that dockerd --storage-driver takes.

export type DriverName = 'overlay2' | 'overlayfs' | 'aufs' | 'btrfs' | 'vfs' | 'zfs';

/** What is different about a driver here: Docker has it no more, or asks the host for more than there is. */
const notes: Readonly<Record<DriverName, string | undefined>> = {
  overlay2: undefined,
  overlayfs: undefined,
  aufs: 'Docker 24 removed aufs, which Linux itself never had: cowsh keeps both as they were',
  btrfs: 'btrfs needs a disk of its own: cowsh mounts /dev/vdb at /var/lib/docker/btrfs',
  vfs: undefined,
  zfs: 'zfs needs a kernel module and a pool, which Docker does not bring: cowsh has made zpool-docker',
};

export const driverNote = (name: DriverName): string | undefined => notes[name];

export const DEFAULT_DRIVER: DriverName = 'overlay2';

export const driverNames = Object.keys(notes) as readonly DriverName[];

export const isDriverName = (name: string): name is DriverName => Object.hasOwn(notes, name);
