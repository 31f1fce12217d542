// Attributes: every change copies the file up first, even one to the same value.
// Kernel: overlayfs.rst, "Non-directories", "Nesting overlayfs mounts"; fs/overlayfs/inode.c, ovl_setattr; fs/overlayfs/xattrs.c.

import { fail } from '../fs/errno.ts';
import type { AttributeChange } from '../fs/filesystem.ts';
import type { NodeId } from '../fs/stat.ts';
import { copyUp } from './copy-up.ts';
import { PROTECTION, protectionOf, setProtection } from './flags.ts';
import { realFiles, realNode, type Union, upperFiles, wantWrite } from './union.ts';
import { escapeName, visibleNames } from './xattr.ts';

export const setattr = (union: Union, id: NodeId, change: AttributeChange, cause: string): void => {
  copyUp(union, id, cause, change.size === undefined ? 'metadata' : 'data');
  upperFiles(union).setattr(union.nodes.get(id).upper, change, cause);
};

export const getxattr = (union: Union, id: NodeId, name: string): Uint8Array | undefined => {
  const node = union.nodes.get(id);
  return realFiles(union, node).getxattr(realNode(node), escapeName(union.options.prefix, name));
};

export const listxattr = (union: Union, id: NodeId): string[] => {
  const node = union.nodes.get(id);
  return visibleNames(union.options.prefix, realFiles(union, node).listxattr(realNode(node)));
};

export const setxattr = (union: Union, id: NodeId, name: string, value: Uint8Array): void => {
  const escaped = escapeName(union.options.prefix, name);
  copyUpOnce(union, id, 'setxattr');
  upperFiles(union).setxattr(union.nodes.get(id).upper, escaped, value);
};

/** A file in the index may be known by another name: for its attributes that is enough (ovl_xattr_set). */
const copyUpOnce = (union: Union, id: NodeId, cause: string): void => {
  if (union.nodes.get(id).upper === 0) copyUp(union, id, cause);
  else wantWrite(union);
};

/** Removing what is not there copies nothing up: ENODATA at once for a lower file (ovl_set_or_remove_acl), else false. */
export const removexattr = (union: Union, id: NodeId, name: string): boolean => {
  if (getxattr(union, id, name) === undefined)
    return union.nodes.get(id).upper === 0 ? fail('ENODATA') : false;
  copyUpOnce(union, id, 'removexattr');
  return upperFiles(union).removexattr(union.nodes.get(id).upper, escapeName(union.options.prefix, name));
};

/** FS_IOC_GETFLAGS(2const): the flags of the real file, and those that the overlay keeps (ovl_fileattr_get). */
export const getFlags = (union: Union, id: NodeId): number => {
  const node = union.nodes.get(id);
  return (realFiles(union, node).flags?.(realNode(node)) ?? 0) | protectionOf(node);
};

/** FS_IOC_SETFLAGS(2const). */
export const setFlags = (union: Union, id: NodeId, flags: number): void => {
  copyUp(union, id, 'chattr');
  setProtection(union, id, flags);
  upperFiles(union).setFlags?.(union.nodes.get(id).upper, flags & ~PROTECTION);
};
