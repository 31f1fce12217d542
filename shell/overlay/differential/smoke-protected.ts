// Scripts on upper directories that chattr(1) protects: the overlay cannot write its own marks there either.

import { FLAG } from '../../fs/inode-flags.ts';
import { S_IFIFO } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { DUMPS, directories, file, remount } from './smoke-tree.ts';

const OPTIONS = 'lowerdir=l,upperdir=u,workdir=w';
const lstat = (...paths: string[]): Operation[] => paths.map((path): Operation => ['lstat', path]);

/** The marks of directories that merge for the first time, and what moves into a protected one. */
const marks = (letter: 'i' | 'a', where: string, options: string): [string, Operation[]] => [
  `chattr +${letter} ${where} before the first lookup${options}`,
  [
    ...directories('l', 'u', 'w', 'm', 'l/d', 'l/d/s', 'u/d', 'u/d/s', 'u/p', 'l/p', 'l/lone', 'u/q'),
    file('l/f', 'f'),
    file('l/d/x', ''),
    file('l/h', ''),
    ['link', 'l/h', 'l/h2'],
    file('u/up', 'up'),
    ['setflags', where, 0, FLAG[letter]],
    ['mount', 'm', `${OPTIONS}${options}`],
    ['options', 'm'],
    ...lstat('m/d', 'm/d/s', 'm/p', 'm/q'),
    ['readdir', 'm'],
    ['readdir', 'm/d'],
    ['dirents', 'm'],
    ...['u', 'u/d', 'u/d/s', 'u/p'].map((path): Operation => ['listxattr', path]),
    ['chmod', 'm/f', 0o600],
    ['chmod', 'm/d/x', 0o600],
    ['chmod', 'm/lone', 0o700],
    file('m/p/new', ''),
    ['link', 'm/f', 'm/p/l'],
    ['link', 'm/up', 'm/p/l2'],
    ['rename', 'm/h', 'm/p/h', 0],
    ['rename', 'm/up', 'm/p/up', 0],
    ['rename', 'm/f', 'm/q/f', 0],
    ['rename', 'm/f', 'm/p/new', 2],
    ['unlink', 'm/d/x'],
    ['unlink', 'm/h2'],
    ['mkdir', 'm/p/sub', 0o755],
    ['rename', 'm/q', 'm/p/q', 0],
    ['setflags', where, FLAG[letter], 0],
    ...['m', 'm/d', 'm/p'].map((path): Operation => ['readdir', path]),
    ['dump', 'u'],
    ['count', 'w/work'],
  ],
];

const PROTECTIONS = { i: FLAG.i, a: FLAG.a, ia: FLAG.i | FLAG.a };

const made = (base: string): Operation[] =>
  Object.entries(PROTECTIONS).flatMap(([name, flags]): Operation[] => [
    file(`${base}/${name}.f`, 'x'),
    ...directories(`${base}/${name}.d`, `${base}/${name}.d/sub`),
    file(`${base}/${name}.d/in`, 'in'),
    ['setflags', `${base}/${name}.f`, 0, flags],
    ['setflags', `${base}/${name}.d`, 0, flags],
  ]);

const tryFile = (path: string): Operation[] => [
  ['open', path, O.RDWR, 0],
  ['open', path, O.WRONLY | O.APPEND, 0],
  ['open', path, O.RDONLY | O.TRUNC, 0],
  ['chmod', path, 0o600],
  ['touch', path],
  ['utimens', path, 5, 5],
  ['link', path, `${path}.l`],
  ['rename', path, `${path}.r`, 0],
  ['unlink', path],
  ['setxattr', path, 'trusted.test', 'x'],
  ['getflags', path],
];

const tryDirectory = (path: string): Operation[] => [
  file(`${path}/new`, 'n'),
  ['mkdir', `${path}/newd`, 0o755],
  ['symlink', 'a', `${path}/news`],
  ['mknod', `${path}/newp`, S_IFIFO | 0o600, 0, 0],
  ['link', 'm/plain', `${path}/newl`],
  ['rename', 'm/plain', `${path}/newr`, 0],
  ['unlink', `${path}/in`],
  ['rmdir', `${path}/sub`],
  ['write', `${path}/in`, O.WRONLY | O.APPEND, 0, -1, 'more'],
  ['chmod', `${path}/in`, 0o600],
  ['chmod', `${path}/sub`, 0o700],
  ['chmod', path, 0o700],
  ['touch', path],
  ['setxattr', path, 'user.t', 'x'],
  ['rename', path, `${path}2`, 0],
  ['rmdir', path],
  ['getflags', path],
];

const tryAll = Object.keys(PROTECTIONS).flatMap((name) => [
  ...tryFile(`m/${name}.f`),
  ...tryDirectory(`m/${name}.d`),
]);

const release = Object.entries(PROTECTIONS).flatMap(([name, flags]) =>
  ['m', 'u', 'l'].flatMap((top) =>
    [`${top}/${name}.f`, `${top}/${name}.d`].map((path): Operation => ['setflags', path, flags, 0]),
  ),
);

/** Protected files and directories of one layer, tried before and after a remount. */
const everything = (where: string, base: string, merged: string[]): [string, Operation[]] => [
  `protected files and directories, ${where}`,
  [
    ...directories('l', 'u', 'w', 'm'),
    file('l/plain', 'p'),
    ...made(base),
    ...directories(...merged),
    ['mount', 'm', OPTIONS],
    ...tryAll,
    ...remount,
    ...tryAll,
    ...release,
    ...DUMPS,
    ['dump', 'l'],
  ],
];

export const protectedScripts: Record<string, Operation[]> = Object.fromEntries([
  ...(['i', 'a'] as const).flatMap((letter) =>
    ['u', 'u/d', 'u/d/s', 'u/p'].flatMap((where) =>
      ['', ',index=on'].map((options) => marks(letter, where, options)),
    ),
  ),
  everything('in the lower layer', 'l', []),
  everything('in the upper layer', 'u', []),
  everything('merged', 'l', ['u/i.d', 'u/a.d', 'u/ia.d']),
]);
