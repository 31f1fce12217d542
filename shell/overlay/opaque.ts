// Opaque directories: an attribute that ends the merge, so that nothing below shows through.
// Kernel: overlayfs.rst, "whiteouts and opaque directories"; values y (opaque) and x (holds xwhiteouts).

import { fail } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import { protectionOf } from '../fs/inode-flags.ts';
import type { NodeId } from '../fs/stat.ts';
import { NODE } from './node.ts';
import { pathOf, type Union, upperFiles } from './union.ts';
import { type OwnPrefix, readMark, removeMark, writeMark } from './xattr.ts';

type OpaqueMark = 'y' | 'x' | undefined;

export const opaqueMark = (files: FileSystem, dir: NodeId, prefix: OwnPrefix): OpaqueMark => {
  const value = readMark(files, dir, prefix, 'opaque');
  return value === 'y' || value === 'x' ? value : undefined;
};

/** Marks a directory of the upper layer opaque. */
export const markOpaque = (union: Union, upper: NodeId): void =>
  writeMark(upperFiles(union), upper, union.options.prefix, 'opaque', 'y');

/** Tells the trace that the directory at `id` was marked. */
export const traceOpaque = (union: Union, id: NodeId): void => {
  if (!union.trace.on || union.upper === undefined) return;
  union.trace.emit({ kind: 'opaque', path: pathOf(union, id), layer: union.upper.path });
};

/**
 * Marks an upper directory impure: it holds, or will hold, files that were copied up, so that a listing has to
 * look for their origins' inode numbers. EPERM where the directory is immutable or append-only.
 */
export const markImpure = (union: Union, dir: NodeId): void => {
  const node = union.nodes.get(dir);
  if ((node.flags & NODE.IMPURE) !== 0) return;
  const files = upperFiles(union);
  if (protectionOf(files, node.upper) !== 0) fail('EPERM');
  writeMark(files, node.upper, union.options.prefix, 'impure', 'y');
  union.nodes.own(dir).flags |= NODE.IMPURE;
};

/** Takes the mark away (ovl_cache_get_impure). */
export const markPure = (union: Union, dir: NodeId): void => {
  const node = union.nodes.own(dir);
  node.flags &= ~NODE.IMPURE;
  removeMark(upperFiles(union), node.upper, union.options.prefix, 'impure');
};
