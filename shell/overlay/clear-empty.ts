// A directory that shows as empty may hold whiteouts. Before it is removed, or another one takes its place, it is replaced in
// one step by an empty opaque one: the files that the whiteouts hide never show, whatever fails after that.
// Kernel: fs/overlayfs/dir.c, ovl_check_empty_and_clear, ovl_clear_empty.

import { RENAME } from '../fs/filesystem.ts';
import type { NodeId } from '../fs/stat.ts';
import { copyAttributes } from './make-copy.ts';
import { NODE } from './node.ts';
import { markOpaque } from './opaque.ts';
import { type Union, upperFiles } from './union.ts';
import { discard, temporaryName, workOf } from './work.ts';

/** ENOSPC, and then the directory is as it was. */
export const clearEmpty = (union: Union, id: NodeId): void => {
  const { upper, parent, name } = union.nodes.get(id);
  if (upper === 0) return;
  const files = upperFiles(union);
  const whiteouts = files.readdir(upper);
  if (whiteouts.length === 0) return;
  const work = workOf(union).node;
  const temporary = temporaryName(union);
  const opaque = makeOpaque(union, upper, work, temporary);
  files.rename(work, temporary, union.nodes.get(parent).upper, name, RENAME.EXCHANGE);
  for (const whiteout of whiteouts) files.unlink(upper, whiteout.name);
  const node = union.nodes.own(id);
  node.upper = opaque;
  node.flags |= NODE.OPAQUE;
  if (union.nodes.isHeld(id)) {
    files.hold(opaque);
    files.release(upper);
  }
  discard(union, temporary);
};

/** An empty opaque directory that is the other's like. */
const makeOpaque = (union: Union, like: NodeId, work: NodeId, name: string): NodeId => {
  const files = upperFiles(union);
  const { mode, uid, gid, atime, mtime } = files.inode(like);
  const made = files.create(work, name, { mode, uid, gid });
  try {
    copyAttributes(union, files, like, made);
    markOpaque(union, made);
    files.setattr(made, { atime, mtime }, 'clear');
  } catch (error) {
    discard(union, name);
    throw error;
  }
  return made;
};
