// --storage-driver: the drivers that a machine can start with.

import { driverNames, isDriverName } from '../shell/index.ts';

/** Drivers that Docker has or had, and why this host cannot take them. */
const elsewhere: Readonly<Record<string, string>> = {
  aufs: 'aufs needs a patched kernel; Docker 24 removed it',
  btrfs: 'btrfs needs /var/lib/docker on a btrfs disk, and this host has ext4',
  devicemapper: 'devicemapper needs a disk of its own; Docker 25 removed it',
  overlay: 'overlay is the forerunner of overlay2; Docker 24 removed it',
  zfs: 'zfs needs /var/lib/docker on a zfs pool, and this host has ext4',
};

/** Why there is no machine with this driver; undefined when there is one. */
export const whyNoDriver = (name: string): string | undefined => {
  if (isDriverName(name)) return undefined;
  const why = Object.hasOwn(elsewhere, name) ? elsewhere[name] : `there is no storage driver '${name}'`;
  return `${why}; cowsh has ${driverNames.join(', ')}`;
};
