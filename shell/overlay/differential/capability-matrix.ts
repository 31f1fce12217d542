// Every kind of call on files of several owners and modes, by root without one capability after the other, and by a user
// with one after the other: on a filesystem itself, and through an overlay over it.

import {
  ALL_CAPABILITIES,
  CAP_CHOWN,
  CAP_DAC_OVERRIDE,
  CAP_DAC_READ_SEARCH,
  CAP_FOWNER,
  CAP_FSETID,
  CAP_LINUX_IMMUTABLE,
  CAP_MKNOD,
  CAP_SETFCAP,
  CAP_SYS_ADMIN,
  CAP_SYS_RESOURCE,
  type CapabilitySet,
  difference,
  namesOf,
} from '../../fs/capability.ts';
import { FLAG } from '../../fs/inode-flags.ts';
import { S_IFBLK, S_IFCHR, S_IFIFO } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { file, mounted } from './smoke-tree.ts';

const USER = 1000;
const STRANGER = 2000;
const GROUP = 50;

type Owned = readonly [path: string, uid: number, gid: number, mode: number];

const directories: readonly Owned[] = [
  ['own', USER, USER, 0o700],
  ['root', 0, 0, 0o700],
  ['other', STRANGER, STRANGER, 0o755],
  ['closed', STRANGER, STRANGER, 0],
  ['sticky', 0, 0, 0o1777],
  ['group', 0, GROUP, 0o2777],
];
const files: readonly Owned[] = [
  ['own/in', USER, USER, 0o600],
  ['root/in', 0, 0, 0o600],
  ['other/in', STRANGER, STRANGER, 0o644],
  ['sticky/x', STRANGER, STRANGER, 0o644],
  ['sticky/mine', USER, USER, 0o644],
  ['group/x', STRANGER, GROUP, 0o664],
  ['none', STRANGER, STRANGER, 0],
  ['all', STRANGER, STRANGER, 0o666],
  ['run', STRANGER, STRANGER, 0o711],
  ['setid', STRANGER, GROUP, 0o6777],
  ['setgroup', USER, GROUP, 0o2666],
  ['setuser', USER, USER, 0o4666],
  ['program', USER, USER, 0o777],
];

/** struct vfs_cap_data, revision 2: CAP_NET_RAW, permitted and effective. */
const NET_RAW = '0100000200200000000000000000000000000000';

const treeOf = (top: string): Operation[] => [
  ...directories.map(([path]): Operation => ['mkdir', `${top}/${path}`, 0o755]),
  ...files.map(([path]) => file(`${top}/${path}`, 'data')),
  ['setxattrhex', `${top}/program`, 'security.capability', NET_RAW],
  ['setxattr', `${top}/other/in`, 'user.colour', 'blue'],
  ['setxattr', `${top}/other/in`, 'trusted.colour', 'blue'],
  ...[...files, ...directories].flatMap(([path, uid, gid, mode]): Operation[] => [
    ['chown', `${top}/${path}`, uid, gid],
    ['chmod', `${top}/${path}`, mode],
  ]),
  // chown has taken it away.
  ['setxattrhex', `${top}/program`, 'security.capability', NET_RAW],
  ...[...files, ...directories].map(([path]): Operation => ['utimens', `${top}/${path}`, 1000, 2000]),
];

const attributes = (path: string): Operation[] => [
  ['listxattr', path],
  ...['user.colour', 'trusted.colour', 'security.colour'].flatMap((name): Operation[] => [
    ['getxattr', path, name],
    ['setxattr', path, name, 'red'],
    ['removexattr', path, name],
  ]),
  ['setxattrhex', path, 'security.capability', NET_RAW],
  ['setxattrhex', path, 'security.capability', '01'],
  ['removexattr', path, 'security.capability'],
];

const owners = (path: string): Operation[] =>
  [
    [-1, -1],
    [USER, -1],
    [STRANGER, -1],
    [-1, GROUP],
    [-1, USER],
  ].map(([uid = -1, gid = -1]) => ['chown', path, uid, gid]);

const both = (path: string): Operation[] => [
  ['stat', path],
  ...[1, 2, 4, 5, 6, 7].map((want): Operation => ['access', path, want]),
  ['touch', path],
  ['utimens', path, 5, 6],
  ...attributes(path),
  ...owners(path),
  ...[0o2755, 0o640, 0o6711].map((mode): Operation => ['chmod', path, mode]),
  ['setflags', path, 0, FLAG.d],
  ['setflags', path, 0, FLAG.i],
  ['setflags', path, FLAG.i, 0],
];

