// What mount says when the call fails (util-linux's words): the errno alone does not tell whose fault it was.

import type { FsError } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import { errorText, flavorOf } from './flavor.ts';
import type { Attempted } from './mount.ts';

export const mountProblem = (process: Process, error: FsError, what: Attempted): string => {
  const { source, place, type, bind } = what;
  if (flavorOf(process) === 'busybox') return appletProblem(process, error, what);
  const target = process.tryStat(what.target);
  const needsDevice = !bind && type !== 'overlay' && type !== 'tmpfs';
  if (error.code === 'EPERM')
    return `${place}: ${process.cred.uid === 0 ? 'permission denied' : 'must be superuser to use mount'}.`;
  if (!target) return `${what.target}: mount point does not exist.`;
  if (error.code === 'ENOTDIR' && !bind && target.kind !== 'directory')
    return `${place}: mount point is not a directory.`;
  if (error.code === 'ENODEV') {
    if (needsDevice && source.startsWith('/') && !process.tryStat(source))
      return `${place}: special device ${source} does not exist.`;
    if (type === 'auto')
      return `${place}: wrong fs type, bad option, bad superblock on ${source}, missing codepage or helper program, or other error.`;
    return `${place}: unknown filesystem type '${type}'.`;
  }
  if (error.code === 'ENOENT') return `${place}: special device ${source} does not exist.`;
  if (error.code === 'EBUSY') return `${place}: ${source} already mounted or mount point busy.`;
  if (error.code === 'EINVAL') {
    if (bind) return `${place}: mount point not mounted or bad option.`;
    return `${place}: wrong fs type, bad option, bad superblock on ${source}, missing codepage or helper program, or other error.`;
  }
  return `${place}: mount(2) system call failed: ${error.message}.`;
};

const appletProblem = (process: Process, { code }: FsError, { source, target }: Attempted): string =>
  code === 'EPERM'
    ? 'permission denied (are you root?)'
    : `mounting ${source} on ${target} failed: ${errorText(process, code)}`;
