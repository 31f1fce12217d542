// Scripts on files without a name (O_TMPFILE), times of birth, and the links of /proc/self/fd.

import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { DUMPS, file, mounted, over, remount, tree } from './smoke-tree.ts';

const unnamed = (top: string): Operation[] => [
  ['hold', 's', `${top}/d/s`, O.TMPFILE | O.RDWR, 0o666],
  ['hstat', 's'],
  ['happend', 's', 'written'],
  ['hread', 's', 0, 100],
  ['readdir', `${top}/d/s`],
  ['hlink', 's', `${top}/d/x`],
  ['hstat', 's'],
  ['read', `${top}/d/x`, 0, 100],
  ['hlink', 's', `${top}/y`],
  ['hlink', 's', `${top}/y`],
  ['hstat', 's'],
  ['lstat', `${top}/y`],
  ['unlink', `${top}/d/x`],
  ['unlink', `${top}/y`],
  ['hlink', 's', `${top}/z`],
  ['hstat', 's'],
  ['hclose', 's'],
  ['hold', 's', `${top}/d`, O.TMPFILE | O.WRONLY | O.EXCL, 0o600],
  ['hlink', 's', `${top}/z`],
  ['hclose', 's'],
  ['hold', 's', `${top}/d`, O.TMPFILE | O.RDONLY, 0o600],
  ['hold', 's', `${top}/d`, O.TMPFILE | O.RDWR | O.CREAT, 0o600],
  ['hold', 's', `${top}/f`, O.TMPFILE | O.RDWR, 0o600],
  ['hold', 's', `${top}/none`, O.TMPFILE | O.RDWR, 0o600],
  ['asuser', 1000, 1000, 'open', `${top}/d`, O.TMPFILE | O.RDWR, 0o600],
  ['chmod', `${top}/e`, 0o2777],
  ['chown', `${top}/e`, 5, 5],
  ['chmod', `${top}/e`, 0o2777],
  ['hold', 's', `${top}/e`, O.TMPFILE | O.RDWR, 0o666],
  ['hstat', 's'],
  ['unlink', `${top}/f`],
  ['happend', 's', 'over a whiteout'],
  ['hlink', 's', `${top}/f`],
  ['hclose', 's'],
  ['read', `${top}/f`, 0, 100],
  ['rmdir', `${top}/e`],
];

const paths = (top: string): Operation[] => [
  ['hold', 'a', `${top}/f`, O.RDONLY],
  ['hpath', 'a'],
  ['rename', `${top}/f`, `${top}/d/f`, 0],
  ['hpath', 'a'],
  ['unlink', `${top}/d/f`],
  ['hpath', 'a'],
  ['hread', 'a', 0, 10],
  ['hold', 'b', `${top}/d`, O.RDONLY | O.DIRECTORY],
  ['hpath', 'b'],
  ['mkdir', `${top}/gone`, 0o755],
  ['hold', 'c', `${top}/gone`, O.RDONLY | O.DIRECTORY],
  ['rmdir', `${top}/gone`],
  ['hpath', 'c'],
  file(`${top}/k`, 'kept'),
  ['hold', 'd', `${top}/k`, O.RDONLY],
  ['hlink', 'd', `${top}/k2`],
  ['unlink', `${top}/k`],
  ['hlink', 'd', `${top}/k3`],
  ['lstat', `${top}/k3`],
];

const births = (top: string): Operation[] =>
  (
    [
      ['born', `${top}/f`],
      ['chmod', `${top}/f`, 0o600],
      ['born', `${top}/f`],
      ['utimens', `${top}/f`, 1, 2],
      ['born', `${top}/f`],
      ['write', `${top}/f`, O.WRONLY, 0, 0, 'X'],
      ['born', `${top}/f`],
      file(`${top}/new`, ''),
      ['born', `${top}/new`],
      ['rename', `${top}/new`, `${top}/new2`, 0],
      ['born', `${top}/new2`],
      ['link', `${top}/new2`, `${top}/new3`],
      ['born', `${top}/new3`],
      ['born', `${top}/d`],
      ['write', `${top}/d/a`, O.WRONLY, 0, 0, 'X'],
      ['born', `${top}/d`],
      ['born', `${top}/d/a`],
      ['born', `${top}/sl`],
      ['chown', `${top}/sl`, 1, 1],
      ['born', `${top}/sl`],
      ['born', `${top}/d/s`],
      ['born', top],
    ] as Operation[]
  ).flatMap((operation): Operation[] => [operation, ['pause']]);

const onDisk = (calls: readonly Operation[]): Operation[] => [
  ['mkdir', 'l', 0o755],
  ['pause'],
  ...tree('l').flatMap((operation): Operation[] =>
    operation[0] === 'utimens' ? [operation] : [operation, ['pause']],
  ),
  ...calls,
];

export const unnamedScripts: Record<string, Operation[]> = {
  'O_TMPFILE on the disk': onDisk([...unnamed('l'), ['dump', 'l']]),
  'O_TMPFILE in an overlay': over(...unnamed('m'), ...remount, ['readdir', 'm/d']),
  'O_TMPFILE without an upper layer': [
    ...onDisk([]),
    ['mkdir', 'l2', 0o755],
    ['mkdir', 'm', 0o755],
    ['mount', 'm', 'lowerdir=l:l2'],
    ['hold', 's', 'm/d', O.TMPFILE | O.RDWR, 0o666],
  ],
  'links of /proc/self/fd on the disk': onDisk(paths('l')),
  'links of /proc/self/fd in an overlay': over(...paths('m')),
  'birth on the disk': onDisk(births('l')),
  'birth in an overlay': [
    ...onDisk([]),
    ...mounted(['l']).flatMap((operation): Operation[] => [operation, ['pause']]),
    ...births('m'),
    ...DUMPS,
  ],
};
