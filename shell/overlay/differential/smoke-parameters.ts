// Parameters of a mount: which are taken, in which order they are refused, and what the mount table shows then.

import type { Operation } from './script.ts';
import { file } from './smoke-tree.ts';

const DIRECTORIES = ['l', 'l/d', 'l2', 'd1', 'd2', 'u', 'w', 'm', 'a:b', 'c\\d', 'e,f', 'g h', 'x"y'];
const D = 'upperdir=u,workdir=w';

/** What a mount with these parameters shows, or has made before it failed. */
const attempt = (options: string): [string, Operation[]] => [
  `parameters: ${options.slice(0, 80)}`,
  [
    ...DIRECTORIES.map((path): Operation => ['mkdir', path, 0o755]),
    file('l/f', 'lower\n'),
    ['symlink', 'f', 'l/sl'],
    ['mount', 'm', options],
    ['options', 'm'],
    ['readdir', 'm'],
    ['readdir', 'w'],
    ['listxattr', 'u'],
  ],
];

const withUpper = (...lists: string[]): string[] => lists.map((list) => `${list},${D}`);
const onLower = (...words: string[]): string[] => words.map((word) => `lowerdir=l,${D},${word}`);

const layers = [
  ...withUpper(
    'lowerdir+=l',
    'lowerdir+=l,lowerdir+=l2',
    'lowerdir+=l:l2',
    'lowerdir+=l\\:l2',
    'lowerdir+=a:b',
  ),
  ...withUpper('datadir+=d1', 'lowerdir+=l,datadir+=d1', 'lowerdir+=l,datadir+=d1,lowerdir+=l2'),
  ...withUpper(
    'lowerdir=l,lowerdir+=l2',
    'lowerdir+=l2,lowerdir=l',
    'lowerdir=l,datadir+=d1',
    'lowerdir=l::d1',
  ),
  ...withUpper('lowerdir=l::d1,datadir+=d2', 'lowerdir+=', 'lowerdir+', 'datadir+,lowerdir=l', 'lowerdir+=u'),
  ...withUpper('lowerdir+=l,lowerdir+=l', 'lowerdir+=nope', 'lowerdir+=l/f', 'lowerdir=,lowerdir+=l2'),
  ...withUpper(
    'lowerdir+=l,lowerdir=',
    'lowerdir=',
    'lowerdir',
    'lowerdir=l,lowerdir=l2',
    'lowerdir=l:l2::d1',
  ),
  ...withUpper('lowerdir=l::d1::d2', 'lowerdir=::d1', 'lowerdir=l::', 'lowerdir=l:', 'lowerdir=l:::l2'),
  ...withUpper('lowerdir=l::d1:d2', 'lowerdir=a\\:b', 'lowerdir=a:b', 'lowerdir=c\\\\d', 'lowerdir=c\\d'),
  ...withUpper(
    'lowerdir=e\\,f',
    'lowerdir=e,f',
    'lowerdir=g h',
    'lowerdir=x"y',
    'lowerdir="l"',
    'lowerdir+=c\\d',
  ),
  ...withUpper(
    'lowerdir+=a:b,lowerdir+=e\\,f',
    'lowerdir+=a\\:b',
    'lowerdir=l\\',
    'lowerdir=l/',
    'lowerdir=./l',
  ),
  ...withUpper('lowerdir=l/../l2', 'lowerdir=l:l/d', 'lowerdir=l/d:l', 'lowerdir=l/sl', 'lowerdir=l:l'),
  ...withUpper(
    'lowerdir=u:l',
    'lowerdir=w:l',
    'lowerdir=l:w/work',
    'lowerdir=m',
    'lowerdir=l:m',
    'lowerdir=.',
  ),
  ...withUpper(
    `lowerdir=${'n'.repeat(255)}`,
    `lowerdir=${'n'.repeat(256)}`,
    'lowerdir=l/f/x',
    'lowerdir=nope,x',
  ),
  ...withUpper('x,lowerdir=nope', 'lowerdir=l,index=x,lowerdir=nope'),
];

