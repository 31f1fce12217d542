// mount(2) with MS_REMOUNT: other flags for a mount, and for its filesystem wherever it is mounted.

import { fail } from '../errno.ts';
import type { FileSystem } from '../filesystem.ts';
import type { Spot } from '../mount.ts';
import { mountWordsOf, withMountWords } from '../mount-options.ts';
import { writable } from '../open-flags.ts';
import type { Process } from '../process.ts';
import type { MountRequest } from './mount-request.ts';

const ACCESS_TIMES = ['noatime', 'nodiratime', 'strictatime'];

/** EINVAL where nothing is mounted, EBUSY for what is written to, EROFS for what nothing makes writable. */
export const remount = (process: Process, { mount, node }: Spot, request: MountRequest): void => {
  if (node !== mount.root) fail('EINVAL');
  const { readOnly = false, flags = [] } = request;
  if (!request.bind) remountFilesystem(process, mount.fs, request);
  mount.readOnly = readOnly;
  // How times of access are kept stays as it was unless told (path_mount).
  const times = flags.some((flag) => ACCESS_TIMES.includes(flag) || flag === 'relatime')
    ? []
    : mountWordsOf(mount).filter((word) => ACCESS_TIMES.includes(word));
  const own = flags.filter((flag) => flag !== 'relatime');
  mount.options = withMountWords(mount.options, [...own, ...times]);
};

const remountFilesystem = (
  { kernel }: Process,
  fs: FileSystem,
  { readOnly = false, options = '' }: MountRequest,
): void => {
  if (!readOnly && fs.readOnly) fail('EROFS');
  if (readOnly && !fs.sealed && kernel.filesOpenOn(fs).some(({ flags }) => writable(flags))) fail('EBUSY');
  const shown = fs.reconfigure?.(options);
  fs.sealed = readOnly;
  if (shown === undefined) return;
  for (const { mounts } of kernel.namespaces())
    for (const other of mounts)
      if (other.fs === fs) other.options = withMountWords(shown, mountWordsOf(other));
};
