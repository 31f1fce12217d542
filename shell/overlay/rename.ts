// Renaming: a file is copied up and leaves a whiteout where a lower layer still has the old name. A directory that a
// lower layer has part of moves only with redirects; otherwise EXDEV, and mv(1) copies it.
// Kernel: fs/overlayfs/dir.c, ovl_rename; overlayfs.rst, "renaming directories".

import { fail } from '../fs/errno.ts';
import { RENAME } from '../fs/filesystem.ts';
import type { NodeId } from '../fs/stat.ts';
import { clearEmpty } from './clear-empty.ts';
import { copyUp } from './copy-up.ts';
import { needNothing, writableDirectory } from './create.ts';
import { startLinks } from './index-links.ts';
import { dropIndex, keeping, needsIndex } from './inode-index.ts';
import { lookupEntry } from './lookup.ts';
import { isEmpty } from './merge.ts';
import { NODE, type OverlayNode, WHITED_OUT } from './node.ts';
import { markImpure, markOpaque, traceOpaque } from './opaque.ts';
import { markRedirect, mayMove } from './redirect.ts';
import { checkUpper, dropName, lowerIsPositive } from './remove.ts';
import {
  hasOrigin,
  isDirectoryNode,
  isMerged,
  isMergedOrLower,
  isPureUpper,
  type Union,
  upperFiles,
} from './union.ts';
import { needWhiteout, traceWhiteout } from './whiteout.ts';

/** A name and what bears it: a node, ABSENT or WHITED_OUT. */
interface End {
  readonly dir: NodeId;
  readonly name: string;
  readonly id: number;
}

/** Precondition: the call has checked both names: what is exchanged is there, and they are of two files. EINVAL, EXDEV, ENOTEMPTY, EROFS, ESTALE. */
export const rename = (
  union: Union,
  fromDir: NodeId,
  fromName: string,
  toDir: NodeId,
  toName: string,
  flags: number,
): void => {
  // The call has looked up the new name last, which a map remembers.
  const to: End = { dir: toDir, name: toName, id: lookupEntry(union, toDir, toName) };
  const from: End = { dir: fromDir, name: fromName, id: lookupEntry(union, fromDir, fromName) };
  if ((flags & ~(RENAME.EXCHANGE | RENAME.NOREPLACE)) !== 0) fail('EINVAL');
  if ((flags & RENAME.EXCHANGE) !== 0) exchange(union, from, to);
  else replace(union, from, to);
};

const replace = (union: Union, from: End, to: End): void => {
  if ((union.nodes.get(to.dir).flags & NODE.DEAD) !== 0) fail('ENOENT');
  checkMayMove(union, from);
  const clears = to.id > 0 && mayHoldWhiteouts(union.nodes.get(to.id));
  if (clears && !isEmpty(union, to.id)) fail('ENOTEMPTY');
  const leavesWhiteout = lowerIsPositive(union, from.dir, from.name, from.id);
  prepare(union, from, to);
  if (to.id > 0) checkUpper(union, union.nodes.get(to.dir), to.name, union.nodes.get(to.id));
  if (to.id <= 0 || union.nodes.get(to.id).upper === 0) checkFree(union, from, to, leavesWhiteout);
  if (to.id > 0) prepareTarget(union, to.id, clears);
  markMoved(union, from, to);
  if (to.id > 0) {
    keeping(union, to.id, () => {
      renameUpper(union, from, to, leavesWhiteout);
      dropIndex(union, to.id);
    });
    dropName(union, to.dir, to.name, to.id);
  } else renameUpper(union, from, to, leavesWhiteout);
  union.nodes.enter(to.dir, to.name, from.id);
  union.nodes.forget(from.dir, from.name);
  if (!union.trace.on) return;
  if (to.id === WHITED_OUT) traceWhiteout(union, to.dir, to.name, 'lifted', 'rename');
  if (leavesWhiteout) traceWhiteout(union, from.dir, from.name, 'made', 'rename');
};

/** A directory that is not the upper layer's alone. */
const mayHoldWhiteouts = (node: OverlayNode): boolean => isDirectoryNode(node) && !isPureUpper(node);

