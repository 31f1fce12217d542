// Scripts on a work directory that cannot be made ready: the mount is then read-only, with an upper layer.

import { FLAG } from '../../fs/inode-flags.ts';
import type { Operation } from './script.ts';
import { file, over, tree } from './smoke-tree.ts';

const umount: Operation = ['umount', 'm'];
const mount = (options = ''): Operation => ['mount', 'm', `lowerdir=l,upperdir=u,workdir=w${options}`];
const directories = (...paths: string[]): Operation[] =>
  paths.map((path): Operation => ['mkdir', path, 0o755]);

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

export const workScripts: Record<string, Operation[]> = {
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
