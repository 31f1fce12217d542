// Scripts on overlays over overlays: inode numbers over copies, renames and remounts where the lower one has no file
// handles, and the marks of a layer that lies in an overlay.

import type { Operation } from './script.ts';
import { DUMPS, directories, everyKind, file, KINDS } from './smoke-tree.ts';

const umount = (target = 'm'): Operation => ['umount', target];
const each =
  (...paths: string[]): ((call: string, ...rest: (string | number)[]) => Operation[]) =>
  (call, ...rest) =>
    paths.map((path): Operation => [call, path, ...rest]);

/** A file of each kind, and one with two names. */
const FILES = [...KINDS, 'link'];
const everyFile = (top: string): Operation[] => [
  ...everyKind(top),
  file(`${top}/link`, ''),
  ['link', `${top}/link`, `${top}/link2`],
];
const inodes = (...tops: string[]): Operation[] =>
  tops.flatMap((top) => each(...FILES.map((name) => `${top}/${name}`))('inode'));
const names = [...FILES, 'dir'];

const numbers = (several: boolean, below: string, above: string): [string, Operation[]] => {
  const second: Operation = ['mount', 'm2', `lowerdir=m,upperdir=b/u2,workdir=b/w2,${above}`];
  const both: Operation[] = [['mount', 'm', `lowerdir=a/l,upperdir=b/u,workdir=b/w,${below}`], second];
  return [
    `${above} over ${below}, layers on ${several ? 'several filesystems' : 'one filesystem'}`,
    [
      ...directories('a', 'b'),
      ...(several ? each('a', 'b')('mountfs', 'tmpfs', 'mode=755') : []),
      ...directories('a/l', 'b/u', 'b/w', 'b/u2', 'b/w2', 'm', 'm2', 'a/l/lo', 'b/u/up', 'b/u2/lo'),
      ...everyFile('a/l/lo'),
      ...everyFile('b/u/up'),
      ...both,
      ['options', 'm2'],
      ...inodes('m/lo', 'm/up', 'm2/lo', 'm2/up'),
      ...names.flatMap((name) => each(`m2/lo/${name}`, `m2/up/${name}`)('chown', 100, -1)),
      ...inodes('m2/lo', 'm2/up'),
      ...directories('m2/lo2', 'm2/up2'),
      ...names.flatMap((name): Operation[] => [
        ['rename', `m2/lo/${name}`, `m2/lo2/${name}`, 0],
        ['rename', `m2/up/${name}`, `m2/up2/${name}`, 0],
      ]),
      ['link', 'm2/lo2/file', 'm2/lo2/another'],
      ['lstat', 'm2/lo2/another'],
      ...inodes('m2/lo2', 'm2/up2'),
      ['getxattr', 'b/u2/lo2/chr', 'trusted.overlay.origin'],
      ['getxattr', 'b/u2/lo', 'trusted.overlay.origin'],
      umount('m2'),
      second,
      ...inodes('m2/lo2', 'm2/up2'),
      umount('m2'),
      umount(),
      ...both,
      ...inodes('m2/lo2', 'm2/up2'),
      ...each('m2', 'b/u2', 'b/u')('dump'),
      ['readdir', 'b/w2'],
      umount('m2'),
    ],
  ];
};

const MARKS = ['trusted', 'user'].flatMap((prefix) =>
  ['opaque', 'overlay.opaque'].map((name) => `${prefix}.overlay.${name}`),
);
const marksOf = (path: string): Operation[] => [
  ['listxattr', path],
  ...MARKS.map((name): Operation => ['getxattr', path, name]),
];
const ofUser = (prefix: string): string => (prefix === 'user' ? ',userxattr' : '');