/** What is about to be replaced is counted in the index, and emptied of whiteouts. */
const prepareTarget = (union: Union, id: NodeId, clears: boolean): void => {
  if (needsIndex(union, union.nodes.get(id))) copyUp(union, id, 'rename');
  startLinks(union, union.nodes.get(id));
  if (clears) clearEmpty(union, id);
};

/** The rename within the upper layer. Where both a whiteout is there already and one is due, they change places. */
const renameUpper = (union: Union, from: End, to: End, leavesWhiteout: boolean): void => {
  const files = upperFiles(union);
  const source = union.nodes.get(from.dir).upper;
  const target = union.nodes.get(to.dir).upper;
  const takes = takesWhiteout(union, from, to, leavesWhiteout);
  const flags = takes ? RENAME.EXCHANGE : leavesWhiteout ? RENAME.WHITEOUT : 0;
  files.rename(source, from.name, target, to.name, flags);
  if (takes && !leavesWhiteout) files.unlink(source, from.name);
};

const exchange = (union: Union, from: End, to: End): void => {
  checkMayMove(union, from);
  checkMayMove(union, to);
  prepare(union, from, to, true);
  checkUpper(union, union.nodes.get(to.dir), to.name, union.nodes.get(to.id));
  if (from.dir !== to.dir && hasOrigin(union.nodes.get(to.id))) markImpure(union, from.dir);
  markMoved(union, from, to);
  markMovedNode(union, to.id, from.dir, from.dir === to.dir);
  const source = union.nodes.get(from.dir).upper;
  upperFiles(union).rename(source, from.name, union.nodes.get(to.dir).upper, to.name, RENAME.EXCHANGE);
  union.nodes.exchange(from.dir, from.name, to.dir, to.name);
};

const checkMayMove = (union: Union, end: End): void => {
  if (!mayMove(union, union.nodes.get(end.id))) fail('EXDEV');
};

/** What moves and both directories are copied up, and the upper layer still has what the overlay knows of the old name. */
const prepare = (union: Union, from: End, to: End, exchanges = false): void => {
  const source = writableDirectory(union, from.dir, from.name);
  copyUp(union, from.id, 'rename');
  writableDirectory(union, to.dir, to.name);
  if (exchanges) copyUp(union, to.id, 'rename');
  checkUpper(union, source, from.name, union.nodes.get(from.id));
};

/** The upper layer has nothing at the new name but the whiteout that was seen there; ESTALE when it was changed behind the overlay. */
const checkFree = (union: Union, from: End, to: End, leavesWhiteout: boolean): void => {
  const parent = union.nodes.get(to.dir).upper;
  if (to.id !== WHITED_OUT) needNothing(union, parent, to.name);
  else if (takesWhiteout(union, from, to, leavesWhiteout) || upperFiles(union).lookup(parent, to.name) !== 0)
    needWhiteout(union, parent, to.name);
};

/** Whether the whiteout at the new name goes to the old one instead of being replaced. */
const takesWhiteout = (union: Union, from: End, to: End, leavesWhiteout: boolean): boolean =>
  to.id === WHITED_OUT && (leavesWhiteout || isDirectoryNode(union.nodes.get(from.id)));

const markMoved = (union: Union, from: End, to: End): void => {
  if (from.dir !== to.dir && hasOrigin(union.nodes.get(from.id))) markImpure(union, to.dir);
  markMovedNode(union, from.id, to.dir, from.dir === to.dir);
};

/** A moved node says where its lower part is; one without a lower part must not merge with what is at the new name. */
const markMovedNode = (union: Union, id: NodeId, newParent: NodeId, sameDirectory: boolean): void => {
  const node = union.nodes.get(id);
  if (isMergedOrLower(node)) {
    markRedirect(union, id, sameDirectory);
    return;
  }
  if (!isDirectoryNode(node) || (node.flags & NODE.OPAQUE) !== 0 || !isMerged(union.nodes.get(newParent)))
    return;
  markOpaque(union, node.upper);
  union.nodes.own(id).flags |= NODE.OPAQUE;
  traceOpaque(union, id);
};
