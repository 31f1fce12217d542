// What is claimed of overlayfs, K1 to K9, each as calls with the results that the claim asserts: both sides must give
// them. What a claim says of layers as archives is tested where those are written (shell/engine/tar).

import { S_IFCHR } from '../../../fs/mode.ts';
import { O } from '../../../fs/open-flags.ts';
import type { Operation } from '../script.ts';
import { file } from '../smoke-tree.ts';
import { append, below, type Claim, fails, gives, mark, none, over } from './claim.ts';

export const layerClaims: Record<string, readonly Claim[]> = {
  K1: [
    {
      says: 'a whiteout is a character device 0:0',
      steps: [
        ...over(),
        ['unlink', 'm/f'],
        gives([['/f', 'whiteout']], 'dump', 'u'),
        gives(0, 'rdev', 'u/f'),
      ],
    },
    {
      says: 'or an empty file with an attribute, in a directory marked opaque=x',
      steps: [
        ...below(['mkdir', 'k/d', 0o755], ['setxattr', 'k/d', mark('opaque'), 'x'], file('k/d/a', ''), [
          'setxattr',
          'k/d/a',
          mark('whiteout'),
          '',
        ]),
        gives(
          [
            ['b', 'file'],
            ['s', 'directory'],
          ],
          'readdir',
          'm/d',
        ),
        fails('ENOENT', 'stat', 'm/d/a'),
      ],
    },
  ],
  K2: [
    {
      says: 'opaque=y on a directory hides what is below it',
      steps: [
        ...below(['mkdir', 'k/d', 0o755], ['setxattr', 'k/d', mark('opaque'), 'y'], file('k/d/n', '')),
        gives([['n', 'file']], 'readdir', 'm/d'),
        fails('ENOENT', 'stat', 'm/d/a'),
      ],
    },
    {
      says: 'whiteouts apply to lower layers only, and .wh. names mean nothing to the kernel',
      steps: [
        ...below(file('k/f', 'above'), ['mknod', 'l/x', S_IFCHR, 0, 0], file('k/.wh.g', '')),
        gives('above', 'read', 'm/f', 0, 9),
        gives('gee\n', 'read', 'm/g', 0, 9),
        gives('file', 'kind', 'm/.wh.g'),
        fails('ENOENT', 'kind', 'm/x'),
      ],
    },
  ],
  K3: [
    {
      says: 'rmdir of a lower directory leaves a plain whiteout, mkdir over it makes an opaque directory',
      steps: [
        ...over(),
        gives(null, 'rmdir', 'm/e'),
        gives([['/e', 'whiteout']], 'dump', 'u'),
        gives(null, 'mkdir', 'm/e', 0o755),
        gives('y', 'getxattr', 'u/e', mark('opaque')),
      ],
    },
  ],
  K4: [
    {
      says: 'a new directory in a merged one is not opaque',
      steps: [...over(), ['mkdir', 'm/d/n', 0o755], fails('ENODATA', 'getxattr', 'u/d/n', mark('opaque'))],
    },
    ...['index=on', 'metacopy=on', 'redirect_dir=on', 'xino=on'].map((option) => ({
      says: `a new directory in a merged one is opaque with ${option}`,
      steps: [
        ...over(option),
        ['mkdir', 'm/d/n', 0o755] as Operation,
        gives('y', 'getxattr', 'u/d/n', mark('opaque')),
      ],
    })),
  ],
  K5: [
    {
      says: 'a listing merges names, the metadata are those of the upper directory alone',
      steps: [
        ...below(['mkdir', 'k/d', 0o711], file('k/d/a', 'k'), file('k/d/z', ''), ['chown', 'k/d', 7, 8]),
        gives(
          [
            ['a', 'file'],
            ['b', 'file'],
            ['s', 'directory'],
            ['z', 'file'],
          ],
          'readdir',
          'm/d',
        ),
        gives([0o711, 7, 8], 'owner', 'm/d'),
      ],
    },
  ],
  K6: [
    {
      says: 'an open directory goes on showing its listing until it is rewound',
      steps: [
        ...over(),
        ['hold', 'd', 'm/e', O.RDONLY | O.DIRECTORY],
        gives([], 'hreaddir', 'd'),
        file('m/e/n', ''),
        gives([['n', 'file']], 'hreaddir', 'd'),
      ],
    },
  ],
  K7: [
    {
      says: 'copy-up makes the parents, then copies data, owner, mode, time and attributes, and leaves nothing at work',
      steps: [
        ...over(),
        ['setxattr', 'l/d/b', 'user.k', 'v'],
        ['utimens', 'l/d/b', 5, 6],
        append('m/d/b'),
        gives(0o755, 'mode', 'u/d'),
        gives('b\n+', 'read', 'u/d/b', 0, 9),
        gives([0o644, 1000, 1000], 'owner', 'u/d/b'),
        gives('v', 'getxattr', 'u/d/b', 'user.k'),
        gives([], 'names', 'w/work'),
        ['chmod', 'm/d/a', 0o600],
        gives(2_002_000_000_000, 'mtime', 'u/d/a'),
      ],
    },
  ],
  K8: [
    ...[O.WRONLY, O.RDWR].map((flags) => ({
      says: `opening for writing (${flags}) copies up even if nothing is written`,
      steps: [...over(), none, ['open', 'm/f', flags, 0] as Operation, gives('lower\n', 'read', 'u/f', 0, 9)],
    })),
    ...(
      [
        ['chmod', 'm/f', 0o644],
        ['chown', 'm/f', -1, -1],
        ['utimens', 'm/f', 1, 2],
        ['setxattr', 'm/f', 'user.k', 'v'],
        ['link', 'm/f', 'm/k'],
      ] as Operation[]
    ).map((call) => ({
      says: `${call[0]} copies up`,
      steps: [...over(), none, call, gives('lower\n', 'read', 'u/f', 0, 9)],
    })),
    {
      says: 'making a symbolic link to a file does not copy it',
      steps: [...over(), ['symlink', 'f', 'm/k'], gives(['k'], 'names', 'u')],
    },
    {
      says: 'opening for reading, access and failed calls do not',
      steps: [
        ...over(),
        ['open', 'm/f', O.RDONLY, 0],
        ['access', 'm/f', 2],
        fails('ENOTEMPTY', 'rmdir', 'm/d'),
        fails('EXDEV', 'rename', 'm/d', 'm/k', 0),
        none,
      ],
    },
  ],
  K9: [
    {
      says: '>> opens for writing, and so copies up',
      steps: [
        ...over(),
        none,
        ['open', 'm/f', O.WRONLY | O.APPEND | O.CREAT, 0o644],
        gives(['f'], 'names', 'u'),
      ],
    },
  ],
};