const ofFile = (path: string): Operation[] => [
  ['read', path, 0, 9],
  ['open', path, O.RDONLY | O.NOATIME, 0],
  ['write', path, O.WRONLY, 0, 0, 'w'],
  ['truncate', path, 2],
  ...both(path),
  ['write', path, O.WRONLY, 0, 0, 'W'],
  ['link', path, `${path}.link`],
  ['unlink', `${path}.link`],
  ['rename', path, `${path}.new`, 0],
  ['rename', `${path}.new`, path, 0],
];

const inDirectory = (path: string): Operation[] => [
  ['readdir', path],
  ['write', `${path}/new`, O.WRONLY | O.CREAT, 0o2775, -1, 'n'],
  ['mkdir', `${path}/nd`, 0o2755],
  ...[
    [S_IFCHR, 1, 3],
    [S_IFCHR, 0, 0],
    [S_IFBLK, 7, 0],
    [S_IFIFO, 0, 0],
  ].map(
    ([type = 0, major = 0, minor = 0]): Operation => [
      'mknod',
      `${path}/n${type}${major}`,
      type | 0o644,
      major,
      minor,
    ],
  ),
  ['symlink', 'x', `${path}/sl`],
  ...['in', 'x', 'mine', 'nd'].map((name): Operation => ['rename', `${path}/${name}`, `${path}/${name}2`, 0]),
  ...both(path),
  ...['in2', 'x2', 'mine2', 'new', 'sl'].map((name): Operation => ['unlink', `${path}/${name}`]),
  ['rmdir', `${path}/nd2`],
];

/** Filesystems may be mounted by who has CAP_SYS_ADMIN. */
const mounting: Operation[] = [
  ['mountfs', 'mnt', 'tmpfs', ''],
  ['mountfs', 'nowhere', 'tmpfs', ''],
];

const callsAt = (top: string): Operation[] => [
  ...files.flatMap(([path]) => ofFile(`${top}/${path}`)),
  ...directories.flatMap(([path]) => inDirectory(`${top}/${path}`)),
  ...mounting,
];

const asked: readonly CapabilitySet[] = [
  ...[CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER, CAP_FSETID, CAP_LINUX_IMMUTABLE],
  ...[CAP_MKNOD, CAP_SETFCAP, CAP_SYS_ADMIN],
];

/** Not every host has CAP_SYS_RESOURCE to give, and no call here asks for it. */
const ROOTS = difference(ALL_CAPABILITIES, CAP_SYS_RESOURCE);

const callers: readonly (readonly [who: string, uid: number, held: CapabilitySet])[] = [
  ['root without any', 0, 0],
  [
    'root without DAC_OVERRIDE and DAC_READ_SEARCH',
    0,
    difference(ROOTS, CAP_DAC_OVERRIDE + CAP_DAC_READ_SEARCH),
  ],
  ...asked.map((one): [string, number, number] => [
    `root without ${namesOf(one)}`,
    0,
    difference(ROOTS, one),
  ]),
  ['a user without any', USER, 0],
  ...asked.map((one): [string, number, number] => [`a user with ${namesOf(one)}`, USER, one]),
];

const scriptOf = (
  before: readonly Operation[],
  top: string,
  uid: number,
  held: CapabilitySet,
): Operation[] => [
  ['mkdir', 'mnt', 0o755],
  ...before,
  ...callsAt(top).flatMap((call): Operation[] => [['capable', uid, uid, held, ...call]]),
  ['dump', top],
];

const places: Readonly<Record<string, readonly [top: string, before: readonly Operation[]]>> = {
  'the filesystem': ['t', [['mkdir', 't', 0o755], ...treeOf('t')]],
  'lower files': ['m', [['mkdir', 'l', 0o755], ...treeOf('l'), ...mounted(['l'])]],
  'upper files': ['m', [['mkdir', 'l', 0o755], ...mounted(['l']), ...treeOf('m')]],
  'lower files without data': [
    'm',
    [['mkdir', 'l', 0o755], ...treeOf('l'), ...mounted(['l'], ',metacopy=on,redirect_dir=on')],
  ],
};

export const capabilityMatrix: Record<string, Operation[]> = Object.fromEntries(
  Object.entries(places).flatMap(([place, [top, before]]) =>
    callers.map(([who, uid, held]): [string, Operation[]] => [
      `${who}, ${place}`,
      scriptOf(before, top, uid, held),
    ]),
  ),
);
