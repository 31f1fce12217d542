// The index: with index=on, the names of a lower hard link stay names of one file over copy-up. Its copy lies in the
// index directory, under the lower file's handle; every name that is written to becomes a hard link of that copy.
// Kernel: overlayfs.rst, "Inode properties", "index"; fs/overlayfs/util.c, ovl_nlink_start; namei.c, ovl_lookup_index.

import { fail } from '../fs/errno.ts';
import { S_IFMT } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import type { Place } from './layer.ts';
import { NODE, type OverlayNode } from './node.ts';
import { fileHandle } from './origin.ts';
import { isDirectoryNode, type Union, upperFiles } from './union.ts';
import { isWhiteout } from './whiteout.ts';
import { readMark, writeMark } from './xattr.ts';

/** The overlay is mounted with index=on and has an upper layer (ovl_indexdir). */
export const hasIndex = (union: Union): boolean => union.work?.index === true;

/** Whether the copy of the node goes to the index: a file of several names in its layer (ovl_need_index). */
export const needsIndex = (union: Union, node: OverlayNode): boolean =>
  hasIndex(union) && !isDirectoryNode(node) && node.lowers.length > 0 && linksOf(node.lowers[0] as Place) > 1;

const linksOf = ({ layer, node }: Place): number => layer.files.stat(node).nlink;

/** The index entry's name: the lower file's handle in hexadecimal (ovl_get_index_name). */
export const indexName = (origin: Place): string => Buffer.from(fileHandle(origin)).toString('hex');

/** The copy of a lower file in the index, or 0; with `upper`, only if that is the copy. EIO for what cannot be one. */
export const findIndex = (union: Union, origin: Place, upper: NodeId): NodeId => {
  const { work } = union;
  if (work === undefined || !work.index) return 0;
  const files = upperFiles(union);
  const found = files.lookup(work.node, indexName(origin));
  if (found === 0) return 0;
  const type = files.inode(found).mode & S_IFMT;
  const wanted = origin.layer.files.inode(origin.node).mode & S_IFMT;
  if (isWhiteout(files, found, union.options.prefix) || type !== wanted) {
    union.log(`overlayfs: bad index found (index=index/${indexName(origin)}, ftype=${type.toString(16)})`);
    fail('EIO');
  }
  return upper === 0 || upper === found ? found : 0;
};

/** The number of names that the overlay shows: the stored difference to the links of the copy (ovl_get_nlink). */
export const indexedLinks = (union: Union, upper: NodeId): number => {
  const files = upperFiles(union);
  const real = files.stat(upper).nlink;
  const stored = /^U([+-]\d+)$/.exec(readMark(files, upper, union.options.prefix, 'nlink') ?? '');
  return stored === null ? real : Math.max(0, real + Number(stored[1]));
};

/** Stores how many names the overlay shows, relative to the links that the copy has now (ovl_set_nlink_upper). */
export const storeLinks = (union: Union, upper: NodeId, shown: number): void => {
  const files = upperFiles(union);
  const difference = shown - files.stat(upper).nlink;
  const text = `U${difference < 0 ? '' : '+'}${difference}`;
  writeMark(files, upper, union.options.prefix, 'nlink', text);
};

/** The last name is gone: so goes the index entry (ovl_cleanup_index). The node still knows its lower file. */
export const dropIndex = (union: Union, { flags, upper, lowers }: OverlayNode): void => {
  const { work } = union;
  if ((flags & NODE.INDEXED) === 0 || work === undefined || indexedLinks(union, upper) > 0) return;
  const files = upperFiles(union);
  const { nlink } = files.stat(upper);
  if (nlink > 1) {
    union.log(`overlayfs: cleanup linked index (nlink=${nlink})`);
    storeLinks(union, upper, nlink - 1);
    return;
  }
  const name = indexName(lowers[0] as Place);
  if (files.lookup(work.node, name) === upper) files.unlink(work.node, name);
};
