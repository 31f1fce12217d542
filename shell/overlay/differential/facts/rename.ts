// Facts about renames, hard links with and without an index, and metacopies.

import { O } from '../../../fs/open-flags.ts';
import type { Operation } from '../script.ts';
import { file, over, overWith } from '../smoke-tree.ts';

const NOREPLACE = 1;
const EXCHANGE = 2;
const WHITEOUT = 4;

const renames = (option: string): [string, Operation[]][] => [
  [
    `C: [${option || 'default'}] rename lower file`,
    overWith(option && `,${option}`, ['rename', 'm/f', 'm/f2', 0]),
  ],
  [
    `C: [${option || 'default'}] rename lower (merged) dir`,
    overWith(option && `,${option}`, ['rename', 'm/d', 'm/d2', 0], ['readdir', 'm/d2']),
  ],
];

const nested: Operation[] = [
  ['rename', 'm/d', 'm/d2', 0],
  ['rename', 'm/d2/s', 'm/s9', 0],
  ['write', 'm/d2/a', O.WRONLY, 0, 0, 'new'],
  ['readdir', 'm/s9'],
];

const remountedWith = (redirect: string): Operation[] =>
  overWith(
    ',redirect_dir=on',
    ...nested,
    ['umount', 'm'],
    ['mount', 'm', `lowerdir=l,upperdir=u,workdir=w,redirect_dir=${redirect}`],
    ['readdir', 'm/d2'],
  );

const append = (path: string): Operation => ['write', path, O.WRONLY | O.APPEND, 0, -1, 'changed\n'];

const links = (index: string): [string, Operation[]][] => [
  [
    `D: [index=${index}] write h1`,
    overWith(
      `,index=${index}`,
      ['stat', 'm/h1'],
      append('m/h1'),
      ['read', 'm/h2', 0, 100],
      ['stat', 'm/h1'],
      ['stat', 'm/h2'],
      ['count', 'w'],
    ),
  ],
  [
    `D: [index=${index}] unlink h1: nlink of h2`,
    overWith(
      `,index=${index}`,
      ['unlink', 'm/h1'],
      ['stat', 'm/h2'],
      ['count', `w/${index === 'on' ? 'index' : 'work'}`],
    ),
  ],
  [
    `D: [index=${index}] link h1 h3: nlink`,
    overWith(
      `,index=${index}`,
      ['link', 'm/h1', 'm/h3'],
      ['stat', 'm/h1'],
      ['stat', 'm/h2'],
      ['stat', 'm/h3'],
    ),
  ],
];

const twice = (index: string): Operation[] =>
  overWith(
    `,index=${index}`,
    ['mkdir', 'm2', 0o755],
    ['mount', 'm2', `lowerdir=l,upperdir=u,workdir=w,index=${index}`],
  );

const meta = (option: string): [string, Operation[]][] => [
  [
    `E: [${option}] chmod`,
    overWith(
      `,${option}`,
      ['chmod', 'm/f', 0o600],
      ['blocks', 'm/f'],
      ['read', 'u/f', 0, 100],
      ['read', 'm/f', 0, 100],
    ),
  ],
  [
    `E: [${option}] then open O_RDWR`,
    overWith(`,${option}`, ['chmod', 'm/f', 0o600], ['open', 'm/f', O.RDWR, 0], ['read', 'u/f', 0, 100]),
  ],
];

export const renameFacts: Record<string, Operation[]> = Object.fromEntries([
  ...['', 'redirect_dir=off', 'redirect_dir=on', 'redirect_dir=nofollow', 'redirect_dir=follow'].flatMap(
    renames,
  ),
  ...['off', 'on'].flatMap(links),
  ...['metacopy=off', 'metacopy=on'].flatMap(meta),
  ...Object.entries({
    'C: rename pure upper dir to new name': over(['mkdir', 'm/n', 0o755], file('m/n/q', ''), [
      'rename',
      'm/n',
      'm/n2',
      0,
    ]),
    'C: rename pure upper dir over an empty lower dir': over(
      ['mkdir', 'm/n', 0o755],
      ['rename', 'm/n', 'm/e', 0],
    ),
    'C: rename pure upper dir over a non-empty lower dir': over(
      ['mkdir', 'm/n', 0o755],
      ['rename', 'm/n', 'm/d', 0],
    ),
    'C: rename lower file over lower file': over(['rename', 'm/f', 'm/g', 0], ['read', 'm/g', 0, 100]),
    'C: rename file over a dir': over(['rename', 'm/f', 'm/d', 0]),
    'C: rename dir over a file': over(['mkdir', 'm/n', 0o755], ['rename', 'm/n', 'm/f', 0]),
    'C: rename there and back': over(['rename', 'm/f', 'm/f2', 0], ['rename', 'm/f2', 'm/f', 0]),
    'C: RENAME_EXCHANGE two lower files': over(['rename', 'm/f', 'm/g', EXCHANGE], ['read', 'm/f', 0, 100]),
    'C: RENAME_NOREPLACE onto existing': over(['rename', 'm/f', 'm/g', NOREPLACE]),
    'C: RENAME_WHITEOUT': over(['rename', 'm/f', 'm/x', WHITEOUT]),
    'C: RENAME_EXCHANGE lower file with lower dir (default)': over(['rename', 'm/f', 'm/d', EXCHANGE]),
    'C: RENAME_EXCHANGE lower file with lower dir (redirect on)': overWith(',redirect_dir=on', [
      'rename',
      'm/f',
      'm/d',
      EXCHANGE,
    ]),
    'C: redirect on: nested renames': overWith(',redirect_dir=on', ...nested),
    'C:   remounted redirect_dir=off': remountedWith('off'),
    'C:   remounted redirect_dir=nofollow': remountedWith('nofollow'),
    'C: redirect on: rename then mkdir old name': overWith(
      ',redirect_dir=on',
      ['rename', 'm/d', 'm/d2', 0],
      ['mkdir', 'm/d', 0o755],
      ['readdir', 'm/d'],
    ),
    'D: index=on: remount with another lower': overWith(
      ',index=on',
      ['umount', 'm'],
      ['mkdir', 'other', 0o755],
      ['mount', 'm', 'lowerdir=other,upperdir=u,workdir=w,index=on'],
    ),
    'D: same upper/lab mounted twice (index=off)': twice('off'),
    'D: same upper/lab mounted twice (index=on)': twice('on'),
    'E: [metacopy=on] rename': overWith(',metacopy=on', ['rename', 'm/f', 'm/k', 0]),
    'E: [metacopy=on] rename of a dir (redirect_dir implied on)': overWith(
      ',metacopy=on',
      ['rename', 'm/f', 'm/k', 0],
      ['rename', 'm/d', 'm/dd', 0],
    ),
    'E: [metacopy=on,redirect_dir=off] mount': overWith(',metacopy=on,redirect_dir=off'),
    'K: rename merged dir': over(['rename', 'm/d', 'm/k', 0]),
    'K: link across mounts': over(['link', 'm/f', 'l/k'], ['link', 'l/f', 'm/k']),
    'K: rename out of the mount': over(['rename', 'm/f', 'l/k', 0]),
    'K: rename dir into itself': over(['mkdir', 'm/n', 0o755], ['rename', 'm/n', 'm/n/n', 0]),
  } satisfies Record<string, Operation[]>),
]);
