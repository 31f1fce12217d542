// The flags of chattr(1). The upper layer's file cannot have the two that protect it, or it could not be linked, renamed
// and marked there: the overlay keeps those in an attribute of its own, and has them obeyed itself.
// Kernel: fs/overlayfs/inode.c, ovl_fileattr_set; util.c, ovl_set_protattr; copy_up.c, ovl_copy_fileattr.

import type { FileSystem } from '../fs/filesystem.ts';
import { APPEND_ONLY, FLAG, IMMUTABLE, needUnprotected } from '../fs/inode-flags.ts';
import type { NodeId } from '../fs/stat.ts';
import type { Place } from './layer.ts';
import { NODE, type OverlayNode } from './node.ts';
import { type Union, upperFiles } from './union.ts';
import { type OwnPrefix, readMark, removeMark, writeMark } from './xattr.ts';

export const PROTECTION = IMMUTABLE | APPEND_ONLY;
/** Linux: OVL_COPY_FS_FLAGS_MASK. */
const COPIED = FLAG.S | FLAG.A;

/** The protecting flags of a node that lies in the upper layer. */
export const protectionOf = ({ flags }: OverlayNode): number =>
  ((flags & NODE.IMMUTABLE) !== 0 ? IMMUTABLE : 0) | ((flags & NODE.APPEND_ONLY) !== 0 ? APPEND_ONLY : 0);

/** Keeps the protecting flags of a file in the upper layer (ovl_set_protattr). EPERM for one that has some there itself. */
export const setProtection = (union: Union, id: NodeId, flags: number): void => {
  const files = upperFiles(union);
  const { upper } = union.nodes.get(id);
  needUnprotected(files, upper, PROTECTION);
  writeProtection(files, upper, union.options.prefix, flags & PROTECTION);
  for (const twin of union.nodes.twins(id)) {
    const node = union.nodes.own(twin);
    node.flags = (node.flags & ~(NODE.IMMUTABLE | NODE.APPEND_ONLY)) | protectionFlags(flags);
  }
};

const protectionFlags = (flags: number): number =>
  ((flags & IMMUTABLE) !== 0 ? NODE.IMMUTABLE : 0) | ((flags & APPEND_ONLY) !== 0 ? NODE.APPEND_ONLY : 0);

/** NODE bits of a copy in the upper layer, from its attribute (ovl_check_protattr). */
export const readProtection = (files: FileSystem, upper: NodeId, prefix: OwnPrefix): number => {
  const letters = readMark(files, upper, prefix, 'protattr');
  if (letters === undefined) return 0;
  return (letters.includes('i') ? NODE.IMMUTABLE : 0) | (letters.includes('a') ? NODE.APPEND_ONLY : 0);
};

const writeProtection = (files: FileSystem, upper: NodeId, prefix: OwnPrefix, flags: number): void => {
  const letters = ((flags & APPEND_ONLY) !== 0 ? 'a' : '') + ((flags & IMMUTABLE) !== 0 ? 'i' : '');
  if (letters !== '') writeMark(files, upper, prefix, 'protattr', letters);
  else removeMark(files, upper, prefix, 'protattr');
};

/** What a copy has of the flags of the file or directory that was copied up. Returns the NODE bits of it. */
export const copyFlags = (union: Union, lower: Place, upper: NodeId): number => {
  const flags = lower.layer.files.flags?.(lower.node) ?? 0;
  const files = upperFiles(union);
  if ((flags & PROTECTION) !== 0) writeProtection(files, upper, union.options.prefix, flags & PROTECTION);
  if ((flags & COPIED) !== 0)
    files.setFlags?.(upper, ((files.flags?.(upper) ?? 0) & ~COPIED) | (flags & COPIED));
  return protectionFlags(flags);
};
