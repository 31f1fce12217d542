// Data-only layers, after '::' in lowerdir: they show no names, and give their data to metacopies that name a file
// in them by an absolute redirect.
// Kernel: overlayfs.rst, "Data-only lower layers".

import { fail } from '../fs/errno.ts';
import { isRegular } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import type { Layer, Place } from './layer.ts';
import { NODE, type OverlayNode } from './node.ts';
import { isDirectoryAt, type Union } from './union.ts';

/** The file that an absolute redirect names in the data-only layers. */
export const findData = (union: Union, redirect: string | undefined): Place | undefined => {
  if (redirect?.startsWith('/') !== true) return undefined;
  const names = redirect.slice(1).split('/');
  for (const layer of union.data) {
    const node = findFile(layer, names);
    if (node !== 0) return { layer, node };
  }
  return undefined;
};

const findFile = ({ files, root }: Layer, names: readonly string[]): NodeId => {
  let node = root;
  for (const name of names) {
    if (!isDirectoryAt(files, node)) return 0;
    node = files.lookup(node, name);
    if (node === 0) return 0;
  }
  return isRegular(files.inode(node).mode) ? node : 0;
};

/** Where the data of a file lies when the upper layer does not have it. */
export const dataPlace = (node: OverlayNode): Place | undefined =>
  node.upper === 0 || (node.flags & NODE.METACOPY) !== 0 ? node.lowers.at(-1) : undefined;

/** The first open, or copy-up, of a file whose data lies in a data-only layer: ENOENT when it is not there. */
export const settleData = (union: Union, id: NodeId): void => {
  if ((union.nodes.get(id).flags & NODE.LACKS_DATA) !== 0) fail('ENOENT');
  for (const twin of union.nodes.twins(id)) union.nodes.own(twin).flags &= ~NODE.LAZY_DATA;
};
