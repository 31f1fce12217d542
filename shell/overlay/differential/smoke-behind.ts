// Scripts on names that change in the upper layer behind the mount, between the lookup and the call that takes them; and on
// whiteouts that are left over when the lower layer has changed.

import { S_IFCHR, S_IFIFO } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { DUMPS, directories, file, remount } from './smoke-tree.ts';

const whiteout = (path: string): Operation => ['mknod', path, S_IFCHR | 0o600, 0, 0];
const LAYERS = directories('l', 'u', 'w', 'm');
const umount: Operation = ['umount', 'm'];
const mount = (layers: string): Operation => ['mount', 'm', `lowerdir=${layers},upperdir=u,workdir=w`];

/** Every call that makes or moves something to the name `f`. */
const takers: Record<string, Operation> = {
  creat: file('m/f', ''),
  'open O_EXCL': ['open', 'm/f', O.WRONLY | O.CREAT | O.EXCL, 0o600],
  symlink: ['symlink', 'a', 'm/f'],
  mknod: ['mknod', 'm/f', S_IFIFO | 0o600, 0, 0],
  mkdir: ['mkdir', 'm/f', 0o755],
  'link of a lower file': ['link', 'm/g', 'm/f'],
  'link of an upper file': ['link', 'm/up', 'm/f'],
  'rename of a lower file': ['rename', 'm/g', 'm/f', 0],
  'rename of an upper file': ['rename', 'm/up', 'm/f', 0],
  'rename without replacing': ['rename', 'm/up', 'm/f', 1],
  'rename of a directory': ['rename', 'm/nd', 'm/f', 0],
  exchange: ['rename', 'm/g', 'm/f', 2],
};

const removed: Operation[] = [
  ['unlink', 'm/f'],
  ['lstat', 'm/f'],
  ['unlink', 'u/f'],
];

/** What happens to the name after it was looked up, where the lower layer has it, or has not. */
const states: Record<string, [lower: boolean, Operation[]]> = {
  'the whiteout is gone': [true, removed],
  'a file is in place of the whiteout': [true, [...removed, file('u/f', 'other')]],
  'a directory is in place of the whiteout': [true, [...removed, ['mkdir', 'u/f', 0o755]]],
  'a file appears': [false, [['lstat', 'm/f'], file('u/f', 'other')]],
  'a whiteout appears': [false, [['lstat', 'm/f'], whiteout('u/f')]],
  'a file appears over a lower one': [true, [['lstat', 'm/f'], file('u/f', 'other')]],
};

const look: Operation[] = [
  ...['f', 'g', 'up', 'nd'].map((name): Operation => ['lstat', `m/${name}`]),
  ['readdir', 'm'],
  ...remount,
  ...DUMPS,
  ['count', 'w/work'],
];

const taken = Object.entries(states).flatMap(([state, [lower, operations]]) =>
  Object.entries(takers).map(([name, taker]): [string, Operation[]] => [
    `${state}, then ${name}`,
    [
      ...LAYERS,
      ...(lower ? [file('l/f', 'f')] : []),
      file('l/g', 'g'),
      file('u/up', 'up'),
      mount('l'),
      ['mkdir', 'm/nd', 0o755],
      ['lstat', 'm/up'],
      ...operations,
      taker,
      ...look,
    ],
  ]),
);

/** A mount that hides a file of a directory, and is over. */
const hidden = (lower: string, upper: string, work: string, name: string): Operation[] => [
  ['mkdir', `${lower}/t`, 0o755],
  file(`${lower}/t/${name}`, ''),
  ['mount', 'm', `lowerdir=${lower},upperdir=${upper},workdir=${work}`],
  ['unlink', `m/t/${name}`],
  umount,
];
const emptied = (lower: string, name: string): Operation[] => [
  ['unlink', `${lower}/t/${name}`],
  ['rmdir', `${lower}/t`],
];
const remove = (...names: string[]): Operation[] => [
  ['readdir', 'm/t'],
  ...names.map((name): Operation => ['unlink', `m/t/${name}`]),
  ['rmdir', 'm/t'],
  ['unlink', 'm/t'],
  ['readdir', 'm'],
  ...DUMPS,
  ['count', 'w/work'],
];
const ALL = [...LAYERS, ...directories('l2', 'w1')];

const leftOver: Record<string, Operation[]> = {
  'the lower directory is gone': [
    ...ALL,
    ...hidden('l', 'u', 'w', 'a'),
    ...emptied('l', 'a'),
    mount('l'),
    ...remove('a'),
  ],
  'a file has its name': [
    ...ALL,
    ...hidden('l', 'u', 'w', 'a'),
    ...emptied('l', 'a'),
    file('l/t', ''),
    mount('l'),
    ...remove('a'),
  ],
  'in a lower layer': [
    ...ALL,
    ...hidden('l2', 'l', 'w1', 'a'),
    ...emptied('l2', 'a'),
    mount('l:l2'),
    ...remove('a'),
  ],
  'in both layers': [
    ...ALL,
    ...hidden('l', 'u', 'w', 'a'),
    ...emptied('l', 'a'),
    ...hidden('l2', 'l', 'w1', 'b'),
    mount('l'),
    ...remove('a', 'b'),
  ],
  'a directory is renamed over them': [
    ...ALL,
    ...hidden('l', 'u', 'w', 'a'),
    ...emptied('l', 'a'),
    mount('l'),
    ['mkdir', 'm/e', 0o755],
    ['rename', 'm/e', 'm/t', 0],
    ...DUMPS,
    ['count', 'w/work'],
  ],
  'over files of another lower layer, and over nothing': [
    ...directories('l', 'l2', 'u', 'w', 'm', 'l/t', 'l2/t', 'l/s', 'l2/s'),
    file('l2/t/a', ''),
    file('l2/t/b', ''),
    whiteout('l/t/a'),
    whiteout('l/s/a'),
    whiteout('l2/s/b'),
    mount('l:l2'),
    ...remove('a', 'b'),
    ['readdir', 'm/s'],
    ['rmdir', 'm/s'],
    ['mkdir', 'm/s', 0o755],
    ...DUMPS,
  ],
};

export const behindScripts: Record<string, Operation[]> = Object.fromEntries([
  ...taken,
  ...Object.entries(leftOver).map(([name, script]): [string, Operation[]] => [`whiteouts: ${name}`, script]),
]);
