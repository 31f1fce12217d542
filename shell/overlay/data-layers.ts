// Data-only layers, after '::' in lowerdir: they show no names, and give their data to metacopies that name a file
// in them by an absolute redirect.
// Kernel: overlayfs.rst, "Data-only lower layers".

import { fail } from '../fs/errno.ts';
import { isRegular } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import { errorNumber } from './error-number.ts';
import type { Layer, Place } from './layer.ts';
import { NODE, type OverlayNode } from './node.ts';
import { lastTwo } from './shown-path.ts';
import { isDirectoryAt, pathOf, type Union } from './union.ts';

/** The file that an absolute redirect names in the data-only layers, or what the last of them has to say (ovl_lookup_data_layers). */
export const findData = (union: Union, redirect: string): Place | 'ENOENT' | 'ENOTDIR' => {
  const names = redirect.slice(1).split('/');
  let error: 'ENOENT' | 'ENOTDIR' = 'ENOENT';
  for (const layer of union.data) {
    const node = findFile(layer, names);
    if (typeof node === 'number') return { layer, node };
    error = node;
  }
  return error;
};

const findFile = ({ files, root }: Layer, names: readonly string[]): NodeId | 'ENOENT' | 'ENOTDIR' => {
  let node = root;
  for (const name of names) {
    if (!isDirectoryAt(files, node)) return 'ENOTDIR';
    node = files.lookup(node, name);
    if (node === 0) return 'ENOENT';
  }
  return isRegular(files.inode(node).mode) ? node : 'ENOENT';
};

/** Where the data of a file lies when the upper layer does not have it. */
export const dataPlace = (node: OverlayNode): Place | undefined =>
  node.upper === 0 || (node.flags & NODE.METACOPY) !== 0 ? node.lowest : undefined;

/** The first open, or copy-up, of a file whose data lies in a data-only layer: ENOENT, ENOTDIR when it is not there. */
export const settleData = (union: Union, id: NodeId): void => {
  const { flags } = union.nodes.get(id);
  if ((flags & NODE.LACKS_DATA) !== 0) refuse(union, id, 'ENOENT');
  if ((flags & NODE.BLOCKED_DATA) !== 0) refuse(union, id, 'ENOTDIR');
  for (const twin of union.nodes.twins(id)) union.nodes.own(twin).flags &= ~NODE.LAZY_DATA;
};

const refuse = (union: Union, id: NodeId, code: 'ENOENT' | 'ENOTDIR'): never => {
  union.log(
    `overlayfs: lazy lowerdata lookup failed (${lastTwo(pathOf(union, id))}, err=${errorNumber(code)})`,
  );
  return fail(code);
};
