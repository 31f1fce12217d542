// What the smoke scripts are built from: a lower layer with one of everything, mounts, and dumps of both trees.

import { S_IFBLK, S_IFCHR, S_IFIFO, S_IFSOCK } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';

const CREATE = O.WRONLY | O.CREAT;

export const file = (path: string, data: string): Operation => ['write', path, CREATE, 0o644, -1, data];

export const directories = (...paths: string[]): Operation[] =>
  paths.map((path): Operation => ['mkdir', path, 0o755]);

/** The names that `everyKind` makes, but for its directory, `dir`. */
export const KINDS = ['file', 'symlink', 'chr', 'blk', 'fifo', 'sock'];

/** A file of each kind, named after it. */
export const everyKind = (top: string): Operation[] => [
  ['mkdir', `${top}/dir`, 0o755],
  file(`${top}/file`, ''),
  ['symlink', 'file', `${top}/symlink`],
  ['mknod', `${top}/chr`, S_IFCHR | 0o600, 1, 1],
  ['mknod', `${top}/blk`, S_IFBLK | 0o600, 1, 1],
  ['mknod', `${top}/fifo`, S_IFIFO | 0o600, 0, 0],
  ['mknod', `${top}/sock`, S_IFSOCK | 0o600, 0, 0],
];

/** A lower layer with one of everything; all its times are set. */
export const tree = (top: string): Operation[] => {
  const made: Operation[] = [
    file(`${top}/f`, 'lower\n'),
    file(`${top}/g`, 'gee\n'),
    ['mkdir', `${top}/d`, 0o755],
    file(`${top}/d/a`, 'a\n'),
    file(`${top}/d/b`, 'b\n'),
    ['mkdir', `${top}/d/s`, 0o750],
    file(`${top}/d/s/x`, 'x\n'),
    ['mkdir', `${top}/e`, 0o755],
    file(`${top}/h1`, 'linked\n'),
    ['link', `${top}/h1`, `${top}/h2`],
    ['symlink', 'f', `${top}/sl`],
    ['mknod', `${top}/ff`, S_IFIFO | 0o644, 0, 0],
    ['mknod', `${top}/nul`, S_IFCHR | 0o666, 1, 3],
    ['setxattr', `${top}/f`, 'user.colour', 'blue'],
    ['chmod', `${top}/g`, 0o4755],
    ['chown', `${top}/d/b`, 1000, 1000],
  ];
  const paths = ['f', 'g', 'd/a', 'd/b', 'd/s/x', 'd/s', 'd', 'e', 'h1', 'sl', 'ff', 'nul'];
  return [
    ...made,
    ...paths.map((path, at): Operation => ['utimens', `${top}/${path}`, 1000 + at, 2000 + at]),
  ];
};

export const mounted = (lowers: readonly string[], options = ''): Operation[] => [
  ['mkdir', 'u', 0o755],
  ['mkdir', 'w', 0o755],
  ['mkdir', 'm', 0o755],
  ['mount', 'm', `lowerdir=${lowers.join(':')},upperdir=u,workdir=w${options}`],
];

export const DUMPS: Operation[] = [
  ['dump', 'm'],
  ['dump', 'u'],
];

/** A script over one lower layer, and both trees at its end. */
export const over = (...operations: Operation[]): Operation[] => [
  ['mkdir', 'l', 0o755],
  ...tree('l'),
  ...mounted(['l']),
  ...operations,
  ...DUMPS,
];

export const overWith = (options: string, ...operations: Operation[]): Operation[] => [
  ['mkdir', 'l', 0o755],
  ...tree('l'),
  ...mounted(['l'], options),
  ...operations,
  ...DUMPS,
];

export const remount: Operation[] = [
  ['umount', 'm'],
  ['mount', 'm', 'lowerdir=l,upperdir=u,workdir=w'],
];

/** The scripts under names that begin with what they have in common. */
export const entitled = (title: string, scripts: Record<string, Operation[]>): Record<string, Operation[]> =>
  Object.fromEntries(Object.entries(scripts).map(([name, script]) => [`${title}: ${name}`, script]));
