// What ioctl(2) does on a btrfs for btrfs-subvolume(8): make, snapshot and delete subvolumes (Linux: fs/btrfs/ioctl.c).

import { needFreePlace, needRemovable } from '../calls/place.ts';
import { fail } from '../errno.ts';
import type { Process } from '../process.ts';
import { type Place, walk, walkToPlace } from '../walk.ts';
import { BtrfsFilesystem } from './btrfs-filesystem.ts';
import type { Subvolume } from './subvolume.ts';

/** The filesystem of a path, and the subvolume whose root it is, if it is one. ENOTTY on another filesystem. */
export const btrfsAt = (
  process: Process,
  path: string,
): { fs: BtrfsFilesystem; subvolume: Subvolume | undefined } => {
  const { mount, node } = walk(process, path);
  const fs = mount.fs instanceof BtrfsFilesystem ? mount.fs : fail('ENOTTY');
  return { fs, subvolume: fs.subvolumeAt(node) };
};

/** EEXIST, ENOTTY. */
export const createSubvolume = (process: Process, path: string): void => {
  const place = walkToPlace(process, path);
  needFreePlace(process, place, true);
  btrfsOf(place).createSubvolume(place.dir, place.name);
  changed(process, place);
};

/** EINVAL where `source` is no subvolume, EXDEV where it lies on another filesystem. */
export const snapshotSubvolume = (process: Process, source: string, path: string): void => {
  const { mount, node } = walk(process, source);
  const place = walkToPlace(process, path);
  needFreePlace(process, place, true);
  const fs = btrfsOf(place);
  if (mount.fs !== fs) fail('EXDEV');
  fs.snapshot(node, place.dir, place.name);
  changed(process, place);
};

/** EINVAL where the path is no subvolume, ENOTEMPTY where another stands in it. */
export const deleteSubvolume = (process: Process, path: string): void => {
  const place = walkToPlace(process, path);
  if (place.mount.fs.lookup(place.dir, place.name) === 0) fail('ENOENT');
  needRemovable(process, place);
  btrfsOf(place).deleteSubvolume(place.dir, place.name);
  changed(process, place);
};

const btrfsOf = ({ mount }: Place): BtrfsFilesystem =>
  mount.fs instanceof BtrfsFilesystem ? mount.fs : fail('ENOTTY');

const changed = (process: Process, { mount, dir }: Place): void =>
  process.kernel.changed({ mount, node: dir });
