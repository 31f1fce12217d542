// Scripts on directories that are removed while somebody stands in them, on files that are removed while they are held, and on
// layers that are changed behind the mount, or between two mounts.

import { S_IFIFO } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { DUMPS, entitled, file, over, overWith } from './smoke-tree.ts';

const MARK = 'trusted.overlay.';
const ALL = ',redirect_dir=on,metacopy=on,index=on';
const umount: Operation = ['umount', 'm'];
const mount = (options = ''): Operation => ['mount', 'm', `lowerdir=l,upperdir=u,workdir=w${options}`];
const append = (path: string): Operation => ['write', path, O.WRONLY | O.APPEND, 0, -1, 'more'];

/** Everything that can be tried in a directory that has no name any more. */
const tried = (name: string): Operation[] => [
  ['chdir', `m/${name}`],
  ['rmdir', `../${name}`],
  ['mkdir', 'x', 0o755],
  file('y', 'y'),
  ['lstat', 'x'],
  ['open', '.', O.TMPFILE | O.RDWR, 0o600],
  ['link', '../f', 'z'],
  ['rename', '../f', 'z', 0],
  ['rename', '../f', 'z', 2],
  ['symlink', 'a', 'q'],
  ['mknod', 'p', S_IFIFO | 0o644, 0, 0],
  ['readdir', '.'],
  ['lstat', '.'],
  ['chmod', '.', 0o700],
  ['setxattr', '.', 'user.a', 'b'],
  ['unlink', 'x'],
  ['rmdir', 'x'],
  ['stat', '..'],
  ['chdir', '../..'],
];

const emptied: Operation[] = ['m/d/a', 'm/d/b', 'm/d/s/x'].map((path): Operation => ['unlink', path]);

const removed: Record<string, Operation[]> = {
  'a lower directory': over(...tried('e')),
  'an upper directory': over(['mkdir', 'm/n', 0o755], ...tried('n')),
  'a directory with whiteouts': over(...emptied, ['rmdir', 'm/d/s'], ...tried('d')),
  'a lower directory whose parent is gone too': over(
    ...emptied,
    ['chdir', 'm/d/s'],
    ['rmdir', '../s'],
    ['rmdir', '../../d'],
    ['chmod', '.', 0o711],
    ['lstat', '.'],
    ['chdir', '/'],
  ).slice(0, -DUMPS.length),
  'a lower directory, a full one has its name now': over(
    ['chdir', 'm/e'],
    ['rmdir', '../e'],
    ['mkdir', '../e', 0o700],
    file('../e/x', 'x'),
    ['chmod', '.', 0o711],
    ['lstat', '../e'],
    ['lstat', '.'],
    ['chdir', '../..'],
  ),
  'a lower directory, a file has its name now': over(
    ['chdir', 'm/e'],
    ['rmdir', '../e'],
    file('../e', 'x'),
    ['chmod', '.', 0o711],
    ['lstat', '../e'],
    ['lstat', '.'],
    ['chdir', '../..'],
  ),
  'a lower file and a hard link that get no new name': over(
    ['hold', 's', 'm/f', O.RDONLY],
    ['unlink', 'm/f'],
    ['hlink', 's', 'm/z'],
    ['hstat', 's'],
    ['hold', 't', 'm/h1', O.RDONLY],
    ['unlink', 'm/h1'],
    ['hlink', 't', 'm/y'],
    ['hstat', 't'],
  ),
  'a hard link in the index that gets a new name': overWith(
    ',index=on',
    ['hold', 't', 'm/h1', O.RDONLY],
    ['unlink', 'm/h1'],
    ['hlink', 't', 'm/y'],
    ['hstat', 't'],
    ['unlink', 'm/h2'],
    ['hlink', 't', 'm/x'],
    ['hstat', 't'],
  ),
};