const upper = [
  ...['lowerdir=l,upperdir=u,upperdir=d1,workdir=w', 'lowerdir=l,upperdir=u,workdir=w,workdir=d1'],
  ...['lowerdir=l,upperdir=,workdir=w', 'lowerdir=l,upperdir=u,workdir=', 'lowerdir=l,upperdir,workdir=w'],
  ...['lowerdir=l,upperdir=c\\d,workdir=w', 'lowerdir=l,upperdir=c\\\\d,workdir=w'],
  ...['lowerdir=l,upperdir=a:b,workdir=w', 'lowerdir=l,upperdir=a\\:b,workdir=w'],
  ...['lowerdir=l,upperdir=e\\,f,workdir=w', 'lowerdir=l,upperdir=g h,workdir=x"y'],
  ...['lowerdir=l,upperdir=u,workdir=c\\d', 'lowerdir=l,upperdir=u/,workdir=w/'],
  ...[
    'lowerdir=l,upperdir=u,workdir=u',
    'lowerdir=l,upperdir=w/x,workdir=w',
    'lowerdir=l,upperdir=l,workdir=w',
  ],
  ...[
    'lowerdir=l,upperdir=u,workdir=l',
    'lowerdir=l,upperdir=l/d,workdir=w',
    'lowerdir=l/d,upperdir=l,workdir=w',
  ],
  ...[
    'lowerdir=l,upperdir=u,workdir=l/d',
    'lowerdir=l,upperdir=m,workdir=w',
    'lowerdir=l,upperdir=.,workdir=w',
  ],
  ...['lowerdir=l,upperdir=nope,workdir=w', 'lowerdir=l,upperdir=u,workdir=nope'],
  ...['lowerdir=l,upperdir=l/f,workdir=w', 'lowerdir=l,upperdir=u,workdir=l/f'],
];

const words = [
  ...onLower('index=on,index=off', 'index', 'index=', 'index=ON', 'volatile=on', 'volatile=', 'userxattr=1'),
  ...onLower('default_permissions=1', '=x', ',', 'override_creds', 'nooverride_creds', 'override_creds=x'),
  ...onLower('fsync=volatile', 'fsync=strict', 'fsync=auto', 'fsync=ordered', 'fsync', 'volatile,fsync=auto'),
  ...onLower('fsync=strict,volatile', 'verity=on,metacopy=off', 'verity=require,redirect_dir=off'),
  ...onLower('verity=on,nfs_export=on', 'userxattr,redirect_dir=on', 'userxattr,redirect_dir=off'),
  ...onLower('userxattr,redirect_dir=follow', 'userxattr,redirect_dir=nofollow', 'userxattr,index=on'),
  ...onLower('userxattr,nfs_export=on', 'userxattr,metacopy=off', 'metacopy=on,redirect_dir=follow'),
  ...onLower('metacopy=on,redirect_dir=nofollow', 'metacopy=on,redirect_dir=on', 'metacopy=on,nfs_export=on'),
  ...onLower(
    'nfs_export=on,index=on',
    'nfs_export=off,index=on',
    'ro',
    'rw',
    'source=x',
    'context=x',
    'noatime',
  ),
  ...onLower('sync', 'dirsync', 'mand', 'lazytime', 'sync,async', 'ro,rw'),
];

const readers = [
  '',
  'workdir=w',
  'upperdir=u',
  'volatile',
  'metacopy=on',
  'redirect_dir=on',
  'redirect_dir=off',
]
  .concat(
    'redirect_dir=nofollow',
    'redirect_dir=follow',
    'userxattr',
    'xino=on',
    'uuid=on',
    'uuid=auto',
    'uuid=off',
  )
  .concat('verity=on', 'verity=require', 'verity=on,metacopy=on')
  .concat(['off', 'follow', 'nofollow'].map((redirect) => `metacopy=on,redirect_dir=${redirect}`))
  .concat(['off', 'follow', 'nofollow'].map((redirect) => `userxattr,redirect_dir=${redirect}`))
  .map((word) => `lowerdir=l:l2,${word}`);

export const parameterScripts: Record<string, Operation[]> = Object.fromEntries(
  [...layers, ...upper, ...words, ...readers, 'lowerdir=l::d1', 'lowerdir=l,workdir=w'].map(attempt),
);
