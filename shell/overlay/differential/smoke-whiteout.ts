// Scripts on removing and making again: whiteouts and opaque directories.

import { S_IFCHR } from '../../fs/mode.ts';
import type { Operation } from './script.ts';
import { file, over, remount } from './smoke-tree.ts';

/** The upper lower layer, k, hides files by attribute: in a directory of its own, and in one that merges. */
const byAttribute = (...operations: Operation[]): Operation[] => [
  ...['l', 'l/two', 'l/other', 'k', 'k/one', 'k/two', 'u', 'w', 'm'].map(
    (path): Operation => ['mkdir', path, 0o755],
  ),
  file('l/two/a', 'a'),
  file('l/two/b', 'b'),
  ...['k', 'k/one', 'k/two'].map((path): Operation => ['setxattr', path, 'trusted.overlay.opaque', 'x']),
  ...['k/one/a', 'k/two/a'].flatMap((path): Operation[] => [
    file(path, ''),
    ['setxattr', path, 'trusted.overlay.whiteout', ''],
  ]),
  ['mount', 'm', 'lowerdir=k:l,upperdir=u,workdir=w'],
  ...operations,
];

export const whiteoutScripts: Record<string, Operation[]> = {
  'unlink leaves a whiteout': over(
    ['unlink', 'm/f'],
    ['stat', 'm/f'],
    ['unlink', 'm/f'],
    ['open', 'm/f', 0, 0],
  ),
  'unlink, then create': over(['unlink', 'm/f'], file('m/f', 'new'), ['stat', 'm/f'], ['unlink', 'm/f']),
  'a new file and its end': over(file('m/d/n', 'x'), ['unlink', 'm/d/n'], ['readdir', 'm/d']),
  mkdir: over(['mkdir', 'm/nd', 0o755], ['mkdir', 'm/d/nd', 0o711], ['mkdir', 'm/d', 0o755]),
  'rmdir of an empty lower directory': over(['rmdir', 'm/e'], ['readdir', 'm']),
  'rmdir of one that is not empty': over(['rmdir', 'm/d'], ['rmdir', 'm/d/s']),
  'rmdir after its children': over(
    ['unlink', 'm/d/a'],
    ['unlink', 'm/d/b'],
    ['rmdir', 'm/d'],
    ['unlink', 'm/d/s/x'],
    ['rmdir', 'm/d/s'],
    ['rmdir', 'm/d'],
    ['readdir', 'm'],
  ),
  'rmdir, then mkdir: opaque': over(
    ['rmdir', 'm/e'],
    ['mkdir', 'm/e', 0o755],
    ['unlink', 'm/d/s/x'],
    ['rmdir', 'm/d/s'],
    ['mkdir', 'm/d/s', 0o700],
    ['readdir', 'm/d/s'],
    file('m/d/s/y', 'y'),
    ...remount,
    ['readdir', 'm/d/s'],
  ),
  'file for directory, directory for file': over(
    ['unlink', 'm/f'],
    ['mkdir', 'm/f', 0o755],
    file('m/f/in', 'in'),
    ['rmdir', 'm/e'],
    file('m/e', 'now a file'),
    ['stat', 'm/f/in'],
  ),
  'a whiteout may not be made from above': over(
    ['mknod', 'm/w', S_IFCHR | 0o600, 0, 0],
    ['mknod', 'm/c', S_IFCHR | 0o600, 1, 5],
  ),
  'directories whose whiteouts are attributes are not empty': byAttribute(
    ['rmdir', 'm/one'],
    ['rename', 'm/one', 'm/other', 0],
    ['rename', 'm/other', 'm/one', 0],
    ['unlink', 'm/two/b'],
    ['rmdir', 'm/two'],
    ['readdir', 'm/one'],
    ['readdir', 'm/two'],
    ['chmod', 'm/two', 0o700],
    ['readdir', 'm/two'],
    ['rmdir', 'm/two'],
  ),
  'names as aufs wrote them mean nothing': over(file('m/.wh.f', ''), ['readdir', 'm'], ['stat', 'm/f']),
};
