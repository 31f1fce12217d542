// Layers that no overlay would have written: whiteouts with data, marks on the wrong files, redirects that lead nowhere.

import { S_IFCHR } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';

const write = (path: string, text: string): Operation => ['write', path, O.WRONLY | O.CREAT, 0o644, -1, text];
const mark = (path: string, name: string, value: string): Operation => [
  'setxattr',
  path,
  `trusted.overlay.${name}`,
  value,
];

const layers: Operation[] = [
  ['mkdir', 'l1', 0o755],
  ['mkdir', 'l1/d', 0o755],
  ['mkdir', 'l1/d/s', 0o755],
  write('l1/d/in', 'below\n'),
  write('l1/f', 'below\n'),
  ['mkdir', 'l0', 0o755],
  ['mkdir', 'u', 0o755],
  ['mkdir', 'w', 0o755],
  ['mkdir', 'm', 0o755],
];
const all = 'redirect_dir=on,metacopy=on,index=on';
const look: Operation[] = [
  ['readdir', 'm'],
  ['readdir', 'm/d'],
  ['lstat', 'm/d'],
  ['lstat', 'm/d/in'],
  ['lstat', 'm/f'],
  ['read', 'm/f', 0, 50],
  ['open', 'm/f', O.WRONLY | O.APPEND, 0],
  ['unlink', 'm/f'],
  ['rmdir', 'm/d'],
  ['lstat', 'm/g'],
];

/** The same state found with all options off and with all of them on. */
const found = (name: string, ...state: Operation[]): [string, Operation[]][] =>
  ['', all].map((options) => [
    `bad state: ${name}${options && ', all on'}`,
    [
      ...layers,
      ...state,
      ['mount', 'm', `lowerdir=l0:l1,upperdir=u,workdir=w${options && `,${options}`}`],
      ...look,
    ],
  ]);

export const badStateScripts: Record<string, Operation[]> = Object.fromEntries([
  ...found('a whiteout by attribute with data', write('l0/f', 'data'), mark('l0/f', 'whiteout', 'y')),
  ...found('a whiteout by attribute in the upper layer', write('u/f', ''), mark('u/f', 'whiteout', 'y')),
  ...found('a device 0:1 is no whiteout', ['mknod', 'l0/f', S_IFCHR | 0o600, 0, 1]),
  ...found(
    'a whiteout with attributes and a mode',
    ['mknod', 'l0/f', S_IFCHR | 0o644, 0, 0],
    mark('l0/f', 'opaque', 'y'),
  ),
  ...found('opaque on a file', write('l0/f', 'above\n'), mark('l0/f', 'opaque', 'y')),
  ...found('opaque with another value', ['mkdir', 'l0/d', 0o755], mark('l0/d', 'opaque', 'yes')),
  ...found('opaque on the root of a layer', mark('l0', 'opaque', 'y')),
  ...found('opaque on the upper root', mark('u', 'opaque', 'y')),
  ...found('a redirect to itself', ['mkdir', 'l0/d', 0o755], mark('l0/d', 'redirect', 'd')),
  ...found(
    'redirects in a circle',
    ['mkdir', 'l0/d', 0o755],
    ['mkdir', 'l0/e', 0o755],
    mark('l0/d', 'redirect', '/e'),
    mark('l0/e', 'redirect', '/d'),
    mark('l1/d', 'redirect', '/e'),
  ),
  ...found('a redirect into itself', ['mkdir', 'u/d', 0o755], mark('u/d', 'redirect', '/d/s')),
  ...found('a redirect to nowhere', ['mkdir', 'u/d', 0o755], mark('u/d', 'redirect', '/nowhere/at/all')),
  ...found('a redirect to a file', ['mkdir', 'u/d', 0o755], mark('u/d', 'redirect', '/f')),
  ...found('a redirect through a file', ['mkdir', 'u/d', 0o755], mark('u/d', 'redirect', '/f/x')),
  ...found('a redirect that leads outside', ['mkdir', 'u/d', 0o755], mark('u/d', 'redirect', '/../../d')),
  ...found('a redirect to the parent', ['mkdir', 'u/d', 0o755], mark('u/d', 'redirect', '..')),
  ...found(
    'a redirect to a path that is not absolute',
    ['mkdir', 'u/d', 0o755],
    mark('u/d', 'redirect', 'd/s'),
  ),
  ...found('an empty redirect', ['mkdir', 'u/d', 0o755], mark('u/d', 'redirect', '')),
  ...found('a redirect with empty parts', ['mkdir', 'u/d', 0o755], mark('u/d', 'redirect', '/d//s')),
  ...found('a redirect to the root', ['mkdir', 'u/d', 0o755], mark('u/d', 'redirect', '/')),
  ...found('a metacopy without data', write('u/g', ''), mark('u/g', 'metacopy', ''), ['readdir', 'u']),
  ...found(
    'a metacopy with a wrong origin',
    write('u/f', ''),
    mark('u/f', 'metacopy', ''),
    mark('u/f', 'origin', 'junk'),
  ),
  ...found('a metacopy over a directory', write('u/d', ''), mark('u/d', 'metacopy', '')),
  ...found('an index entry that is none', ['mkdir', 'w/index', 0o755], write('w/index/junk', 'x'), [
    'names',
    'w/index',
  ]),
  ...found('files left in the work directory', ['mkdir', 'w/work', 0o755], write('w/work/#1', 'x'), [
    'mkdir',
    'w/work/d',
    0o755,
  ]),
  ...found('the work directory is a file', write('w/work', 'x')),
  [
    'bad state: whiteouts by attribute are looked for only in layers that are known to have some',
    [
      ['mkdir', 'l0', 0o755],
      ['mkdir', 'l0/c', 0o750],
      ['symlink', '../b', 'l0/a'],
      mark('l0/c', 'opaque', 'x'),
      ['mkdir', 'l1', 0o755],
      ['mkdir', 'l1/c', 0o750],
      write('l1/a', 'hello'),
      ['link', 'l1/a', 'l1/c/a'],
      mark('l1/a', 'metacopy', ''),
      ['mkdir', 'l2', 0o755],
      ['mkdir', 'l2/x', 0o755],
      ['mkdir', 'm', 0o755],
      ['mkdir', 'u', 0o755],
      ['mkdir', 'w', 0o755],
      ['mount', 'm', `lowerdir=l0:l1:l2,upperdir=u,workdir=w,${all}`],
      ['readdir', 'm/c'],
      ['dump', 'm'],
    ],
  ],
  [
    'whiteouts by attribute in the root',
    [
      ...layers,
      write('l0/f', ''),
      mark('l0/f', 'whiteout', ''),
      mark('l0', 'opaque', 'x'),
      ['mkdir', 'l0/d', 0o755],
      write('l0/d/in', ''),
      mark('l0/d/in', 'whiteout', ''),
      ['mount', 'm', 'lowerdir=l0:l1,upperdir=u,workdir=w'],
      ...look,
      ['rmdir', 'm/d/s'],
      ['rmdir', 'm/d'],
    ],
  ],
]);
