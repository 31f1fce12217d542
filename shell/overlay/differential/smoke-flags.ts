// Scripts on the flags of chattr(1): what they forbid, and what copy-up makes of them.

import { FLAG } from '../../fs/inode-flags.ts';
import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { DUMPS, file, mounted, over, overWith, remount, tree } from './smoke-tree.ts';

const set = (path: string, flags: number): Operation => ['setflags', path, 0, flags];
const clear = (path: string, flags: number): Operation => ['setflags', path, flags, 0];
const append = (path: string): Operation => ['write', path, O.WRONLY | O.APPEND, 0, -1, 'more'];

/** Every call that changes a file or its names. */
const tryAll = (top: string): Operation[] => [
  ['getflags', `${top}/f`],
  ['open', `${top}/f`, O.RDONLY, 0],
  ['open', `${top}/f`, O.WRONLY, 0],
  ['open', `${top}/f`, O.RDWR | O.APPEND, 0],
  ['open', `${top}/f`, O.WRONLY | O.APPEND | O.TRUNC, 0],
  ['open', `${top}/f`, O.RDONLY | O.TRUNC, 0],
  ['access', `${top}/f`, 2],
  append(`${top}/f`),
  ['truncate', `${top}/f`, 1],
  ['chmod', `${top}/f`, 0o600],
  ['chown', `${top}/f`, 1, 1],
  ['chown', `${top}/f`, -1, -1],
  ['utimens', `${top}/f`, 1, 2],
  ['touch', `${top}/f`],
  ['setxattr', `${top}/f`, 'user.k', 'v'],
  ['setxattr', `${top}/f`, 'trusted.k', 'v'],
  ['removexattr', `${top}/f`, 'user.colour'],
  ['removexattr', `${top}/f`, 'user.none'],
  ['fallocate', `${top}/f`, 0, 10],
  ['link', `${top}/f`, `${top}/f2`],
  ['rename', `${top}/f`, `${top}/f3`, 0],
  ['rename', `${top}/g`, `${top}/f`, 0],
  ['rename', `${top}/g`, `${top}/f`, 2],
  ['unlink', `${top}/f`],
  ['asuser', 1000, 1000, 'unlink', `${top}/f`],
  ['asuser', 1000, 1000, 'open', `${top}/f`, O.WRONLY, 0],
  ['asuser', 1000, 1000, 'setflags', `${top}/f`, 0, FLAG.d],
  ['stat', `${top}/f`],
];

/** Every call that changes a directory or what is in it. */
const tryDirectory = (top: string): Operation[] => [
  ['getflags', `${top}/d`],
  file(`${top}/d/new`, 'x'),
  ['mkdir', `${top}/d/n`, 0o755],
  ['symlink', 'a', `${top}/d/sl`],
  ['link', `${top}/g`, `${top}/d/g`],
  append(`${top}/d/a`),
  ['unlink', `${top}/d/a`],
  ['rmdir', `${top}/d/s`],
  ['rename', `${top}/d/a`, `${top}/d/a2`, 0],
  ['rename', `${top}/g`, `${top}/d/g`, 0],
  ['rename', `${top}/d`, `${top}/d2`, 0],
  ['chmod', `${top}/d`, 0o700],
  ['hold', 's', `${top}/d`, O.TMPFILE | O.RDWR],
  ['readdir', `${top}/d`],
  ['rmdir', `${top}/d`],
];

const LETTERS = Object.values(FLAG);

/** The same on the disk itself, and through an overlay: flags of the lower file, and flags set through it. */
const everywhere = (name: string, ...calls: ((top: string) => Operation[])[]): [string, Operation[]][] => [
  [`${name}, on the disk`, [['mkdir', 'l', 0o755], ...tree('l'), ...calls.flatMap((call) => call('l'))]],
  [
    `${name}, in the lower layer`,
    [
      ['mkdir', 'l', 0o755],
      ...tree('l'),
      ...(calls[0]?.('l') ?? []),
      ...mounted(['l']),
      ...calls.slice(1).flatMap((call) => call('m')),
      ...DUMPS,
    ],
  ],
  [`${name}, through the overlay`, over(...calls.flatMap((call) => call('m')))],
  [
    `${name}, with an index and metacopies`,
    overWith(',index=on,metacopy=on', ...calls.flatMap((call) => call('m'))),
  ],
  [
    `${name}, after a remount`,
    over(...(calls[0]?.('m') ?? []), ...remount, ...calls.slice(1).flatMap((call) => call('m'))),
  ],
];

