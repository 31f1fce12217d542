// What is claimed of overlayfs, K10 to K19, in the form of claims/layers.ts.

import { S_IFCHR } from '../../../fs/mode.ts';
import { O } from '../../../fs/open-flags.ts';
import { file, mounted, tree } from '../smoke-tree.ts';
import { append, type Claim, fails, gives, mark, none, over } from './claim.ts';

export const optionClaims: Record<string, readonly Claim[]> = {
  K10: [
    {
      says: 'copy-up of one name breaks a hard link',
      steps: [
        ...over(),
        append('m/h1'),
        gives('linked\n', 'read', 'm/h2', 0, 20),
        gives(1, 'links', 'm/h1'),
        gives(2, 'links', 'm/h2'),
      ],
    },
    {
      says: 'with index=on it is kept',
      steps: [
        ...over('index=on'),
        append('m/h1'),
        gives('linked\n+', 'read', 'm/h2', 0, 20),
        gives(2, 'links', 'm/h1'),
        gives(2, 'links', 'm/h2'),
      ],
    },
  ],
  K11: [
    {
      says: 'device and inode number of a hard link change at copy-up, those of a file with one name do not',
      steps: [
        ['mkdir', 'l', 0o755],
        ['mountfs', 'l', 'tmpfs', 'mode=755'],
        ...tree('l'),
        ...mounted(['l']),
        gives([1, 0, 1], 'inode', 'm/f'),
        gives([1, 0, 2], 'inode', 'm/h1'),
        ['chmod', 'm/f', 0o600],
        ['chmod', 'm/h1', 0o600],
        gives([1, 0, 1], 'inode', 'm/f'),
        gives([2, 0, 3], 'inode', 'm/h1'),
      ],
    },
  ],
  K12: [
    {
      says: 'reading through the overlay leaves the access time of the lower file alone',
      steps: [...over(), ['read', 'm/f', 0, 9], gives(1_000_000_000_000, 'atime', 'l/f')],
    },
    {
      says: 'a program that runs can be written to in its lower layer, not through the overlay',
      steps: [
        ['mkdir', 'l', 0o755],
        ['program', 'l/p'],
        ...mounted(['l']),
        ['run', 'm/p'],
        gives(null, 'open', 'l/p', O.WRONLY, 0),
        fails('ETXTBSY', 'open', 'm/p', O.WRONLY, 0),
      ],
    },
  ],
  K13: [
    {
      says: 'upper and work directory lie on one filesystem',
      steps: [
        ['mkdir', 'l', 0o755],
        ['mkdir', 'u', 0o755],
        ['mkdir', 'x', 0o755],
        ['mkdir', 'm', 0o755],
        ['mountfs', 'x', 'tmpfs', 'mode=755'],
        fails('EINVAL', 'mount', 'm', 'lowerdir=l,upperdir=u,workdir=x'),
      ],
    },
    {
      says: 'an upper directory in use is refused with index=on',
      steps: [
        ...over('index=on'),
        ['mkdir', 'm2', 0o755],
        fails('EBUSY', 'mount', 'm2', 'lowerdir=l,upperdir=u,workdir=w,index=on'),
        gives(null, 'mount', 'm2', 'lowerdir=l,upperdir=u,workdir=w'),
      ],
    },
  ],
  K14: [
    {
      says: 'a lower directory does not move',
      steps: [...over(), fails('EXDEV', 'rename', 'm/d', 'm/k', 0), none],
    },
    {
      says: 'with redirect_dir=on it moves by an attribute',
      steps: [
        ...over('redirect_dir=on'),
        gives(null, 'rename', 'm/d', 'm/k', 0),
        gives('d', 'getxattr', 'u/k', mark('redirect')),
        gives('a\n', 'read', 'm/k/a', 0, 9),
        gives(null, 'rename', 'm/k/s', 'm/s', 0),
        gives('/d/s', 'getxattr', 'u/s', mark('redirect')),
      ],
    },
  ],
  K15: [
    {
      says: 'metacopy=on copies metadata alone, the data at the first open for writing',
      steps: [
        ...over('metacopy=on'),
        ['chmod', 'm/f', 0o600],
        gives('', 'getxattr', 'u/f', mark('metacopy')),
        gives('\0'.repeat(6), 'read', 'u/f', 0, 9),
        gives('lower\n', 'read', 'm/f', 0, 9),
        ['open', 'm/f', O.WRONLY, 0],
        gives('lower\n', 'read', 'u/f', 0, 9),
        fails('ENODATA', 'getxattr', 'u/f', mark('metacopy')),
      ],
    },
  ],
  K16: [
    {
      says: 'a volatile mount leaves a mark that forbids the next one',
      steps: [
        ...over('volatile'),
        gives(['dirty'], 'names', 'w/work/incompat/volatile'),
        ['umount', 'm'],
        fails('EINVAL', 'mount', 'm', 'lowerdir=l,upperdir=u,workdir=w'),
      ],
    },
    {
      says: 'userxattr keeps the marks under user.overlay',
      steps: [
        ...over('userxattr'),
        ['rmdir', 'm/e'],
        ['mkdir', 'm/e', 0o755],
        gives('y', 'getxattr', 'u/e', 'user.overlay.opaque'),
        fails('ENODATA', 'getxattr', 'u/e', mark('opaque')),
      ],
    },
  ],
  K17: [
    {
      says: 'a file of the upper layer alone goes without a trace, one that a lower layer has leaves a whiteout',
      steps: [
        ...over(),
        file('m/n', ''),
        ['unlink', 'm/n'],
        none,
        append('m/f'),
        ['unlink', 'm/f'],
        gives([['/f', 'whiteout']], 'dump', 'u'),
      ],
    },
  ],
  K18: [
    {
      says: 'a file made again takes the place of its whiteout',
      steps: [
        ...over(),
        ['unlink', 'm/f'],
        file('m/f', 'again'),
        gives('file', 'kind', 'u/f'),
        gives('again', 'read', 'm/f', 0, 9),
        gives(['f'], 'names', 'u'),
      ],
    },
  ],
  K19: [
    {
      says: 'a whiteout is never seen from above; in the upper directory it is a device without permissions',
      steps: [
        ...over(),
        ['unlink', 'm/f'],
        fails('ENOENT', 'kind', 'm/f'),
        fails('EPERM', 'mknod', 'm/f', S_IFCHR | 0o600, 0, 0),
        gives('char', 'kind', 'u/f'),
        gives(0, 'mode', 'u/f'),
        gives(0, 'rdev', 'u/f'),
      ],
    },
  ],
};
