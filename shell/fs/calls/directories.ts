// Where a process stands: chdir(2), getcwd(2), chroot(2).

import { CAP_SYS_CHROOT } from '../capability.ts';
import { needCapability, X_OK } from '../credentials.ts';
import { fail } from '../errno.ts';
import { isDirectory } from '../mode.ts';
import { pathOf, type Spot } from '../mount.ts';
import type { Process } from '../process.ts';
import { walk } from '../walk.ts';
import { needAccess } from './place.ts';

const needDirectory = (process: Process, spot: Spot): Spot => {
  if (!isDirectory(spot.mount.fs.inode(spot.node).mode)) fail('ENOTDIR');
  needAccess(process, spot, X_OK);
  return spot;
};

export const chdir = (process: Process, path: string): void => {
  process.cwd = needDirectory(process, walk(process, path));
};

export const fchdir = (process: Process, fd: number): void => {
  process.cwd = needDirectory(process, process.file(fd).spot ?? fail('ENOTDIR'));
};

/** The path of the working directory; ENOENT when it has been removed. */
export const getcwd = (process: Process): string => {
  const { mount, node } = process.cwd;
  if (mount.fs.stat(node).nlink === 0) fail('ENOENT');
  return pathOf(process.cwd, process.root);
};

/** For CAP_SYS_CHROOT; the working directory stays where it is (chroot(2)). */
export const chroot = (process: Process, path: string): void => {
  const spot = needDirectory(process, walk(process, path));
  needCapability(process.cred, CAP_SYS_CHROOT);
  process.root = spot;
};