const behind: Record<string, Operation[]> = {
  'an upper file is removed': over(
    ['chmod', 'm/f', 0o600],
    ['unlink', 'u/f'],
    ['unlink', 'm/f'],
    ['chmod', 'm/d/a', 0o600],
    ['unlink', 'u/d/a'],
    ['rename', 'm/d/a', 'm/z', 0],
  ).slice(0, -DUMPS.length),
  'an upper file is another': over(
    ['chmod', 'm/f', 0o600],
    ['hold', 's', 'u/f', O.RDONLY],
    ['unlink', 'u/f'],
    file('u/f', 'new'),
    ['unlink', 'm/f'],
    ['rename', 'm/f', 'm/z', 0],
    ['rename', 'm/g', 'm/f', 0],
    ['rename', 'm/g', 'm/f', 2],
    ['lstat', 'm/g'],
  ),
  'a file appears in a merged directory where none was': over(
    ['chmod', 'm/d/a', 0o600],
    ['lstat', 'm/d/new'],
    file('u/d/new', 'x'),
    ['readdir', 'm/d'],
    ['lstat', 'm/d/new'],
    ['unlink', 'm/d/a'],
    ['readdir', 'm/d'],
    umount,
    mount(),
    ['readdir', 'm/d'],
  ),
  'a file appears in an upper directory where none was': over(
    ['mkdir', 'm/n', 0o755],
    ['rename', 'm/f', 'm/n/f', 0],
    ['lstat', 'm/n/new'],
    file('u/n/new', 'x'),
    ['readdir', 'm/n'],
    ['lstat', 'm/n/new'],
  ),
  'an upper directory holds what cannot be looked up': over(
    ['mkdir', 'm/n', 0o755],
    ['rename', 'm/f', 'm/n/f', 0],
    ['mkdir', 'm/n/q', 0o755],
    file('m/n/z', 'z'),
    umount,
    ['setxattr', 'u/n/q', `${MARK}redirect`, '//'],
    mount(),
    ['readdir', 'm/n'],
    ['lstat', 'm/n/q'],
  ),
  "a metacopy's lower file is another": overWith(
    ALL,
    ['chmod', 'm/f', 0o600],
    umount,
    ['rename', 'l/f', 'l/f9', 0],
    file('l/f', 'other'),
    mount(ALL),
    ['lstat', 'm/f'],
    ['lstat', 'm/f9'],
    ['readdir', 'm'],
    umount,
    mount(',metacopy=on'),
    ['lstat', 'm/f'],
    ['read', 'm/f', 0, 9],
  ),
  "a metacopy's lower file was removed, another has its name": overWith(
    ALL,
    ['chmod', 'm/f', 0o600],
    umount,
    ['unlink', 'l/f'],
    file('l/f', 'other'),
    mount(ALL),
    ['lstat', 'm/f'],
    ['read', 'm/f', 0, 9],
  ),
  'the origin was removed': over(append('m/f'), umount, ['unlink', 'l/f'], mount(), ['lstat', 'm/f']),
  'the origin is a directory': over(
    append('m/f'),
    ['chmod', 'm/d', 0o700],
    umount,
    ['copyxattr', 'u/d', 'u/f', `${MARK}origin`],
    mount(),
    ['lstat', 'm/f'],
    ['readdir', 'm'],
  ),
  'the origin is of another kind of filesystem': over(
    append('m/f'),
    umount,
    ['setxattrhex', 'u/f', `${MARK}origin`, `00fb150001${'00'.repeat(16)}`],
    mount(),
    ['lstat', 'm/f'],
  ),
  'the origin lies on a filesystem that is not there': [
    ['mkdir', 'a', 0o755],
    ['mountfs', 'a', 'tmpfs', 'mode=755'],
    ...['a/l', 'l', 'u', 'w', 'm'].map((path): Operation => ['mkdir', path, 0o755]),
    file('a/l/f', 'x'),
    file('l/g', 'y'),
    ['mount', 'm', 'lowerdir=a/l,upperdir=u,workdir=w'],
    append('m/f'),
    umount,
    ['unlink', 'a/l/f'],
    mount(),
    ['lstat', 'm/f'],
    ['inode', 'm/f'],
    ...DUMPS,
  ],
  'a uuid that is too long': over(
    umount,
    ['removexattr', 'u', `${MARK}uuid`],
    ['setxattr', 'u', `${MARK}uuid`, 'longer-than-sixteen'],
    mount(),
    ['options', 'm'],
    ['logged', 'overlayfs: failed to get uuid (/u, err=-34); falling back to uuid=null.'],
  ),
};

const IN_USE = 'is in-use as upperdir/workdir of another mount';
const second = (layers: string): Operation[] => [
  ['mount', 'm2', layers],
  ['umount', 'm2'],
];

const inUse: Record<string, Operation[]> = {
  'a lower layer that another mount writes to': over(
    ...['u2', 'w2', 'm2'].map((path): Operation => ['mkdir', path, 0o755]),
    ...second('lowerdir=u:l,upperdir=u2,workdir=w2'),
    ['logged', `overlayfs: lowerdir ${IN_USE}, accessing files from both mounts`],
    ...second('lowerdir=w:l,upperdir=u2,workdir=w2'),
    ...second('lowerdir=u:l,upperdir=u2,workdir=w2,index=on'),
    [
      'logged',
      `overlayfs: lowerdir ${IN_USE}, mount with '-o index=off' to override exclusive upperdir protection.`,
    ],
  ),
  'an upper and a work directory that another mount has': over(
    ...['w2', 'm2'].map((path): Operation => ['mkdir', path, 0o755]),
    ...second('lowerdir=l,upperdir=u,workdir=w2'),
    ['logged', `overlayfs: upperdir ${IN_USE}, accessing files from both mounts`],
    ...second('lowerdir=l,upperdir=u,workdir=w2,index=on'),
    ...second('lowerdir=l,upperdir=w2,workdir=w,index=on'),
    [
      'logged',
      `overlayfs: workdir ${IN_USE}, mount with '-o index=off' to override exclusive upperdir protection.`,
    ],
    ...second('lowerdir=l,upperdir=w2,workdir=w'),
  ),
};

export const removedScripts: Record<string, Operation[]> = {
  ...entitled('removed and held', removed),
  ...entitled('behind the mount', behind),
  ...inUse,
};
