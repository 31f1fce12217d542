// Scripts on renaming: EXDEV, flags, redirects, and metacopies that move.

import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { file, over, overWith, remount } from './smoke-tree.ts';

const NOREPLACE = 1;
const EXCHANGE = 2;
const WHITEOUT = 4;

export const renameScripts: Record<string, Operation[]> = {
  'rename of a lower file': over(['rename', 'm/f', 'm/f2', 0], ['stat', 'm/f2'], ['stat', 'm/f']),
  'rename into another directory': over(['rename', 'm/f', 'm/d/s/f', 0], ['rename', 'm/d/a', 'm/a', 0]),
  'rename there and back': over(['rename', 'm/f', 'm/f2', 0], ['rename', 'm/f2', 'm/f', 0]),
  'rename over a lower file': over(['rename', 'm/f', 'm/g', 0], ['read', 'm/g', 0, 9], ['stat', 'm/g']),
  'rename of a new file over a lower one': over(file('m/n', 'n'), ['rename', 'm/n', 'm/f', 0]),
  'rename of a new file to a whited-out name': over(
    file('m/n', 'n'),
    ['unlink', 'm/f'],
    ['rename', 'm/n', 'm/f', 0],
  ),
  'rename of a lower file to a whited-out name': over(['unlink', 'm/f'], ['rename', 'm/g', 'm/f', 0]),
  'EXDEV for a directory that a lower layer has': over(
    ['rename', 'm/d', 'm/d2', 0],
    file('m/d/n', 'n'),
    ['rename', 'm/d', 'm/d2', 0],
    ['rename', 'm/d/s', 'm/s', 0],
    ['rename', 'm/e', 'm/d/e', 0],
  ),
  'rename of a new directory': over(
    ['mkdir', 'm/n', 0o755],
    file('m/n/q', 'q'),
    ['rename', 'm/n', 'm/n2', 0],
    ['rename', 'm/n2', 'm/e', 0],
    ['readdir', 'm/e'],
    ['mkdir', 'm/n', 0o755],
    ['rename', 'm/n', 'm/d', 0],
    ['rename', 'm/n', 'm/f', 0],
    ['rename', 'm/f', 'm/n', 0],
  ),
  'rename of a new directory to a whited-out name': over(
    ['unlink', 'm/f'],
    ['mkdir', 'm/n', 0o755],
    ['rename', 'm/n', 'm/f', 0],
    ['readdir', 'm/f'],
  ),
  'rename of a directory over one emptied': over(
    ['unlink', 'm/d/s/x'],
    ['mkdir', 'm/n', 0o755],
    file('m/n/y', 'y'),
    ['rename', 'm/n', 'm/d/s', 0],
    ['readdir', 'm/d/s'],
    ...remount,
    ['readdir', 'm/d/s'],
  ),
  'rename with flags': over(
    ['rename', 'm/f', 'm/g', NOREPLACE],
    ['rename', 'm/f', 'm/f3', NOREPLACE],
    ['rename', 'm/f3', 'm/g', EXCHANGE],
    ['read', 'm/g', 0, 10],
    ['rename', 'm/g', 'm/x', WHITEOUT],
    ['rename', 'm/g', 'm/d', EXCHANGE],
    ['mkdir', 'm/n', 0o755],
    ['rename', 'm/n', 'm/g', EXCHANGE],
    ['rename', 'm/g', 'm/none', EXCHANGE],
  ),
  'rename of a directory into itself': over(['mkdir', 'm/n', 0o755], ['rename', 'm/n', 'm/n/n', 0]),
  'rename between two names of one file': over(['link', 'm/f', 'm/f2'], ['rename', 'm/f', 'm/f2', 0]),
  'redirect_dir=on: directories move': overWith(
    ',redirect_dir=on',
    ['rename', 'm/d', 'm/d2', 0],
    ['rename', 'm/d2/s', 'm/s9', 0],
    ['write', 'm/d2/a', O.WRONLY, 0, 0, 'A'],
    ['readdir', 'm/s9'],
    ['mkdir', 'm/d', 0o755],
    ['readdir', 'm/d'],
    ['rename', 'm/f', 'm/e', EXCHANGE],
    ['mkdir', 'm/plain', 0o755],
    ...remount,
    ['readdir', 'm/d2'],
    ['readdir', 'm/s9'],
    ['stat', 'm/s9/x'],
  ),
  'redirect_dir=nofollow refuses redirects': overWith(
    ',redirect_dir=on',
    ['rename', 'm/d', 'm/d2', 0],
    ['umount', 'm'],
    ['mount', 'm', 'lowerdir=l,upperdir=u,workdir=w,redirect_dir=nofollow'],
    ['stat', 'm/d2'],
    ['stat', 'm/f'],
    ['umount', 'm'],
    ['mount', 'm', 'lowerdir=l,upperdir=u,workdir=w'],
  ),
  'metacopy=on': overWith(
    ',metacopy=on',
    ['chmod', 'm/f', 0o600],
    ['stat', 'm/f'],
    ['read', 'm/f', 0, 100],
    ['chmod', 'm/d/a', 0o600],
    ['write', 'm/d/a', O.WRONLY, 0, 0, 'A'],
    ['rename', 'm/g', 'm/k', 0],
    ['rename', 'm/d', 'm/dd', 0],
    ['read', 'm/k', 0, 100],
    ['chown', 'm/dd/b', 3, 3],
    ['link', 'm/k', 'm/k2'],
    ['read', 'm/k2', 0, 100],
    ['open', 'm/k2', O.WRONLY | O.TRUNC, 0],
  ),
};
