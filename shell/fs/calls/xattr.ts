// Extended attributes (xattr(7)): getxattr(2), setxattr(2), listxattr(2), removexattr(2).

import { ownsInode, R_OK, W_OK } from '../credentials.ts';
import { fail } from '../errno.ts';
import { APPEND_ONLY, IMMUTABLE, needUnprotected } from '../inode-flags.ts';
import { isDirectory, isRegular, S_ISVTX } from '../mode.ts';
import type { Spot } from '../mount.ts';
import { nameLength } from '../name.ts';
import type { Process } from '../process.ts';
import { walk } from '../walk.ts';
import { needAccess, needWritableMount } from './place.ts';

export interface XattrOptions {
  readonly follow?: boolean;
  /** 'create' fails with EEXIST, 'replace' with ENODATA. */
  readonly flags?: 'create' | 'replace';
}

const NAMESPACES = ['user.', 'trusted.', 'security.'];
const ACCESS_LIST = 'system.posix_acl_access';
const DEFAULT_LIST = 'system.posix_acl_default';
const SIZE_MAX = 65536;
/** acl(5): a version, and eight bytes for an entry. */
const LIST_VERSION = 2;
const LIST_ENTRY = 8;

const locate = (process: Process, path: string, options: XattrOptions): Spot =>
  walk(process, path, options.follow ?? true);

const checkLength = (name: string): void => {
  if (name === '' || nameLength(name) > 255) fail('ERANGE');
};

/** A filesystem knows some namespaces, and of `system.` the two names of access control lists (xattr_resolve_name). */
const checkKnown = (name: string): void => {
  if (name === ACCESS_LIST || name === DEFAULT_LIST) return;
  const namespace = NAMESPACES.find((known) => name.startsWith(known)) ?? fail('EOPNOTSUPP');
  if (name === namespace) fail('EINVAL');
};

/** An access control list is kept as it is given; it has to look like one (posix_acl_from_xattr). */
const checkList = (value: Uint8Array): void => {
  if (value.length === 0) return;
  if (value.length < 4) fail('EINVAL');
  if (Buffer.from(value).readUInt32LE() !== LIST_VERSION) fail('EOPNOTSUPP');
  if ((value.length - 4) % LIST_ENTRY !== 0) fail('EINVAL');
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
  checkLength(name);
  const spot = locate(process, path, options);
  checkPermission(process, spot, name, R_OK);
  checkKnown(name);
  return spot.mount.fs.getxattr(spot.node, name) ?? fail('ENODATA');
};

export const setxattr = (
  process: Process,
  path: string,
  name: string,
  value: Uint8Array,
  options: XattrOptions = {},
): void => {
  checkLength(name);
  if (value.length > SIZE_MAX) fail('E2BIG');
  const spot = locate(process, path, options);
  if (name === ACCESS_LIST || name === DEFAULT_LIST) checkList(value);
  checkPermission(process, spot, name, W_OK);
  checkKnown(name);
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
  checkLength(name);
  const spot = locate(process, path, options);
  checkPermission(process, spot, name, W_OK);
  checkKnown(name);
  if (!spot.mount.fs.removexattr(spot.node, name)) fail('ENODATA');
  process.kernel.changed(spot);
};
