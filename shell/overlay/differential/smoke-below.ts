// Scripts on unusual layers: data-only ones that redirects lead into, filesystems whose files are written when they are read,
// overlays with xino below an overlay with xino; copies within the overlay; whiteouts when their inode cannot be shared.

import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { directories, file, over, tree } from './smoke-tree.ts';

const MARK = 'trusted.overlay.';
const append = (path: string): Operation => ['write', path, O.WRONLY | O.APPEND, 0, -1, 'more'];

/** Where a metacopy without data of its own says that its data is. */
const redirects: Record<string, string> = {
  a: '/f/x',
  b: '/f',
  c: '/',
  e: '/d',
  g: 'f',
  i: '/link',
  j: '/none/f',
  k: '/d/f',
};

const metacopy = (name: string, redirect: string): Operation[] => [
  file(`l/${name}`, ''),
  ['setxattr', `l/${name}`, `${MARK}metacopy`, ''],
  ['setxattr', `l/${name}`, `${MARK}redirect`, redirect],
];

const dataOnly = (layers: string): Operation[] => [
  ...directories('l', 'data', 'data/d', 'more', 'more/d', 'u', 'w', 'm'),
  file('data/f', 'data'),
  file('more/d/f', 'deep'),
  ['symlink', 'f', 'data/link'],
  ...Object.entries(redirects).flatMap(([name, redirect]) => metacopy(name, redirect)),
  ['mount', 'm', `lowerdir=${layers},upperdir=u,workdir=w,metacopy=on`],
  ...Object.keys(redirects).flatMap((name): Operation[] => [
    ['lstat', `m/${name}`],
    ['blocks', `m/${name}`],
    ['read', `m/${name}`, 0, 9],
    ['chmod', `m/${name}`, 0o600],
    ['lstat', `m/${name}`],
    append(`m/${name}`),
  ]),
  ['dump', 'u'],
];

const PARAMETERS = '/sys/module/overlay/parameters';

const nested: Operation[] = [
  ...directories('a', 'b', 'c'),
  ...['a', 'b', 'c'].map((path): Operation => ['mountfs', path, 'tmpfs', 'mode=755']),
  ...directories('a/l', 'b/l', 'c/l', 'u', 'w', 'm', 'u2', 'w2', 'm2', 'b/l/d'),
  ...['a/l/f', 'b/l/g', 'b/l/d/x', 'c/l/h'].map((path) => file(path, 'x')),
  ['mount', 'm', 'lowerdir=a/l:b/l,upperdir=u,workdir=w,xino=on'],
  ['inode', 'm/f'],
  ['mount', 'm2', 'lowerdir=m:c/l,upperdir=u2,workdir=w2,xino=on'],
  ...['f', 'g', 'h', 'd', 'd/x'].map((path): Operation => ['inode', `m2/${path}`]),
  ['dirents', 'm2'],
  ['dirents', 'm2/d'],
  append('m2/g'),
  ['inode', 'm2/g'],
  ['dirents', 'm2'],
];

const shared: Operation[] = [
  ...directories('l', 'x', 'm'),
  ...tree('l'),
  ...Array.from({ length: 8 }, (_, at) => file(`l/z${at}`, 'z')),
  ['mountfs', 'x', 'tmpfs', 'mode=755,nr_inodes=9'],
  ...directories('x/u', 'x/w'),
  file('x/pad', ''),
  ['mount', 'm', 'lowerdir=l,upperdir=x/u,workdir=x/w'],
  ...Array.from({ length: 4 }, (_, at): Operation[] => [
    ['unlink', `m/z${at}`],
    ['grown', 'x'],
    ['count', 'x/w/work'],
  ]).flat(),
  ['unlink', 'x/pad'],
  ...Array.from({ length: 4 }, (_, at): Operation[] => [
    ['unlink', `m/z${at + 4}`],
    ['grown', 'x'],
    ['count', 'x/w/work'],
  ]).flat(),
  file('m/k', 'k'),
  ['logged', 'overlayfs: Failed to link whiteout - disabling whiteout inode sharing(nlink='],
];

export const belowScripts: Record<string, Operation[]> = {
  'redirects into a data-only layer': dataOnly('l::data'),
  'redirects into two data-only layers': dataOnly('l::data::more'),
  'redirects into two data-only layers, the other way round': dataOnly('l::more::data'),
  'a layer of sysfs': [
    ...directories('u', 'w', 'm'),
    ['mount', 'm', `lowerdir=${PARAMETERS},upperdir=u,workdir=w`],
    ['readdir', 'm'],
    ['lstat', 'm/index'],
    ['read', 'm/index', 0, 100],
    ['chmod', 'm/index', 0o600],
    ['lstat', 'm/index'],
    ['read', 'm/index', 0, 100],
    append('m/metacopy'),
    ['read', 'm/metacopy', 0, 100],
    ['lstat', 'm/metacopy'],
  ],
  'an upper layer of sysfs, of proc': [
    ...directories('l', 'm'),
    ['mount', 'm', 'lowerdir=l,upperdir=/sys/module/overlay,workdir=/sys/module'],
    ['mount', 'm', 'lowerdir=l,upperdir=/proc,workdir=/proc'],
  ],
  'a layer of proc': [...directories('u', 'w', 'm'), ['mount', 'm', 'lowerdir=/proc,upperdir=u,workdir=w']],
  'xino over xino': nested,
  'copies within an overlay': over(
    ['copy', 'm/f', 'm/new'],
    ['read', 'm/new', 0, 9],
    ['copy', 'm/f', 'm/d/a'],
    ['read', 'm/d/a', 0, 20],
    ['copy', 'm/d/a', 'm/g'],
    ['truncate', 'm/h1', 0],
    ['copy', 'm/d/b', 'm/h1'],
  ),
  'whiteouts that cannot share an inode': shared,
};
