// The init layer: what Docker puts between an image and a container's own layer, so that mounts have a place to stand.

import { isFsError } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { makeDirectories } from './files.ts';

/** Path and what it is: a directory, an empty file, or a link's target (Docker: daemon/initlayer). */
const entries: readonly (readonly [string, 'dir' | 'file' | `/${string}`])[] = [
  ['/dev/pts', 'dir'],
  ['/dev/shm', 'dir'],
  ['/proc', 'dir'],
  ['/sys', 'dir'],
  ['/.dockerenv', 'file'],
  ['/etc/resolv.conf', 'file'],
  ['/etc/hosts', 'file'],
  ['/etc/hostname', 'file'],
  ['/dev/console', 'file'],
  ['/etc/mtab', '/proc/mounts'],
];

/** Fills the mounted init layer at `root`. */
export const setupInitLayer = (process: Process, root: string): void => {
  for (const [path, what] of entries) {
    clear(process, root, path);
    if (process.tryStat(root + path) !== undefined) continue;
    makeDirectories(process, parentOf(root + path), 0o755);
    if (what === 'dir') makeDirectories(process, root + path, 0o755);
    else if (what === 'file') process.close(process.open(root + path, O.RDONLY | O.CREAT, 0o755));
    else process.symlink(what, root + path);
  }
};

/** Files and links on the way go; directories refuse, and stay. */
const clear = (process: Process, root: string, path: string): void => {
  let at = root;
  for (const part of path.split('/').slice(1)) {
    at = `${at}/${part}`;
    try {
      process.unlink(at);
    } catch (error) {
      if (!isFsError(error)) throw error;
    }
  }
};

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