export const flagScripts: Record<string, Operation[]> = Object.fromEntries([
  ...everywhere(
    'chattr +i of a file',
    (top) => [set(`${top}/f`, FLAG.i)],
    tryAll,
    (top) => [clear(`${top}/f`, FLAG.i), ...tryAll(top)],
  ),
  ...everywhere(
    'chattr +a of a file',
    (top) => [set(`${top}/f`, FLAG.a)],
    tryAll,
    (top) => [clear(`${top}/f`, FLAG.a), ['unlink', `${top}/f`]],
  ),
  ...everywhere(
    'chattr +ia of a file',
    (top) => [set(`${top}/f`, FLAG.a | FLAG.i)],
    tryAll,
    (top) => [clear(`${top}/f`, FLAG.i), ...tryAll(top)],
  ),
  ...everywhere(
    'chattr +i of a directory',
    (top) => [set(`${top}/d`, FLAG.i)],
    tryDirectory,
    (top) => [clear(`${top}/d`, FLAG.i), ['unlink', `${top}/d/a`]],
  ),
  ...everywhere('chattr +a of a directory', (top) => [set(`${top}/d`, FLAG.a)], tryDirectory),
  ...everywhere(
    'chattr of a hard link',
    (top) => [set(`${top}/h1`, FLAG.i)],
    (top) => [
      ['getflags', `${top}/h2`],
      ['unlink', `${top}/h2`],
      append(`${top}/h2`),
      ['getflags', `${top}/h1`],
      clear(`${top}/h1`, FLAG.i),
      ['getflags', `${top}/h2`],
      append(`${top}/h2`),
    ],
  ),
  ...everywhere('every flag, and what new files have of it', (top) =>
    LETTERS.filter((flag) => flag !== FLAG.j && flag !== FLAG.e).flatMap((flag): Operation[] => [
      set(`${top}/g`, flag),
      ['getflags', `${top}/g`],
      clear(`${top}/g`, flag),
      set(`${top}/e`, flag),
      ['getflags', `${top}/e`],
      file(`${top}/e/f${flag}`, ''),
      ['mkdir', `${top}/e/d${flag}`, 0o755],
      ['getflags', `${top}/e/f${flag}`],
      ['getflags', `${top}/e/d${flag}`],
      clear(`${top}/e`, flag),
    ]),
  ),
  ...everywhere(
    'flags that copy-up keeps, and others',
    (top) => [set(`${top}/f`, FLAG.d | FLAG.A), set(`${top}/d`, FLAG.d | FLAG.A)],
    (top) => [
      append(`${top}/f`),
      ['getflags', `${top}/f`],
      ['chmod', `${top}/d`, 0o700],
      ['getflags', `${top}/d`],
      ['rename', `${top}/f`, `${top}/f9`, 0],
      ['getflags', `${top}/f9`],
    ],
  ),
  ...everywhere(
    'what has no flags',
    (top) => [
      ['getflags', `${top}/ff`],
      ['setflags', `${top}/ff`, 0, FLAG.d],
      ['getflags', `${top}/nul`],
      ['getflags', `${top}/none`],
      ['getflags', top],
    ],
    () => [],
  ),
  ...everywhere(
    'a descriptor from before the flag',
    (top) => [
      ['hold', 's', `${top}/g`, O.RDWR],
      ['hold', 'r', `${top}/f`, O.RDONLY],
      set(`${top}/g`, FLAG.i),
      ['hwrite', 's', 0, 'X'],
      ['htruncate', 's', 2],
      ['hchmod', 's', 0o600],
      clear(`${top}/g`, FLAG.i),
      set(`${top}/g`, FLAG.a),
      ['hwrite', 's', 0, 'Y'],
      ['htruncate', 's', 2],
      ['hread', 'r', 0, 10],
      ['hclose', 's'],
      ['hclose', 'r'],
    ],
    () => [],
  ),
]);
