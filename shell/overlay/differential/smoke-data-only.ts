// Scripts on layers that have data only: metacopies made by a mount before, which the layers of the next one are data for;
// named in each way that there is, found, copied up, and missing.

import type { Operation } from './script.ts';
import { DUMPS, directories, file } from './smoke-tree.ts';

const ON = 'redirect_dir=on,index=on,metacopy=on';
const FILES = ['f', 'f2', 'sh'];
const SIZE = 4096;

/** How a mount names the layers, read-only and not, and whose its marks are. */
const ways = {
  'lowerdir=l::d2::d1': ['redirect_dir=follow,metacopy=on', 'redirect_dir=on,metacopy=on'],
  'lowerdir+=l,datadir+=d2,datadir+=d1': ['redirect_dir=follow,metacopy=on', 'redirect_dir=on,metacopy=on'],
  'lowerdir+=l,datadir+=d2,datadir+=d1,userxattr': ['xino=off', 'xino=off'],
} as const;

const renamed = (path: string): Operation[] => [
  ['rename', 'd1/f', `d1/${path}`, 0],
  ['rename', 'd2/f2', `d2/${path}.2`, 0],
  ['rename', 'd1/sh', `d1/${path}.sh`, 0],
  ['rename', 'd2/sh', `d2/${path}.sh`, 0],
];

/** Metacopies in `l` of files in `d1` and `d2`; with a path, redirected to it. */
const layers = (path: string | undefined): Operation[] => [
  ...directories('d1', 'd2', 'd1/sub', 'd2/sub', 'l', 'u', 'w', 'w2', 'm'),
  file('d1/f', 'data\n'),
  file('d2/f2', 'data2\n'),
  file('d1/sh', 'data\n'),
  file('d2/sh', 'data2\n'),
  ...['d1/f', 'd2/f2', 'd1/sh', 'd2/sh'].flatMap((name): Operation[] => [
    ['chmod', name, 0o600],
    ['fallocate', name, 0, SIZE],
  ]),
  ...(path === undefined ? [] : renamed(path)),
  ['mount', 'm', `lowerdir=d2:d1,upperdir=l,workdir=w2,${ON}`],
  ...(path === undefined
    ? FILES.map((name): Operation => ['chmod', `m/${name}`, 0o400])
    : FILES.map((name, at): Operation => ['rename', `m/${path}${['', '.2', '.sh'][at]}`, `m/${name}`, 0])),
  ['umount', 'm'],
  ['dump', 'l'],
];

/** The marks become those of an ordinary user. */
const given: Operation[] = FILES.flatMap((name) => [
  ...['redirect', 'metacopy'].map(
    (mark): Operation => [
      'copyxattr',
      `l/${name}`,
      `l/${name}`,
      `trusted.overlay.${mark}`,
      `user.overlay.${mark}`,
    ],
  ),
  ...['redirect', 'metacopy', 'origin'].map(
    (mark): Operation => ['removexattr', `l/${name}`, `trusted.overlay.${mark}`],
  ),
]);

const look: Operation[] = FILES.flatMap((name): Operation[] => [
  ['lstat', `m/${name}`],
  ['blocks', `m/${name}`],
  ['read', `m/${name}`, 0, 6],
]);
const all = (call: string, ...rest: number[]): Operation[] =>
  FILES.map((name): Operation => [call, `m/${name}`, ...rest]);

const found = (named: keyof typeof ways, path: string | undefined): Operation[] => {
  const [reads, writes] = ways[named];
  const mount: Operation = ['mount', 'm', `${named},upperdir=u,workdir=w,${writes}`];
  return [
    ...layers(path),
    ...(named.endsWith('userxattr') ? given : []),
    ['mount', 'm', `${named},${reads}`],
    ['options', 'm'],
    ...look,
    ['umount', 'm'],
    mount,
    ['options', 'm'],
    ...look,
    ...all('chmod', 0o400),
    ['umount', 'm'],
    ['dump', 'u'],
    mount,
    ...look,
    ...all('fallocate', 0, 1),
    ...look,
    ['umount', 'm'],
    ['dump', 'u'],
    mount,
    ['rename', 'm/f', 'm/ff', 0],
    ['link', 'm/f2', 'm/l2'],
    ...DUMPS,
  ];
};

const missing = (named: keyof typeof ways): Operation[] => [
  ...layers('sub/f'),
  ...(named.endsWith('userxattr') ? given : []),
  ['unlink', 'd1/sub/f'],
  ['mount', 'm', `${named},upperdir=u,workdir=w,${ways[named][1]}`],
  ...look,
  ['open', 'm/f', 0, 0],
  ['open', 'm/f', 1, 0],
  ['chmod', 'm/f', 0o400],
  ['truncate', 'm/f', 0],
  ['rename', 'm/f', 'm/g', 0],
  ['lstat', 'm/g'],
  ['readdir', 'm'],
  ['dump', 'u'],
];

export const dataOnlyScripts: Record<string, Operation[]> = Object.fromEntries(
  (Object.keys(ways) as (keyof typeof ways)[]).flatMap((named): [string, Operation[]][] => [
    ...[undefined, 'f.renamed', 'sub/f'].map((path): [string, Operation[]] => [
      `data of metacopies, ${path === undefined ? 'without a redirect' : `redirected to ${path}`}: ${named}`,
      found(named, path),
    ]),
    [`data of metacopies is missing: ${named}`, missing(named)],
  ]),
);
