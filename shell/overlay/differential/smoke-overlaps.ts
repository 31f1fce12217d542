// Scripts on layers that lie in one another, when they are mounted and when one is moved later, and on directories that
// several mounts write to.

import type { Operation } from './script.ts';
import { directories, file } from './smoke-tree.ts';

const MARK = 'trusted.overlay.';
const mount = (options: string, target = 'm'): Operation => ['mount', target, options];
const umount = (target = 'm'): Operation => ['umount', target];
const move = (from: string, to: string): Operation => ['rename', from, to, 0];
const lstat = (...paths: string[]): Operation[] => paths.map((path): Operation => ['lstat', path]);
const U = 'upperdir=u,workdir=w';
const U2 = 'upperdir=u2,workdir=w2';

const moved: Record<string, Operation[]> = {
  'the upper layer is moved into the lower one': [
    ...directories('l', 'l/d', 'u', 'u/in', 'w', 'm'),
    file('l/f', 'f'),
    mount(`lowerdir=l,${U}`),
    move('u', 'l/u'),
    ...lstat('m/u', 'm/in'),
    ['logged', "overlayfs: failed lookup in lower (/l, name='u', err=-40): overlapping layers"],
    ['readdir', 'm'],
    ['dirents', 'm'],
    file('m/n', ''),
    ['lstat', 'm/u/n'],
    ['unlink', 'm/f'],
    ['rename', 'm/d', 'm/u', 0],
    ['dump', 'l'],
  ],
  'lower layers and the work directory are moved into another one': [
    ...directories('l', 'l/d', 'l2', 'l2/x', 'u', 'w', 'm'),
    mount(`lowerdir=l:l2,${U}`),
    move('l', 'l2/l'),
    ...lstat('m/l', 'm/d'),
    ['readdir', 'm'],
    move('w', 'l2/w'),
    ...lstat('m/w'),
    move('l2/w/work', 'l2/work'),
    ...lstat('m/work'),
    file('m/n', ''),
    ['readdir', 'm'],
  ],
  'the index is moved into a lower layer': [
    ...directories('l', 'u', 'w', 'm'),
    mount(`lowerdir=l,${U},index=on`),
    move('w/index', 'l/index'),
    ...lstat('m/index'),
    ['readdir', 'm'],
  ],
  'a data-only layer is moved into a lower one': [
    ...directories('l', 'l/s', 'd', 'd/s', 'u', 'w', 'm'),
    mount(`lowerdir=l::d,${U}`),
    move('d', 'l/d'),
    ...lstat('m/d', 'm/s'),
  ],
  'a redirect leads through a layer': [
    ...directories('l', 'l/a', 'l2', 'l2/t', 'u', 'u/r', 'w', 'm'),
    ['setxattr', 'u/r', `${MARK}redirect`, '/a/l2/t'],
    mount(`lowerdir=l:l2,${U}`),
    move('l2', 'l/a/l2'),
    ...lstat('m/r', 'm/a', 'm/a/l2'),
  ],
};

const within = (options: string): Operation[] => [
  ...directories('l', 'l/e', 'l/x', 'w', 'm'),
  file('l/e/f', ''),
  mount(`lowerdir=l,upperdir=l/e,workdir=w${options}`),
  ['readdir', 'm'],
  ...lstat('m/e', 'm/f'),
  file('m/x/n', ''),
  ['rename', 'm/x', 'm/e', 0],
  ['mkdir', 'm/e', 0o755],
  ['rmdir', 'm/e'],
  ['lstat', 'l/e/x'],
  ['dump', 'l'],
];

const mountedWithin: Record<string, Operation[]> = {
  'an upper layer within a lower one': within(''),
  'an upper layer within a lower one, index=on': within(',index=on'),
  'a work directory within a lower layer': [
    ...directories('l', 'l/w', 'u', 'm'),
    mount('lowerdir=l,upperdir=u,workdir=l/w'),
    ['readdir', 'm'],
    ...lstat('m/w'),
    file('m/n', ''),
  ],
};

/** Mounts while another overlay writes to `u` and `w`. */
const others = [
  'lowerdir=u:l',
  'lowerdir=u/s:l',
  'lowerdir=w/s:l',
  `lowerdir=w/work,${U2}`,
  `lowerdir=w/work,${U2},index=on`,
  `lowerdir=l/s:u/s,${U2}`,
  `lowerdir=l/s:u/s,${U2},index=on`,
  `lowerdir=l::u/s,${U2},index=on`,
  'lowerdir=l,upperdir=u/s/u3,workdir=u/s/w3',
  'lowerdir=l,upperdir=u/s/u3,workdir=u/s/w3,index=on',
  'lowerdir=l,upperdir=u,workdir=w2',
  'lowerdir=l,upperdir=u,workdir=w2,index=on',
  'lowerdir=l,upperdir=u2,workdir=w',
  'lowerdir=l,upperdir=u2,workdir=w,index=on',
];

const inUse = (options: string): [string, Operation[]] => [
  `another overlay has u and w: ${options}`,
  [
    ...directories('l', 'l/s', 'u', 'u/s', 'w', 'w/s', 'm', 'u2', 'u/s/u3', 'u/s/w3', 'w2', 'm2'),
    mount(`lowerdir=l,${U}`),
    mount(options, 'm2'),
    ['options', 'm2'],
    umount('m2'),
    ['readdir', 'w'],
    ['readdir', 'w2'],
  ],
];

/** A mount that got its directories by a warning alone leaves nothing free when it ends, and keeps nothing. */
const claims = (first: string, second: string): [string, Operation[]] => [
  `two mounts of one upper directory, ${first} ends first`,
  [
    ...directories('l', 'u', 'w', 'w2', 'u2', 'm', 'm2', 'm3'),
    mount(`lowerdir=l,${U}`),
    mount('lowerdir=l,upperdir=u,workdir=w2', 'm2'),
    umount(first),
    mount('lowerdir=l,upperdir=u,workdir=w2,index=on', 'm3'),
    mount(`lowerdir=l,${U2},index=on`, 'm3'),
    umount('m3'),
    umount(second),
    mount(`lowerdir=l,${U},index=on`, 'm3'),
    ['readdir', 'w'],
    ['readdir', 'w2'],
  ],
];

export const overlapScripts: Record<string, Operation[]> = {
  ...moved,
  ...mountedWithin,
  ...Object.fromEntries([...others.map(inUse), claims('m', 'm2'), claims('m2', 'm')]),
};
