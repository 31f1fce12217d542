// Scripts on inode numbers and devices with layers on several filesystems, and what xino makes of them.

import type { Operation } from './script.ts';
import { file, tree } from './smoke-tree.ts';

const tmpfs = (path: string): Operation[] => [
  ['mkdir', path, 0o755],
  ['mountfs', path, 'tmpfs', 'mode=755'],
];

const PATHS = [
  '',
  '/f',
  '/d',
  '/d/a',
  '/d/s',
  '/d/s/x',
  '/h1',
  '/h2',
  '/sl',
  '/top',
  '/d/in',
  '/new',
  '/nd',
  '/nd/q',
];

const look: Operation[] = [...PATHS.map((path): Operation => ['inode', `m${path}`]), ['dirents', 'm/d/s']];

const change: Operation[] = [
  ['chmod', 'm/f', 0o600],
  ['chmod', 'm/d', 0o700],
  ['chmod', 'm/d/a', 0o600],
  ['chmod', 'm/h1', 0o600],
  file('m/new', ''),
  ['mkdir', 'm/nd', 0o755],
  file('m/nd/q', ''),
];

const layers = (lower: string, middle: string): Operation[] => [
  ...tmpfs('t1'),
  ...tmpfs('t2'),
  ['mkdir', 'e', 0o755],
  ['mkdir', lower, 0o755],
  ...tree(lower),
  ['mkdir', middle, 0o755],
  file(`${middle}/top`, ''),
  ['mkdir', `${middle}/d`, 0o755],
  file(`${middle}/d/in`, ''),
  ['mkdir', 'm', 0o755],
];

const uppers = (upper: string): Operation[] => [
  ['mkdir', `${upper}/u`, 0o755],
  ['mkdir', `${upper}/w`, 0o755],
];

const mounted = (directories: string, xino: string): Operation[] => [
  ['mount', 'm', `${directories}${xino && `,xino=${xino}`}`],
  ['options', 'm'],
];

const LINES: Record<string, string> = {
  3: '"xino" feature enabled using 3 upper inode bits.',
  2: '"xino" feature enabled using 2 upper inode bits.',
  0: '"xino=on" is useless with all layers on same fs, ignore.',
};

const logged = (xino: string, bits: number): Operation[] =>
  xino === 'on' || (xino === 'auto' && bits > 0) ? [['logged', LINES[bits] as string]] : [];

const scripts = (xino: string): [string, Operation[]][] => [
  [
    'a lower layer on another filesystem',
    [
      ...layers('t1/l', 't1/k'),
      ...uppers('e'),
      ...mounted('lowerdir=t1/k:t1/l,upperdir=e/u,workdir=e/w', xino),
      ...logged(xino, 2),
      ...look,
      ...change,
      ...look,
    ],
  ],
  [
    'two lower filesystems and an upper one',
    [
      ...layers('t1/l', 't2/k'),
      ...uppers('e'),
      ...mounted('lowerdir=t2/k:t1/l,upperdir=e/u,workdir=e/w', xino),
      ...logged(xino, 3),
      ...look,
      ...change,
      ...look,
      ['umount', 'm'],
      ...mounted('lowerdir=t2/k:t1/l,upperdir=e/u,workdir=e/w', xino),
      ...look,
    ],
  ],
  [
    'two lower filesystems and no upper one',
    [...layers('t1/l', 't2/k'), ...mounted('lowerdir=t2/k:t1/l', xino), ...logged(xino, 3), ...look],
  ],
  [
    'one filesystem',
    [
      ...layers('e/l', 'e/k'),
      ...uppers('e'),
      ...mounted('lowerdir=e/k:e/l,upperdir=e/u,workdir=e/w', xino),
      ...logged(xino, 0),
      ...look,
      ...change,
      ...look,
      ['dirents', 'm'],
      ['dirents', 'm/d'],
    ],
  ],
];

export const inodeScripts: Record<string, Operation[]> = Object.fromEntries(
  ['', 'off', 'auto', 'on'].flatMap((xino) =>
    scripts(xino).map(([name, operations]): [string, Operation[]] => [
      `inode numbers: ${name}${xino && `, xino=${xino}`}`,
      xino === 'auto' || xino === 'on' ? [...operations, ['dirents', 'm'], ['dirents', 'm/d']] : operations,
    ]),
  ),
);
