// Hard links: the file is copied up first, then both names lie in the upper layer.
// Kernel: overlayfs.rst, "Non-directories"; fs/overlayfs/dir.c, ovl_link.

import { fail } from '../fs/errno.ts';
import type { NodeId } from '../fs/stat.ts';
import { copyUp } from './copy-up.ts';
import { needNothing, writableDirectory } from './create.ts';
import { addLink, startLinks } from './index-links.ts';
import { lookupEntry } from './lookup.ts';
import { NODE, upperKey, WHITED_OUT } from './node.ts';
import { markImpure } from './opaque.ts';
import { markRedirect } from './redirect.ts';
import { hasOrigin, type Union, upperFiles } from './union.ts';
import { needWhiteout, traceWhiteout } from './whiteout.ts';
import { temporaryName, workOf } from './work.ts';

/** Gives the file another name. Precondition: the name is free. */
export const link = (union: Union, id: NodeId, dir: NodeId, name: string): void => {
  if ((union.nodes.get(dir).flags & NODE.DEAD) !== 0) fail('ENOENT');
  copyUp(union, id, 'link');
  const over = lookupEntry(union, dir, name);
  const parent = writableDirectory(union, dir, name).upper;
  const node = union.nodes.get(id);
  startLinks(union, node);
  // A metacopy finds its data by path: under a second name it needs a path from the root.
  if ((node.flags & NODE.METACOPY) !== 0) markRedirect(union, id, false);
  if (hasOrigin(node)) markImpure(union, dir);
  const files = upperFiles(union);
  if (over === WHITED_OUT) {
    needWhiteout(union, parent, name);
    const temporary = temporaryName(union);
    files.link(node.upper, workOf(union).node, temporary);
    files.rename(workOf(union).node, temporary, parent, name, 0);
    if (union.trace.on) traceWhiteout(union, dir, name, 'lifted', 'link');
  } else {
    needNothing(union, parent, name);
    files.link(node.upper, parent, name);
  }
  addLink(union, node);
  union.nodes.setLinked(upperKey(node.upper), id);
  // The new name is looked up, for it to find its lower file (ovl_instantiate).
  union.nodes.forget(dir, name);
};
