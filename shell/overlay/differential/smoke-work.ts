// Scripts on a work directory that cannot be made ready: the mount is then read-only, with an upper layer.

import { FLAG } from '../../fs/inode-flags.ts';
import { S_IFCHR } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { directories, file, over, tree } from './smoke-tree.ts';

const umount: Operation = ['umount', 'm'];
const mount = (options = ''): Operation => ['mount', 'm', `lowerdir=l,upperdir=u,workdir=w${options}`];

const append = (path: string): Operation => ['write', path, O.WRONLY | O.APPEND, 0, -1, 'more'];

/** What is left there keeps the directory from being made anew: it goes two levels deep. */
const DEEP = directories('w/work/a', 'w/work/a/b', 'w/work/a/b/c');

const look: Operation[] = [
  ['options', 'm'],
  ['readdir', 'w'],
  ['readdir', 'w/work'],
  ['listxattr', 'u'],
  ['remount', 'm', 0],
  ['access', 'm/f', 2],
  ['mkdir', 'm/new', 0o755],
  ['chmod', 'm/f', 0o600],
];

const left = (options: string, ...before: Operation[]): Operation[] =>
  over(umount, ...before, mount(options), ...look);

const small = (inodes: number, options: string): Operation[] => [
  ...directories('l', 'x', 'm'),
  ...tree('l'),
  ['mountfs', 'x', 'tmpfs', `mode=755,nr_inodes=${inodes}`],
  ...directories('x/u', 'x/w'),
  ['mount', 'm', `lowerdir=l,upperdir=x/u,workdir=x/w${options}`],
  ['options', 'm'],
  ['mkdir', 'm/q', 0o755],
  ['readdir', 'm'],
];

const protect = (path: string, options: string, ...before: Operation[]): Operation[] =>
  over(umount, ...before, ['setflags', path, 0, FLAG.i], mount(options), ...look, [
    'setflags',
    path,
    FLAG.i,
    0,
  ]);

/** Everything that can be tried on a mount whose upper filesystem is remounted read-only; a user without rights tries too. */
const changes: Operation[] = [
  append('m/d/a'),
  append('m/f'),
  ['chmod', 'm/f', 0o600],
  ['access', 'm/f', 2],
  ['access', 'm/d/a', 2],
  ['access', 'm/d', 2],
  ['access', 'm/ff', 2],
  ['mkdir', 'm/d', 0o755],
  ['mkdir', 'm/q', 0o755],
  ...['m/none', 'm/f', 'm/d'].map((path): Operation => ['unlink', path]),
  ...['m/f', 'm/d', 'm/e'].map((path): Operation => ['rmdir', path]),
  ...['m/f', 'm/g', 'm/d', 'm/e', 'm/none', 'm/d/f'].flatMap((from) =>
    ['m/f', 'm/d', 'm/e', 'm/q', 'm/d/f'].map((to): Operation => ['rename', from, to, 0]),
  ),
  ...[1, 2, 4].map((flags): Operation => ['rename', 'm/f', 'm/g', flags]),
  ['rename', 'm/f', 'm/q', 4],
  ...['m/g', 'm/g2'].map((to): Operation => ['link', 'm/f', to]),
  ['link', 'm/none', 'm/g2'],
  ...['m/f', 'm/f3'].map((path): Operation => ['symlink', 'a', path]),
  ['setxattr', 'm/f', 'user.a', 'b'],
  ...['m/f', 'm/d/a'].map((path): Operation => ['removexattr', path, 'user.zz']),
  ['removexattr', 'm/f', 'user.colour'],
  ['chown', 'm/f', 1, 1],
  ['utimens', 'm/f', 1, 1],
  ['touch', 'm/d/a'],
  ...['m/f', 'm/d/a', 'm/d'].map((path): Operation => ['truncate', path, 0]),
  ...['m/f', 'm/d', 'm/d/a'].map((path): Operation => ['open', path, O.RDWR, 0]),
  ['open', 'm/new', O.RDWR | O.CREAT, 0o600],
  ['open', 'm/f', O.RDONLY | O.CREAT, 0o600],
  ['open', 'm/f', O.CREAT | O.EXCL | O.RDWR, 0o600],
  ['open', 'm/d', O.TMPFILE | O.RDWR, 0o600],
  ['open', 'm/ff', O.RDWR | O.NONBLOCK, 0],
  ['open', 'm/nul', O.RDWR, 0],
  ['mknod', 'm/q', S_IFCHR | 0o600, 0, 0],
  ['setflags', 'm/f', 0, FLAG.i],
];

const sealed: Operation[] = [
  ...directories('l', 'x', 'm'),
  ...tree('l'),
  ['mountfs', 'x', 'tmpfs', 'mode=755'],
  ...directories('x/u', 'x/w'),
  ['mount', 'm', 'lowerdir=l,upperdir=x/u,workdir=x/w'],
  append('m/d/a'),
  ['remount', 'x', 1],
  ...changes,
  ...changes.map((change): Operation => ['asuser', 1000, 1000, ...change]),
  ['remount', 'x', 0],
  append('m/f'),
  ['dump', 'm'],
  ['dump', 'x/u'],
];

export const workScripts: Record<string, Operation[]> = {
  'an upper filesystem that becomes read-only': sealed,
  ...Object.fromEntries(
    ['', ',index=on', ',volatile', ',nfs_export=on', ',metacopy=on'].map((options) => [
      `the work directory cannot be emptied${options}`,
      [
        ...left(options, ...DEEP, ...directories('w/work/d'), file('w/work/x', 'x')),
        ['logged', 'overlayfs: failed to create directory w/work (errno: 17); mounting read-only'],
      ] as Operation[],
    ]),
  ),
  'the work directory cannot be emptied, a new uuid': left(
    ',uuid=on',
    ['removexattr', 'u', 'trusted.overlay.uuid'],
    ...DEEP,
  ),
  'the work directory can be emptied again': over(
    umount,
    ...DEEP,
    mount(),
    ...directories('m2', 'w2'),
    ['mount', 'm2', 'lowerdir=l,upperdir=u,workdir=w2'],
    ['mkdir', 'm2/q', 0o755],
    ['readdir', 'm'],
    ['umount', 'm2'],
    umount,
    ['rmdir', 'w/work/a/b/c'],
    mount(),
    ['options', 'm'],
  ),
  'the work directory holds directories of files': left(
    '',
    ...directories('w/work/a'),
    file('w/work/a/f', 'x'),
  ),
  'something is mounted on the work directory': over(
    umount,
    ['mountfs', 'w/work', 'tmpfs', 'mode=755'],
    mount(),
    ['options', 'm'],
    ['mkdir', 'm/new', 0o755],
  ),
  'a feature of another kernel': left('', ...directories('w/work/incompat', 'w/work/incompat/future')),
  'no features': left('', ...directories('w/work/incompat')),
  'features in a file': left('', file('w/work/incompat', 'x')),
  'no inode for the work directory': [
    ...small(3, ''),
    ['logged', 'overlayfs: failed to create directory x/w/work (errno: 28); mounting read-only'],
  ],
  ...Object.fromEntries(
    [4, 5, 6, 7].map((inodes) => [`${inodes} inodes for an index`, small(inodes, ',index=on')]),
  ),
  'the directory for the work directory is immutable': protect('w', '', ['rmdir', 'w/work']),
  'the old work directory is immutable': protect('w/work', ''),
  'the index is immutable': protect('w/index', ',index=on', ['mkdir', 'w/index', 0o755]),
  'the upper directory is immutable before the mount': protect('u', ''),
  'the upper directory is immutable before the mount, index=on': protect('u', ',index=on'),
};
