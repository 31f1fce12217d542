// Extended attributes (xattr(7)): getxattr(2), setxattr(2), listxattr(2), removexattr(2).

import { ownsInode, R_OK, W_OK } from '../credentials.ts';
import { fail } from '../errno.ts';
import { APPEND_ONLY, IMMUTABLE, needUnprotected } from '../inode-flags.ts';
import { isDirectory, isRegular, S_ISVTX } from '../mode.ts';
import type { Spot } from '../mount.ts';
import type { Process } from '../process.ts';
import { walk } from '../walk.ts';
import { needAccess, needWritableMount } from './place.ts';

export interface XattrOptions {
  readonly follow?: boolean;
  /** 'create' fails with EEXIST, 'replace' with ENODATA. */
  readonly flags?: 'create' | 'replace';
}

const NAMESPACES = ['user.', 'trusted.', 'security.', 'system.'];
const SIZE_MAX = 65536;

const locate = (process: Process, path: string, options: XattrOptions): Spot =>
  walk(process, path, options.follow ?? true);

const checkName = (name: string): void => {
  if (name.length > 255) fail('ERANGE');
  if (!NAMESPACES.some((namespace) => name.startsWith(namespace) && name.length > namespace.length))
    fail('EOPNOTSUPP');
};

/** Who may: trusted.* is for root; user.* goes by the file's permissions and lives on files and directories only. */
const checkPermission = (process: Process, spot: Spot, name: string, want: number): void => {
  const writes = want === W_OK;
  if (writes) {
    needWritableMount(spot.mount);
    needUnprotected(spot.mount.fs, spot.node, IMMUTABLE | APPEND_ONLY);
  }
  const { mode } = spot.mount.fs.inode(spot.node);
  if (name.startsWith('trusted.') && process.cred.uid !== 0) fail(writes ? 'EPERM' : 'ENODATA');
  if (name.startsWith('security.')) {
    if (writes && process.cred.uid !== 0) fail('EPERM');
    return;
  }
  if (name.startsWith('user.') && !isRegular(mode) && !isDirectory(mode)) fail(writes ? 'EPERM' : 'ENODATA');
  if (name.startsWith('user.') && writes && isDirectory(mode) && (mode & S_ISVTX) !== 0) {
    if (!ownsInode(spot.mount.fs.inode(spot.node), process.cred)) fail('EPERM');
  }
  if (!name.startsWith('trusted.')) needAccess(process, spot, want);
};

export const getxattr = (
  process: Process,
  path: string,
  name: string,
  options: XattrOptions = {},
): Uint8Array => {
  const spot = locate(process, path, options);
  checkName(name);
  checkPermission(process, spot, name, R_OK);
  return spot.mount.fs.getxattr(spot.node, name) ?? fail('ENODATA');
};

export const setxattr = (
  process: Process,
  path: string,
  name: string,
  value: Uint8Array,
  options: XattrOptions = {},
): void => {
  const spot = locate(process, path, options);
  checkName(name);
  if (value.length > SIZE_MAX) fail('E2BIG');
  checkPermission(process, spot, name, W_OK);
  const { fs } = spot.mount;
  if (options.flags !== undefined) {
    const exists = fs.getxattr(spot.node, name) !== undefined;
    if (options.flags === 'create' && exists) fail('EEXIST');
    if (options.flags === 'replace' && !exists) fail('ENODATA');
  }
  fs.setxattr(spot.node, name, value.slice());
  process.kernel.changed(spot);
};

/** The names that the caller may know: trusted.* is for root. */
export const listxattr = (process: Process, path: string, options: XattrOptions = {}): string[] => {
  const spot = locate(process, path, options);
  const names = spot.mount.fs.listxattr(spot.node);
  return process.cred.uid === 0 ? names : names.filter((name) => !name.startsWith('trusted.'));
};

export const removexattr = (
  process: Process,
  path: string,
  name: string,
  options: XattrOptions = {},
): void => {
  const spot = locate(process, path, options);
  checkName(name);
  checkPermission(process, spot, name, W_OK);
  if (!spot.mount.fs.removexattr(spot.node, name)) fail('ENODATA');
  process.kernel.changed(spot);
};
