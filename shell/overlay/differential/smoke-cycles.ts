// Scripts that go through several mounts of the same layers: inode numbers of files of every kind, counts of links, metacopies;
// and sparse files copied up, directories read again by descriptors from before.

import { FLAG } from '../../fs/inode-flags.ts';
import { S_IFIFO } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { DUMPS, directories, everyKind, file, KINDS } from './smoke-tree.ts';

const LAYERS = directories('l', 'u', 'w', 'm');
const umount: Operation = ['umount', 'm'];
const mount = (options = ''): Operation => ['mount', 'm', `lowerdir=l,upperdir=u,workdir=w${options}`];

const NAMES = ['dir', ...KINDS];

/** Copied up, moved to another directory, found by another mount. */
const numbers = (several: boolean, options: string): Operation[] => {
  const again: Operation = ['mount', 'm', `lowerdir=a/l,upperdir=b/u,workdir=b/w,redirect_dir=on${options}`];
  const inodes = (top: string): Operation[] => [
    ...NAMES.map((name): Operation => ['inode', `${top}/${name}`]),
    // Without xino, what a listing tells of directories over several filesystems is no number that stat(2) shows.
    ...(several && options !== ',xino=on' ? [] : [['dirents', top] as Operation]),
  ];
  return [
    ...directories('a', 'b'),
    ...(several ? ['a', 'b'].map((path): Operation => ['mountfs', path, 'tmpfs', 'mode=755']) : []),
    ...directories('a/l', 'b/u', 'b/w', 'm'),
    ...everyKind('a/l'),
    again,
    ['mkdir', 'm/test', 0o755],
    ...inodes('m'),
    ...NAMES.map((name): Operation => ['chown', `m/${name}`, 100, -1]),
    ...inodes('m'),
    ...NAMES.map((name): Operation => ['rename', `m/${name}`, `m/test/${name}`, 0]),
    ...inodes('m/test'),
    umount,
    again,
    ...inodes('m/test'),
    ['dump', 'm'],
    ['dump', 'b/u'],
  ];
};

const lowerLinks = (count: number): Operation[] => [
  file('l/0', ''),
  ...Array.from({ length: count - 1 }, (_, at): Operation => ['link', 'l/0', `l/${at + 1}`]),
];
const links = (...names: (number | string)[]): Operation[] =>
  names.map((name): Operation => ['links', `m/${name}`]);

const changes: [Operation[], number[]][] = [
  [[['unlink', 'm/0']], [1, 2, 3]],
  [[['link', 'm/3', 'm/4']], [1, 2, 3, 4]],
  [[['link', 'm/4', 'm/5']], [1, 2, 3, 4, 5]],
  [
    [file('m/new', ''), ['rename', 'm/new', 'm/1', 0]],
    [2, 3, 4, 5],
  ],
  [[['unlink', 'm/5']], [2, 3, 4]],
  [
    [file('m/new', ''), ['rename', 'm/new', 'm/4', 0]],
    [2, 3],
  ],
  [[['unlink', 'm/3']], [2]],
  [[['unlink', 'm/2']], []],
];

/** Links counted over lower and upper names, in one mount or with another one after each change. */
const counted = (options: string, cycles: boolean): Operation[] => [
  ...LAYERS,
  ...lowerLinks(4),
  mount(options),
  ...changes.flatMap(([operations, names]) => [
    ...operations,
    ...(cycles ? [umount, mount(options)] : []),
    ...links(...names),
  ]),
  ['index', 'w/index'],
  ...DUMPS,
  umount,
  mount(options),
  ['index', 'w/index'],
];

/** The same while nothing is mounted. */
const countedOffline = (options: string): Operation[] => {
  const offline: [Operation[], number[]][] = [
    [[], [0, 1, 2]],
    [[['unlink', 'u/0']], [0, 1, 2]],
    [[['link', 'u/2', 'u/3']], [1, 2, 3]],
    [
      [file('u/new', ''), ['rename', 'u/new', 'u/1', 0]],
      [2, 3],
    ],
    [[['unlink', 'u/3']], [2]],
    [[['unlink', 'u/2']], []],
  ];
  return [
    ...LAYERS,
    ...lowerLinks(3),
    mount(options),
    ...[0, 1, 2].map((name): Operation => ['touch', `m/${name}`]),
    ...offline.flatMap(([operations, names]) => [umount, ...operations, mount(options), ...links(...names)]),
    ['readdir', 'm'],
    ['index', 'w/index'],
    ...DUMPS,
  ];
};

/** A file copied without an index that is a hard link when the index comes. */
const linkedLater: Operation[] = [
  ...LAYERS,
  file('l/0', ''),
  mount(),
  ['link', 'm/0', 'm/1'],
  umount,
  ['link', 'l/0', 'l/2'],
  ['link', 'l/0', 'l/3'],
  mount(',index=on'),
  ['inode', 'm/0'],
  ['inode', 'm/1'],
  ['link', 'm/2', 'm/4'],
  umount,
  mount(',index=on'),
  ...[0, 1, 2, 3, 4].flatMap((name): Operation[] => [
    ['inode', `m/${name}`],
    ['links', `m/${name}`],
  ]),
  ...[0, 1, 2, 3, 4].map((name): Operation => ['unlink', `m/${name}`]),
  ['index', 'w/index'],
  ...DUMPS,
];

const KILOBYTE = 1024;

