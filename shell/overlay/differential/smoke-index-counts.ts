// With nfs_export=on every copy has an entry in the index, also that of a file of one name. Once the kernel has forgotten
// such a file, it counts the entry as a name (ovl_get_nlink).

import { RENAME } from '../../fs/filesystem.ts';
import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { over, overWith } from './smoke-tree.ts';

const NFS_EXPORT = ',nfs_export=on';
const again: Operation[] = [
  ['umount', 'm'],
  ['mount', 'm', `lowerdir=l,upperdir=u,workdir=w${NFS_EXPORT}`],
];
const shown: Operation[] = [
  ['dump', 'm'],
  ['dump', 'u'],
  ['index', 'w/index'],
];

/** What is left now, and after the index was looked through by another mount. */
const fresh = (...operations: Operation[]): Operation[] =>
  overWith(NFS_EXPORT, ...operations, ...shown, ...again, ...shown);

/** The file f goes on as d/c, which nobody has looked at yet. */
const moved = (...operations: Operation[]): Operation[] =>
  fresh(['link', 'm/f', 'm/d/c'], ['unlink', 'm/f'], ...operations);

const scripts: Record<string, Operation[]> = {
  unlinked: moved(['unlink', 'm/d/c']),
  'linked again': moved(['link', 'm/d/c', 'm/z'], ['links', 'm/z']),
  'linked and unlinked': moved(['link', 'm/d/c', 'm/z'], ['unlink', 'm/d/c'], ['unlink', 'm/z']),
  'looked at before': moved(
    ['stat', 'm/d/c'],
    ['link', 'm/d/c', 'm/z'],
    ['unlink', 'm/z'],
    ['links', 'm/d/c'],
  ),
  'another file renamed over it': moved(['rename', 'm/h1', 'm/d/c', 0]),
  'another file renamed over one of two': moved(
    ['link', 'm/d/c', 'm/z'],
    ['rename', 'm/h1', 'm/z', 0],
    ['links', 'm/d/c'],
  ),
  'renamed over another': moved(['rename', 'm/d/c', 'm/h1', 0], ['unlink', 'm/h1']),
  exchanged: moved(['rename', 'm/d/c', 'm/h1', RENAME.EXCHANGE]),
  'held and unlinked': moved(['hold', 's', 'm/d/c', O.RDONLY], ['unlink', 'm/d/c'], ['hstat', 's']),
  'held, linked, unlinked': moved(
    ['hold', 's', 'm/d/c', O.RDONLY],
    ['link', 'm/d/c', 'm/q'],
    ['unlink', 'm/d/c'],
    ['hstat', 's'],
    ['stat', 'm/q'],
  ),
  'found after another mount': fresh(
    ['chmod', 'm/f', 0o600],
    ...again,
    ['links', 'm/f'],
    ['link', 'm/f', 'm/z'],
    ['unlink', 'm/z'],
    ['links', 'm/f'],
    ['unlink', 'm/f'],
  ),
};

const OTHERS = 'an index of another upper directory, in the log';

export const indexCountScripts: Record<string, Operation[]> = {
  ...Object.fromEntries(
    Object.entries(scripts).map(([name, operations]) => [
      `a file of one name in the index: ${name}`,
      operations,
    ]),
  ),
  [OTHERS]: over(
    ['umount', 'm'],
    ...['u9', 'u9/d', 'u9/d/e', 'u9/d/f', 'u9/w'].map((path): Operation => ['mkdir', path, 0o755]),
    ['mount', 'm', 'lowerdir=l,upperdir=u9/d/e,workdir=u9/w,index=on'],
    ['umount', 'm'],
    ['mount', 'm', 'lowerdir=l,upperdir=u9/d/f,workdir=u9/w,index=on'],
    ['logged', 'overlayfs: failed to verify upper (d/f, ino='],
  ),
};
