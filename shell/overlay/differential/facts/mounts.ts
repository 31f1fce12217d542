// Facts about mounting: layers, options, errors and the kernel's log lines, the mount table; and what changes behind it.
// Not among them: fsconfig(2) and user namespaces, which cowsh does not have, and lower files removed behind the mount,
// which DEVIATIONS.md names.

import { O } from '../../../fs/open-flags.ts';
import type { Operation } from '../script.ts';
import { file, over, overWith } from '../smoke-tree.ts';

const bases: Operation[] = ['l', 'l/in', 'u', 'u/in', 'w', 'm', 'low2', 'm2', 'm3', 'u2', 'w2'].map(
  (path) => ['mkdir', path, 0o755],
);

/** A mount that fails, or not, and the line about it in the log. */
const attempt = (options: string, line = '', ...before: Operation[]): Operation[] => [
  ...bases,
  file('l/f', 'lower\n'),
  ...before,
  ['mount', 'm', options],
  ...(line === '' ? [] : [['logged', `overlayfs: ${line}`] as Operation]),
];

const shown = (options: string): Operation[] => overWith(options && `,${options}`, ['options', 'm']);

const ROOM = 2 ** 20;

/** An upper layer with little room, and a lower file that does not fit. */
const full: Operation[] = [
  ['mkdir', 'x', 0o755],
  ['mountfs', 'x', 'tmpfs', 'size=1m,mode=755'],
  ['mkdir', 'x/u', 0o755],
  ['mkdir', 'x/w', 0o755],
  ['mkdir', 'l', 0o755],
  ['mkdir', 'm', 0o755],
  file('l/big', 'x'.repeat(3 * ROOM)),
  ['mount', 'm', 'lowerdir=l,upperdir=x/u,workdir=x/w'],
  ['write', 'm/big', O.WRONLY | O.APPEND, 0, -1, 'more'],
  ['stat', 'm/big'],
  ['read', 'm/big', 3 * ROOM - 4, 10],
  ['dump', 'x/u'],
  ['names', 'x/w/work'],
  ['open', 'm/big', O.WRONLY | O.TRUNC, 0],
  ['stat', 'm/big'],
];

const many = (count: number, width = 0): Operation[] => {
  const names = Array.from({ length: count }, (_, at) => `${at}`.padStart(width, 'x'));
  return [
    ...names.map((name): Operation => ['mkdir', name, 0o755]),
    ...['u', 'w', 'm'].map((name): Operation => ['mkdir', name, 0o755]),
    ['mount', 'm', `lowerdir=${names.join(':')},upperdir=u,workdir=w`],
  ];
};

const D = 'upperdir=u,workdir=w';

