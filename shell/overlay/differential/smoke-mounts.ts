// Mounts that the kernel refuses, or not, by their options.

import type { Operation } from './script.ts';
import { tree } from './smoke-tree.ts';

const lower: Operation[] = [['mkdir', 'l', 0o755], ...tree('l')];
const bases: Operation[] = [
  ['mkdir', 'u', 0o755],
  ['mkdir', 'w', 0o755],
  ['mkdir', 'm', 0o755],
  ['mkdir', 'u/in', 0o755],
  ['mkdir', 'w/in', 0o755],
];
const mounts = [
  '',
  'lowerdir=nope,upperdir=u,workdir=w',
  'lowerdir=l,upperdir=nope,workdir=w',
  'lowerdir=l,upperdir=u,workdir=nope',
  'upperdir=u,workdir=w',
  'lowerdir=l',
  'lowerdir=l,workdir=w',
  'lowerdir=l::l/d',
  'lowerdir=l::nope',
  'lowerdir=l,upperdir=u',
  'lowerdir=l,upperdir=u,workdir=u/in',
  'lowerdir=l,upperdir=u/in,workdir=u',
  'lowerdir=l,upperdir=u,workdir=u',
  'lowerdir=u,upperdir=u,workdir=w',
  'lowerdir=w,upperdir=u,workdir=w',
  'lowerdir=w/in,upperdir=u,workdir=w',
  'lowerdir=u/in,upperdir=u,workdir=w',
  'lowerdir=l:l,upperdir=u,workdir=w',
  'lowerdir=l:l/d,upperdir=u,workdir=w',
  'lowerdir=l/d:l,upperdir=u,workdir=w',
  'lowerdir=l,upperdir=l/e,workdir=w',
  'lowerdir=l/f,upperdir=u,workdir=w',
  'lowerdir=l,upperdir=l/f,workdir=w',
  'lowerdir=l,upperdir=u,workdir=w,foo=bar',
  'lowerdir=l,upperdir=u,workdir=w,redirect_dir=maybe',
  'lowerdir=l,upperdir=u,workdir=w,metacopy=on,redirect_dir=off',
  'lowerdir=l,upperdir=u,workdir=w,metacopy=on,redirect_dir=nofollow',
  'lowerdir=l,upperdir=u,workdir=w,userxattr,metacopy=on',
  'lowerdir=l,upperdir=u,workdir=w,userxattr,redirect_dir=on',
  'lowerdir=l,upperdir=u,workdir=w,nfs_export=on,index=off',
  'lowerdir=:l,upperdir=u,workdir=w',
  'lowerdir=l:,upperdir=u,workdir=w',
  'lowerdir=l:::l/d,upperdir=u,workdir=w',
  'lowerdir=,upperdir=u,workdir=w',
];

export const mountScripts: Record<string, Operation[]> = Object.fromEntries(
  mounts.map((options) => [
    `mount: ${options || 'no options'}`,
    [...lower, ...bases, ['mount', 'm', options] as Operation],
  ]),
);
