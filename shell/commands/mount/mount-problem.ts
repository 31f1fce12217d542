// What mount says when the call fails (util-linux's words): the errno alone does not tell whose fault it was.

import type { FsError } from '../../fs/errno.ts';
import type { Process } from '../../fs/process.ts';
import { errorText, flavorOf } from '../flavor.ts';
import { realPath } from '../real-path.ts';

export interface Attempted {
  readonly operation: 'mount' | 'bind' | 'move' | 'remount' | 'propagation';
  readonly source: string | undefined;
  readonly target: string;
  /** The target's canonical path, where it exists. */
  readonly place: string;
  readonly type: string;
}

export const mountProblem = (process: Process, error: FsError, what: Attempted): string => {
  if (flavorOf(process) === 'busybox') return appletProblem(process, error, what);
  const told = problems[error.code]?.(process, what);
  return `${what.place}: ${told ?? `mount(2) system call failed: ${error.message}`}.`;
};

type Problem = (process: Process, what: Attempted) => string | undefined;

/** A source that is no path is looked for as one all the same: `overlay` in the working directory. */
const isThere = (process: Process, source: string): boolean => process.tryStat(source) !== undefined;

const sourcePath = (process: Process, source: string): string => realPath(process, source) ?? source;

const wrong = (process: Process, { source }: Attempted): string => {
  const on = source === undefined ? 'none' : isThere(process, source) ? sourcePath(process, source) : source;
  return `wrong fs type, bad option, bad superblock on ${on}, missing codepage or helper program, or other error`;
};

const problems: Partial<Record<FsError['code'], Problem>> = {
  EPERM: ({ cred }) => (cred.uid === 0 ? 'permission denied' : 'must be superuser to use mount'),
  ENOENT: (process, { source, target }) => {
    if (!process.tryLstat(target)) return 'mount point does not exist';
    if (!process.tryStat(target)) return 'mount point is a symbolic link to nowhere';
    return source === undefined || isThere(process, source)
      ? undefined
      : `special device ${source} does not exist`;
  },
  ENOTDIR: (process, { target }) =>
    process.tryStat(target)?.kind === 'directory' ? undefined : 'mount point is not a directory',
  ENODEV: (_process, { type }) => `unknown filesystem type '${type}'`,
  ENOTBLK: (process, { source = '' }) => {
    const hint = process.tryStat(source)?.kind === 'file' ? '; try "-o loop"' : '';
    return `${sourcePath(process, source)} is not a block device${hint}`;
  },
  EBUSY: (_process, { operation, source }) =>
    operation === 'remount' ? 'mount point is busy' : `${source} already mounted or mount point busy`,
  EROFS: (_process, { operation, source }) =>
    operation === 'remount'
      ? `cannot remount ${source} read-write, is write-protected`
      : `cannot mount ${source} read-only`,
  EINVAL: (process, what) => {
    if (what.operation === 'remount') return 'mount point not mounted or bad option';
    if (what.operation === 'propagation') return 'not mount point or bad option';
    if (what.operation === 'move' && isBelowShared(process, what.source ?? ''))
      return 'bad option; moving a mount residing under a shared mount is unsupported';
    return wrong(process, what);
  },
};

const isBelowShared = (process: Process, source: string): boolean => {
  const path = sourcePath(process, source);
  const all = process.mounts();
  const moved = all.findLast(({ target }) => target === path);
  const above = all.find(({ id }) => id === moved?.parent);
  return above?.propagation.some((field) => field.startsWith('shared:')) ?? false;
};

const appletProblem = (process: Process, { code }: FsError, { source, target }: Attempted): string =>
  code === 'EPERM'
    ? 'permission denied (are you root?)'
    : `mounting ${source} on ${target} failed: ${errorText(process, code)}`;
