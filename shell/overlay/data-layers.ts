// Data-only layers, after '::' in lowerdir: they show no names, and give their data to metacopies that name a file
// in them by an absolute redirect.
// Kernel: overlayfs.rst, "Data-only lower layers".

import { isRegular } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import type { Layer, Place } from './layer.ts';
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
