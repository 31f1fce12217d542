// Creating: in the upper layer, its parent copied up first. Where a whiteout stands, the new file is made ready in
// the work directory and takes the whiteout's place; a new directory there is opaque.
// Kernel: fs/overlayfs/dir.c, ovl_create_or_link; overlayfs.rst, "whiteouts and opaque directories".

import { fail } from '../fs/errno.ts';
import { type NewInode, RENAME } from '../fs/filesystem.ts';
import { isCharDevice, isDirectory, kindOf } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import { copyUp } from './copy-up.ts';
import { NOWHERE } from './layer.ts';
import { lookupEntry } from './lookup.ts';
import { NODE, type OverlayNode, WHITED_OUT } from './node.ts';
import { markOpaque, traceOpaque } from './opaque.ts';
import { allowsOfflineChanges } from './options.ts';
import { isMerged, pathOfName, type Union, upperFiles, wantWrite } from './union.ts';
import { needWhiteout, traceWhiteout } from './whiteout.ts';
import { discard, temporaryName, workOf } from './work.ts';

/** Makes a file of any type. Precondition: the name is free. */
export const create = (union: Union, dir: NodeId, name: string, made: NewInode): NodeId => {
  if (isCharDevice(made.mode) && (made.rdev ?? 0) === 0) fail('EPERM');
  const over = lookupEntry(union, dir, name);
  const parent = writableDirectory(union, dir, name);
  const directory = isDirectory(made.mode);
  let opaque = over === WHITED_OUT && directory;
  let upper: NodeId;
  if (over === WHITED_OUT) {
    upper = createOverWhiteout(union, parent.upper, name, made);
    if (union.trace.on)
      traceWhiteout(union, dir, name, 'lifted', directory ? 'mkdir' : `create ${kindOf(made.mode)}`);
  } else {
    needNothing(union, parent.upper, name);
    upper = upperFiles(union).create(parent.upper, name, made);
    opaque = directory && isMerged(parent) && !allowsOfflineChanges(union.options);
    if (opaque) markOpaque(union, upper);
  }
  const flags = (directory ? NODE.DIRECTORY : 0) | (opaque ? NODE.OPAQUE : 0);
  const id = union.nodes.add(dir, name, { flags, upper, lowers: NOWHERE, redirect: undefined });
  union.nodes.enter(dir, name, id);
  if (opaque) traceOpaque(union, id);
  return id;
};

/** Makes a regular file without a name (ovl_tmpfile). */
export const createUnnamed = (union: Union, dir: NodeId, made: NewInode): NodeId => {
  wantWrite(union);
  // A directory that was removed while somebody held it takes files without a name.
  copyUp(union, dir, union.trace.on ? `parent of ${pathOfName(union, dir, '')}` : '');
  const upper = upperFiles(union).createUnnamed?.(union.nodes.get(dir).upper, made);
  return union.nodes.add(dir, '', { flags: 0, upper: upper ?? fail('EOPNOTSUPP'), lowers: NOWHERE });
};

/** A directory that a name is to be added to or taken from: copied up, and not removed. EROFS, ENOENT. */
export const writableDirectory = (union: Union, dir: NodeId, name: string): OverlayNode => {
  const node = union.nodes.get(dir);
  if ((node.flags & NODE.DEAD) !== 0) fail('ENOENT');
  wantWrite(union);
  if (node.upper === 0) copyUp(union, dir, union.trace.on ? `parent of ${pathOfName(union, dir, name)}` : '');
  return union.nodes.get(dir);
};

/** ESTALE for a name that somebody has taken in the upper layer, behind the overlay (ovl_create_real). */
export const needNothing = (union: Union, upperDir: NodeId, name: string): void => {
  if (upperFiles(union).lookup(upperDir, name) !== 0) fail('ESTALE');
};

const createOverWhiteout = (union: Union, upperDir: NodeId, name: string, made: NewInode): NodeId => {
  const files = upperFiles(union);
  const work = workOf(union);
  needWhiteout(union, upperDir, name);
  const temporary = temporaryName(union);
  const upper = files.create(work.node, temporary, made);
  if (!isDirectory(made.mode)) {
    files.rename(work.node, temporary, upperDir, name, 0);
    return upper;
  }
  markOpaque(union, upper);
  files.rename(work.node, temporary, upperDir, name, RENAME.EXCHANGE);
  discard(union, temporary);
  return upper;
};