export const mountFacts: Record<string, Operation[]> = {
  'I: lower only, one lowerdir': attempt('lowerdir=l'),
  'I: lower only, two: write': attempt('lowerdir=l:low2', '', file('low2/g', '')).concat([
    ['write', 'm/f', O.WRONLY, 0, 0, 'x'],
    ['unlink', 'm/f'],
    ['mkdir', 'm/n', 0o755],
    ['chmod', 'm/f', 0o600],
    ['options', 'm'],
  ]),
  'I: mount(2), 100 lower dirs with short relative names': many(100),
  'I: mount(2), 128 lower dirs with short relative names': many(128),
  'I: mount(2), 500 lower dirs with short relative names': many(500),
  'I: mount(2), 501 lower dirs with short relative names': many(501),
  'I: mount(2) with 5535 bytes of options (page limit 4096)': many(100, 54),
  'I: missing lower': attempt(`lowerdir=nope,${D}`),
  'I: no workdir': attempt('lowerdir=l,upperdir=u'),
  'I: workdir on another fs': attempt(
    'lowerdir=l,upperdir=u,workdir=x',
    '',
    ['mkdir', 'x', 0o755],
    ['mountfs', 'x', 'tmpfs', ''],
  ),
  'I: workdir inside upper': attempt('lowerdir=l,upperdir=u,workdir=u/in'),
  'I: upper == lower': attempt(`lowerdir=u,${D}`),
  'I: lower nested in upper': attempt(`lowerdir=u/in,${D}`),
  'I: unknown option': attempt(`lowerdir=l,${D},foo=bar`),
  'I: lower is a file': attempt(`lowerdir=l/f,${D}`),
  'I: a colon in a lower path, escaped by \\:': [
    ...bases,
    ['mkdir', 'a:b', 0o755],
    file('a:b/x', ''),
    ['mount', 'm', `lowerdir=a\\:b,${D}`],
    ['readdir', 'm'],
    ['options', 'm'],
  ],
  'I: directories whose names need escapes': [
    ...bases,
    ...['a b', 'a,b', 'a=b', 'a\tb', 'u=,x y'].map((path): Operation => ['mkdir', path, 0o755]),
    ['mount', 'm', 'lowerdir=a b:a\\,b:a=b:a\tb'],
    ['options', 'm'],
    ['umount', 'm'],
    ['mount', 'm', 'lowerdir=l,upperdir=u=\\,x y,workdir=w'],
    ['options', 'm'],
  ],
  'I: empty workdir not required': attempt(`lowerdir=l,${D}`, '', file('w/junk', '')).concat([
    ['readdir', 'w'],
  ]),
  'I: remounted ro: write': over(['remount', 'm', 1], ['write', 'm/f', O.WRONLY, 0, 0, 'x']),
  'K: rmdir non-empty': over(['rmdir', 'm/d']),
  'K: mkdir existing': over(['mkdir', 'm/d', 0o755]),
  'K: open missing': over(['open', 'm/none', 0, 0]),
  'K: unlink dir': over(['unlink', 'm/d']),
  'K: name of 256 bytes': over(file(`m/${'n'.repeat(256)}`, ''), ['stat', `m/${'n'.repeat(256)}`]),
  'K: umount busy': over(['hold', 'r', 'm/f', 0], ['umount', 'm'], ['hclose', 'r'], ['umount', 'm']).slice(
    0,
    -2,
  ),
  'K: work/lab removed behind the mount: unlink of a lower file': over(
    ['rmdir', 'w/work'],
    ['unlink', 'm/f'],
    ['chmod', 'm/g', 0o600],
    ['chown', 'm/sl', 1, 1],
    ['chmod', 'm/d', 0o700],
    file('m/new', ''),
    ['readdir', 'm'],
  ),
  'K: upper file removed behind the mount: open': over(
    ['chmod', 'm/f', 0o600],
    ['unlink', 'u/f'],
    ['unlink', 'm/f'],
  ).slice(0, -2),
  'K: copy-up with a full upper: append': full,
  'M: missing lower': attempt(`lowerdir=nope,${D}`, "failed to resolve 'nope': -2"),
  'M: no lowerdir': attempt(D, "missing 'lowerdir'"),
  'M: no workdir': attempt('lowerdir=l,upperdir=u', "missing 'workdir'"),
  'M: one lower, no upper': attempt(
    'lowerdir=l',
    'at least 2 lowerdir are needed while upperdir nonexistent',
  ),
  'M: workdir on another fs': attempt(
    'lowerdir=l,upperdir=u,workdir=x',
    'workdir and upperdir must reside under the same mount',
    ['mkdir', 'x', 0o755],
    ['mountfs', 'x', 'tmpfs', ''],
  ),
  'M: workdir inside upper': attempt(
    'lowerdir=l,upperdir=u,workdir=u/in',
    'workdir and upperdir must be separate subtrees',
  ),
  'M: upper == lower': attempt(`lowerdir=u,${D}`, 'conflicting lowerdir path'),
  'M: lower inside upper': attempt(`lowerdir=u/in,${D}`, 'overlapping lowerdir path'),
  'M: same lower twice': attempt(`lowerdir=l:l,${D}`, 'conflicting lowerdir path'),
  'M: unknown option': attempt(`lowerdir=l,${D},foo=bar`),
  'M: lower is a file': attempt(`lowerdir=l/f,${D}`),
  'M: upper is a file': attempt('lowerdir=low2,upperdir=l/f,workdir=w'),
  'M: metacopy=on,redirect_dir=off': attempt(
    `lowerdir=l,${D},metacopy=on,redirect_dir=off`,
    'conflicting options: metacopy=on,redirect_dir=follow',
  ),
  'M: userxattr,metacopy=on': attempt(
    `lowerdir=l,${D},userxattr,metacopy=on`,
    'conflicting options: userxattr,metacopy=on',
  ),
  'M: nfs_export=on,index=off': attempt(
    `lowerdir=l,${D},nfs_export=on,index=off`,
    'conflicting options: nfs_export=on,index=off',
  ),
  'M: volatile without upper': attempt(
    'lowerdir=l:low2,volatile',
    'option "volatile" is meaningless in a non-upper mount, ignoring it.',
  ),
  'M: upper on a read-only fs': attempt(
    'lowerdir=l,upperdir=x/u,workdir=x/w',
    '',
    ['mkdir', 'x', 0o755],
    ['mountfs', 'x', 'tmpfs', 'mode=755'],
    ['mkdir', 'x/u', 0o755],
    ['mkdir', 'x/w', 0o755],
    ['remount', 'x', 1],
  ),
  'M: overlay': attempt(`lowerdir=l,${D}`),
  'M: overlay with an overlay as its lower': attempt(`lowerdir=l,${D}`).concat([
    ['mount', 'm2', 'lowerdir=m,upperdir=u2,workdir=w2'],
    ['readdir', 'm2'],
  ]),
  'M: a third level': attempt(`lowerdir=l,${D}`).concat([
    ['mount', 'm2', 'lowerdir=m,upperdir=u2,workdir=w2'],
    ['mount', 'm3', 'lowerdir=m2:low2'],
    ['logged', 'overlayfs: maximum fs stacking depth exceeded'],
  ]),
  'M: overlay as an upper': attempt(`lowerdir=l,${D}`).concat([
    ['mount', 'm2', 'lowerdir=low2,upperdir=m,workdir=w2'],
  ]),
  'M: overlay dirs as upper and work': attempt(`lowerdir=l,${D}`).concat([
    ['mkdir', 'm/uu', 0o755],
    ['mkdir', 'm/ww', 0o755],
    ['mount', 'm2', 'lowerdir=low2,upperdir=m/uu,workdir=m/ww'],
  ]),
  'N: []': shown(''),
  'N: [redirect_dir=on]': shown('redirect_dir=on'),
  'N: [index=on]': shown('index=on'),
  'N: [metacopy=on]': shown('metacopy=on'),
  'N: [xino=on]': shown('xino=on'),
  'N: [volatile]': shown('volatile'),
  'N: [userxattr]': shown('userxattr'),
  'N: [uuid=off]': shown('uuid=off'),
  'N: [uuid=null]': shown('uuid=null'),
  'N: [uuid=on]': shown('uuid=on'),
  'N: [uuid=auto]': shown('uuid=auto'),
  'N: [verity=on]': shown('verity=on'),
  'N: [verity=require,userxattr]': shown('verity=require,userxattr'),
  'N: [verity=off]': shown('verity=off'),
  'N: [nfs_export=on]': shown('nfs_export=on'),
  'N: [nfs_export=on,redirect_dir=on]': shown('nfs_export=on,redirect_dir=on'),
  'N: [index=on,redirect_dir=follow,xino=auto]': shown('index=on,redirect_dir=follow,xino=auto'),
  'N: [redirect_dir=nofollow,default_permissions]': shown('redirect_dir=nofollow,default_permissions'),
  'N: an upper directory that was used without a uuid': overWith(
    ',uuid=off',
    ['chmod', 'm/d/a', 0o600],
    ['umount', 'm'],
    ['mount', 'm', `lowerdir=l,${D}`],
    ['options', 'm'],
    ['umount', 'm'],
    ['mount', 'm', `lowerdir=l,${D},uuid=on`],
    ['options', 'm'],
    ['umount', 'm'],
    ['mount', 'm', `lowerdir=l,${D}`],
    ['options', 'm'],
  ),
  'M: index=on without upper': attempt(
    'lowerdir=l:low2,index=on',
    'option "index=on" is useless in a non-upper mount, ignore',
  ).concat([['options', 'm']]),
  'M: nfs_export=on without upper': attempt(
    'lowerdir=l:low2,nfs_export=on',
    'NFS export requires "redirect_dir=nofollow" on non-upper mount, falling back to nfs_export=off.',
  ).concat([['options', 'm']]),
  'M: nfs_export=on,redirect_dir=nofollow without upper': attempt(
    'lowerdir=l:low2,nfs_export=on,redirect_dir=nofollow',
  ).concat([['options', 'm']]),
  'M: nfs_export=on,metacopy=on': attempt(
    `lowerdir=l,${D},nfs_export=on,metacopy=on`,
    'conflicting options: nfs_export=on,metacopy=on',
  ),
  'M: uuid=null without upper': attempt('lowerdir=l:low2,uuid=null').concat([['options', 'm']]),
};
