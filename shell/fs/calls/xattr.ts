// Extended attributes (xattr(7)): getxattr(2), setxattr(2), listxattr(2), removexattr(2).

import { checkList, checkListPlace, isAccessList, isMisplaced } from '../access-list.ts';
import { checkAttributeName, isAttributeName } from '../attribute-name.ts';
import { CAP_SETFCAP, CAP_SYS_ADMIN } from '../capability.ts';
import { capable, needCapability, ownsInode, R_OK, W_OK } from '../credentials.ts';
import { fail } from '../errno.ts';
import { CAPABILITY_ATTRIBUTE, checkFileCapabilities } from '../file-capabilities.ts';
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

const SIZE_MAX = 65536;

const locate = (process: Process, path: string, options: XattrOptions): Spot =>
  walk(process, path, options.follow ?? true);

const checkLength = (name: string): void => {
  if (name === '' || nameLength(name) > 255) fail('ERANGE');
};

/**
 * Who may: trusted.* is for CAP_SYS_ADMIN, access control lists are the owner's to change and everybody's to read; user.* goes
 * by the file's permissions and lives on files and directories only.
 */
const checkPermission = (process: Process, spot: Spot, name: string, want: number): void => {
  const writes = want === W_OK;
  if (writes) {
    needWritableMount(spot.mount);
    needUnprotected(spot.mount.fs, spot.node, IMMUTABLE | APPEND_ONLY);
  }
  const { mode } = spot.mount.fs.inode(spot.node);
  if (name.startsWith('trusted.') && !capable(process.cred, CAP_SYS_ADMIN))
    fail(writes ? 'EPERM' : 'ENODATA');
  if (name.startsWith('security.')) {
    if (writes && name !== CAPABILITY_ATTRIBUTE) needCapability(process.cred, CAP_SYS_ADMIN);
    return;
  }
  if (name.startsWith('system.')) {
    if (isAccessList(name)) checkListPlace(mode);
    if (isAccessList(name) && writes && !ownsInode(spot.mount.fs.inode(spot.node), process.cred))
      fail('EPERM');
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
  checkAttributeName(name);
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
  if (isAccessList(name) && value.length === 0) return removexattr(process, path, name, options);
  if (isAccessList(name)) checkList(value, name, spot.mount.fs.inode(spot.node).mode);
  if (name === CAPABILITY_ATTRIBUTE) checkFileCapabilities(value, process.cred);
  checkPermission(process, spot, name, W_OK);
  const { fs } = spot.mount;
  if (options.flags !== undefined && isAttributeName(name)) {
    const exists = fs.getxattr(spot.node, name) !== undefined;
    if (options.flags === 'create' && exists) fail('EEXIST');
    if (options.flags === 'replace' && !exists) fail('ENODATA');
  }
  // The filesystem checks the name: an overlay has copied the file up by then.
  if (name === CAPABILITY_ATTRIBUTE) process.kernel.hasFileCapabilities = true;
  fs.setxattr(spot.node, name, value.slice());
  process.kernel.changed(spot);
};

/** The names that the caller may know: trusted.* is for CAP_SYS_ADMIN. */
export const listxattr = (process: Process, path: string, options: XattrOptions = {}): string[] => {
  const spot = locate(process, path, options);
  const names = spot.mount.fs.listxattr(spot.node);
  return capable(process.cred, CAP_SYS_ADMIN) ? names : names.filter((name) => !name.startsWith('trusted.'));
};

export const removexattr = (
  process: Process,
  path: string,
  name: string,
  options: XattrOptions = {},
): void => {
  checkLength(name);
  const spot = locate(process, path, options);
  if (name === CAPABILITY_ATTRIBUTE) needCapability(process.cred, CAP_SETFCAP);
  checkPermission(process, spot, name, W_OK);
  checkAttributeName(name);
  if (isMisplaced(name, spot.mount.fs.inode(spot.node).mode)) return;
  // An access control list that is not there is removed already (set_posix_acl).
  if (!spot.mount.fs.removexattr(spot.node, name)) return isAccessList(name) ? undefined : fail('ENODATA');
  process.kernel.changed(spot);
};