/** An opaque directory that is made in an overlay, for an overlay over its directories. */
const escaped = (prefix: string): Operation[] => {
  const options = `,workdir=w,index=off${ofUser(prefix)}`;
  const [first, second] = ['m/layer1', 'm/layer2'];
  return [
    ...directories('l', 'mid', 'u', 'w', 'm', 'n'),
    ['mount', 'm', `lowerdir=l,upperdir=mid${options}`],
    ...directories(first, `${first}/dir`, second, `${second}/dir`),
    file(`${first}/dir/file`, ''),
    ['setxattr', `${second}/dir`, 'user.overlay.opaque', 'y'],
    ['setxattr', `${second}/dir`, 'trusted.overlay.opaque', 'y'],
    ...marksOf(`${second}/dir`),
    umount(),
    ...marksOf('mid/layer2/dir'),
    ['rmdir', 'w/work'],
    ['mount', 'm', `lowerdir=mid:l,upperdir=u${options}`],
    ...marksOf(`${second}/dir`),
    ...['', ',userxattr'].flatMap((inner): Operation[] => [
      ['mount', 'n', `lowerdir=${second}:${first}${inner}`],
      ['readdir', 'n'],
      ['lstat', 'n/dir/file'],
      ['listxattr', 'n/dir'],
      umount('n'),
    ]),
    file(`${second}/dir/other`, ''),
    ...marksOf('u/layer2/dir'),
    ...['trusted', 'user'].map(
      (other): Operation => ['removexattr', `${second}/dir`, `${other}.overlay.opaque`],
    ),
    ...marksOf('u/layer2/dir'),
    ...DUMPS,
  ];
};

/** Whiteouts by attribute, in layers on the disk or in an overlay. */
const whiteouts = (prefix: string, inner: string, nested: boolean): Operation[] => [
  ...directories('l', 'u', 'w', 'm', 'n'),
  ...(nested
    ? [['mount', 'm', `lowerdir=l,upperdir=u,workdir=w,index=off${ofUser(prefix)}`] as Operation]
    : []),
  ...directories('m/lower', 'm/upper'),
  ...each('m/lower/regular', 'm/lower/hidden', 'm/upper/hidden')('mknod', 0o100644, 0, 0),
  ['setxattr', 'm/upper', `${prefix}.overlay.opaque`, 'x'],
  ['setxattr', 'm/upper/hidden', `${prefix}.overlay.whiteout`, 'y'],
  ['mount', 'n', `lowerdir=m/upper:m/lower${inner}`],
  ['readdir', 'n'],
  ['lstat', 'n/hidden'],
  ['lstat', 'n/regular'],
  ['listxattr', 'n'],
  umount('n'),
  ...DUMPS,
];

export const nestedScripts: Record<string, Operation[]> = {
  ...Object.fromEntries(
    [false, true].flatMap((several) =>
      ['redirect_dir=on,index=on,xino=on', 'redirect_dir=on,xino=auto,metacopy=on', 'nfs_export=on'].flatMap(
        (above) => ['xino=on', 'index=on'].map((below) => numbers(several, below, above)),
      ),
    ),
  ),
  'a lower overlay without file handles': [
    ...directories('l', 'u', 'w', 'm', 'u2', 'w2', 'm2'),
    ['mount', 'm', 'lowerdir=l,upperdir=u,workdir=w'],
    ['mount', 'm2', 'lowerdir=m,upperdir=u2,workdir=w2,index=on'],
    [
      'logged',
      "overlayfs: fs on 'm' does not support file handles, falling back to index=off,nfs_export=off.",
    ],
    umount('m2'),
    ['mount', 'm2', 'lowerdir=m,upperdir=u2,workdir=w2,xino=auto'],
    ['logged', "overlayfs: fs on 'm' does not support file handles, falling back to xino=off."],
    ['options', 'm2'],
    ['readdir', 'w2'],
    umount('m2'),
  ],
  'marks for an overlay within an overlay': escaped('trusted'),
  'marks for an overlay within an overlay, userxattr': escaped('user'),
  ...Object.fromEntries(
    ['trusted', 'user'].flatMap((prefix) =>
      ['', ',userxattr'].flatMap((inner) =>
        [false, true].map((nested): [string, Operation[]] => [
          `${prefix} whiteouts by attribute${inner}${nested ? ', in an overlay' : ''}`,
          whiteouts(prefix, inner, nested),
        ]),
      ),
    ),
  ),
};
