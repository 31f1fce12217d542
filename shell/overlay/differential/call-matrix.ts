// Every call on every kind of path: files of each kind and layer, '.', '..', trailing slashes, links that lead nowhere; as root
// and as a user without rights; on an overlay that can be written to, one mounted read-only, and one without an upper layer.

import { FLAG } from '../../fs/inode-flags.ts';
import { S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFREG, S_IFSOCK } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { file, mounted, tree } from './smoke-tree.ts';

const PATHS = [
  'f',
  'd',
  'e',
  'sl',
  'ff',
  'nul',
  'h1',
  'none',
  'up',
  'upd',
  'gone',
  'd/a',
  'd/none',
  'f/x',
].concat(['.', 'd/.', 'd/..', 'sl/', 'f/', 'd/', 'none/', '../m', 'd/s/../../f', 'dangling', 'loop']);

const MAKE = O.CREAT | O.EXCL;
const OPENS = [
  O.RDONLY,
  O.RDWR,
  O.WRONLY,
  O.WRONLY | O.TRUNC,
  O.TRUNC,
  O.WRONLY | O.CREAT,
  O.WRONLY | MAKE,
].concat(
  [O.CREAT, O.DIRECTORY, O.DIRECTORY | O.CREAT, O.DIRECTORY | O.WRONLY, O.NOFOLLOW, O.NOFOLLOW | O.CREAT],
  [O.TMPFILE | O.RDWR, O.TMPFILE],
);

const asking = (path: string): Operation[] => [
  ['stat', path],
  ['lstat', path],
  ...[0, 1, 2, 7].map((want): Operation => ['access', path, want]),
  ['readdir', path],
  ['readlink', path],
  ['read', path, 0, 10],
  ['getxattr', path, 'user.colour'],
  ['listxattr', path],
  ['getflags', path],
];

const changing = (path: string): Operation[] => [
  ['truncate', path, 3],
  ['chmod', path, 0o640],
  ['chown', path, 3, -1],
  ['utimens', path, 5, 6],
  ['touch', path],
  ...['user.z', 'trusted.z', 'security.z'].map((name): Operation => ['setxattr', path, name, '1']),
  ['removexattr', path, 'user.colour'],
  ['removexattr', path, 'security.z'],
  ['setflags', path, 0, FLAG.d],
];

const TYPES = [S_IFIFO, S_IFREG, S_IFDIR, S_IFCHR, S_IFSOCK, S_IFLNK, 0];

const naming = (path: string): Operation[] => [
  ['symlink', 'q', path],
  ['mkdir', path, 0o755],
  ...TYPES.map((type): Operation => ['mknod', path, type | 0o644, 0, 0]),
  ['link', path, 'm/ln'],
  ['link', 'm/g', path],
  ['rename', path, 'm/rn', 0],
  ['lstat', 'm/rn'],
  ['rename', 'm/rn', path, 0],
  ['rename', 'm/d/b', path, 0],
  ['rename', 'm/upd2', path, 0],
  ['rename', path, path, 0],
  ['rename', path, 'm/d', 0],
  ['rename', path, 'm/none/x', 0],
  ['rename', 'm/d/s', path, 2],
  ['rmdir', path],
  ['unlink', path],
  ['unlink', 'm/ln'],
];

const calls = (path: string): Operation[] => [
  ...asking(path),
  ...OPENS.map((flags): Operation => ['open', path, flags | O.NONBLOCK, 0o644]),
  ...changing(path),
  ...naming(path),
];

const lower: Operation[] = [
  ['mkdir', 'l', 0o755],
  ...tree('l'),
  file('l/gone', 'g'),
  ['symlink', 'nowhere', 'l/dangling'],
  ['symlink', 'loop', 'l/loop'],
];

const writable: Operation[] = [
  ...lower,
  ...mounted(['l']),
  file('m/up', 'u'),
  ['mkdir', 'm/upd', 0o755],
  ['mkdir', 'm/upd2', 0o755],
  ['unlink', 'm/gone'],
];

const mounts: Readonly<Record<string, Operation[]>> = {
  'a writable overlay': writable,
  'an overlay mounted again read-only': [...writable, ['remount', 'm', 1]],
  'an overlay without an upper layer': [
    ...lower,
    ['mkdir', 'k', 0o755],
    file('k/zz', '1'),
    ['mkdir', 'm', 0o755],
    ['mount', 'm', 'lowerdir=k:l'],
  ],
};

const byUser = (operation: Operation): Operation => ['asuser', 1000, 1000, ...operation];

export const callMatrix: Record<string, Operation[]> = Object.fromEntries(
  Object.entries(mounts).flatMap(([name, before]) =>
    PATHS.flatMap((path): [string, Operation[]][] => [
      [`all calls on ${path}, ${name}`, [...before, ...calls(`m/${path}`), ['dump', 'm']]],
      [
        `all calls on ${path}, ${name}, by a user`,
        [...before, ...calls(`m/${path}`).map(byUser), ['dump', 'm']],
      ],
    ]),
  ),
);