/** Data and holes of one length by turns: what copy-up makes of them goes by megabytes. */
const sparse = (length: number): Operation[] => {
  const step = length * KILOBYTE;
  const holes = (path: string): Operation[] => [
    ['hold', 'h', path, O.RDONLY],
    ...Array.from({ length: 10 }, (_, at) => at * step).flatMap((at): Operation[] => [
      ['hfind', 'h', at, 'data'],
      ['hfind', 'h', at, 'hole'],
    ]),
    ['hclose', 'h'],
    ['blocks', path],
  ];
  return [
    ...LAYERS,
    file('l/s', ''),
    ['truncate', 'l/s', 10 * step],
    ...[1, 3, 5, 7].map((at): Operation => ['write', 'l/s', O.WRONLY, 0, at * step, 'z'.repeat(step)]),
    mount(),
    ...holes('m/s'),
    ['touch', 'm/s'],
    ...holes('m/s'),
    ...holes('u/s'),
  ];
};

/** Directories of each kind, read by descriptors from before and after a change. */
const readAgain = (directory: string): Operation[] => {
  const path = `m/${directory}`;
  const read: Operation[] = [
    ['hreaddir', 'a'],
    ['hreaddir', 'b'],
    ['names', path],
    ['dirents', path],
  ];
  return [
    ['hold', 'a', path, O.RDONLY],
    ['hreaddir', 'a'],
    file(`${path}/new`, ''),
    ['hold', 'b', path, O.RDONLY],
    ...read,
    ['unlink', `${path}/n7`],
    ...read,
    ['rename', `${path}/n1`, `${path}/n1x`, 0],
    ...read,
    ['hclose', 'a'],
    ['hclose', 'b'],
  ];
};
const many = (top: string, from = 0): Operation[] =>
  Array.from({ length: 12 - from }, (_, at) => file(`${top}/n${at + from}`, ''));

const listings: Operation[] = [
  ...LAYERS,
  ...directories('l/merged', 'l/former', 'u/pure', 'u/impure'),
  ...many('l/merged'),
  ...many('l'),
  file('l/one', ''),
  mount(),
  ...many('m/pure'),
  ...many('m/former'),
  ['touch', 'm/merged/n3'],
  ...Array.from({ length: 12 }, (_, at): Operation => ['rename', `m/n${at}`, `m/impure/n${at}`, 0]),
  ['rename', 'm/one', 'm/former/one', 0],
  umount,
  ['rmdir', 'l/former'],
  mount(),
  ...['pure', 'impure', 'merged', 'former'].flatMap(readAgain),
  ...DUMPS,
];

/** Whose id statfs(2) shows, by what the mount and the ones before it said of a uuid. */
const identity = (...words: string[]): Operation[] => [
  ...LAYERS,
  ...directories('l/t', 'u/t', 't'),
  ['mountfs', 't', 'tmpfs', 'mode=755'],
  ['fsid', 'l'],
  ['fsid', 't'],
  ...words.flatMap((word): Operation[] => [
    mount(word && `,uuid=${word}`),
    ['options', 'm'],
    ['fsid', 'm/t'],
    ['fsid', 'm'],
    umount,
  ]),
  ['mount', 'm', 'lowerdir=u:l'],
  ['fsid', 'm'],
  umount,
  ['mount', 'm', 'lowerdir=t:l,uuid=on'],
  ['fsid', 'm'],
];

/** A directory without access times hands its flag on, also to what has no flags to be copied. */
const inherited: Operation[] = [
  ...LAYERS,
  ['mkdir', 'l/t', 0o755],
  ['setflags', 'l/t', 0, FLAG.A],
  file('l/t/f', ''),
  ['symlink', 'f', 'l/t/link'],
  ['mknod', 'l/t/p', S_IFIFO | 0o600, 0, 0],
  mount(),
  ...['link', 'f', 'p'].map((name): Operation => ['rename', `m/t/${name}`, `m/${name}`, 0]),
  ['getflags', 'm/f'],
  ['getflags', 'm/t'],
  ...DUMPS,
];

export const cycleScripts: Record<string, Operation[]> = {
  ...Object.fromEntries(
    [
      [false, ''],
      [false, ',index=on'],
      [false, ',metacopy=on'],
      [false, ',nfs_export=on'],
      [true, ''],
      [true, ',xino=on'],
      [true, ',xino=auto'],
    ].map(([several, options]): [string, Operation[]] => [
      `inode numbers over copies, renames and remounts${options}${several ? ', several filesystems' : ''}`,
      numbers(several as boolean, options as string),
    ]),
  ),
  ...Object.fromEntries(
    [',index=on', ',nfs_export=on'].flatMap((options): [string, Operation[]][] => [
      [`links counted${options}`, counted(options, false)],
      [`links counted by many mounts${options}`, counted(options, true)],
      [`links changed while nothing is mounted${options}`, countedOffline(options)],
    ]),
  ),
  'a file that is a hard link only later': linkedLater,
  ...Object.fromEntries(
    [1, 2, 4, 16, 128, 512].map((length): [string, Operation[]] => [
      `holes of ${length} KiB copied up`,
      sparse(length),
    ]),
  ),
  'directories of each kind read again': listings,
  'files of a directory without access times': inherited,
  'the id of a filesystem that was mounted without a uuid': identity(
    'null',
    '',
    'on',
    '',
    'null',
    'off',
    'auto',
  ),
  'the id of a new filesystem': identity('', 'on', 'off', 'auto', 'null'),
};
