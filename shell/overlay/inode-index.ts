// The index: with index=on, the names of a lower hard link stay names of one file over copy-up. Its copy lies in the
// index directory, under the lower file's handle; every name that is written to becomes a hard link of that copy.
// Kernel: overlayfs.rst, "Inode properties", "Sharing and copying layers", "NFS export"; fs/overlayfs/util.c, ovl_nlink_start; namei.c, ovl_lookup_index.

import { fail } from '../fs/errno.ts';
import { S_IFDIR, S_IFMT } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import type { Place } from './layer.ts';
import { NODE, type OverlayNode } from './node.ts';
import { encodeHandle, fileHandle } from './origin.ts';
import { isDirectoryNode, type Union, upperFiles } from './union.ts';
import { isWhiteout, putWhiteout } from './whiteout.ts';
import { isWorkGone, temporaryName, workOf } from './work.ts';
import { getMark, readMark, writeMark } from './xattr.ts';

/** The overlay is mounted with index=on and has an upper layer (ovl_indexdir). */
export const hasIndex = (union: Union): boolean => union.work?.index === true;

/**
 * Whether the copy of the node goes to the index: a file of several names in its layer, or with nfs_export=on any
 * file; of a directory there is then an entry that names it (ovl_need_index).
 */
export const needsIndex = (union: Union, node: OverlayNode): boolean => {
  if (!hasIndex(union) || node.lowers.length === 0) return false;
  if (union.options.nfsExport) return true;
  return !isDirectoryNode(node) && isHardLink(node.lowers[0] as Place);
};

/** The index entry of a directory: an empty one with the handle of the copy (ovl_create_index). */
export const indexDirectory = (union: Union, origin: Place, upper: NodeId): void => {
  const { node } = workOf(union);
  const files = upperFiles(union);
  const name = temporaryName(union);
  const entry = files.create(node, name, { mode: S_IFDIR, uid: 0, gid: 0 });
  writeMark(files, entry, union.options.prefix, 'upper', encodeHandle(files, upper));
  files.rename(node, name, node, indexName(origin), 0);
};

export const isHardLink = (place: Place): boolean => linksOf(place) > 1;

/** The index entry's name: the lower file's handle in hexadecimal (ovl_get_index_name). */
export const indexName = (origin: Place): string => Buffer.from(fileHandle(origin)).toString('hex');

/** The copy of a lower file in the index, or 0; with `upper`, only if that is the copy. EIO for what cannot be one. */
export const findIndex = (union: Union, origin: Place, upper: NodeId): NodeId => {
  const { work } = union;
  if (work === undefined || !work.index || isWorkGone(union)) return 0;
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

/** With nfs_export=on, a lower directory has the one copy that the index names. EIO where it was moved behind the overlay. */
export const checkDirectoryIndex = (union: Union, upper: NodeId, origin: Place | undefined): void => {
  const { options, work } = union;
  if (!options.nfsExport || origin === undefined || work === undefined) return;
  const files = upperFiles(union);
  const name = indexName(origin);
  const entry = files.lookup(work.node, name);
  if (entry === 0) return;
  const known = getMark(files, entry, options.prefix, 'upper');
  if (upper !== 0 && known !== undefined && Buffer.compare(known, encodeHandle(files, upper)) === 0) return;
  union.log(
    upper === 0
      ? `overlayfs: suspected uncovered redirected dir found (index=index/${name}).`
      : `overlayfs: suspected multiply redirected dir found (index=index/${name}).`,
  );
  fail('EIO');
};

/** The number of names that the overlay shows: the stored difference to the links of the copy, or of the lower file (ovl_get_nlink). */
export const indexedLinks = (union: Union, { upper, lowers }: OverlayNode): number => {
  const files = upperFiles(union);
  const real = files.inode(upper).nlink;
  const stored = /^([LU])([+-]\d+)$/.exec(readMark(files, upper, union.options.prefix, 'nlink') ?? '');
  if (stored === null) return real;
  const base = stored[1] === 'U' ? real : linksOf(lowers[0] as Place);
  return Math.max(0, base + Number(stored[2]));
};

const linksOf = ({ layer, node }: Place): number => layer.files.inode(node).nlink;

/** Stores how many names the overlay shows, relative to the links that the copy has now (ovl_set_nlink_upper). */
export const storeLinks = (union: Union, upper: NodeId, shown: number): void =>
  storeDifference(union, upper, 'U', shown - upperFiles(union).inode(upper).nlink);

/** Before the number of names changes, what is shown of it is stored (ovl_nlink_start). */
export const startLinks = (union: Union, { flags, upper }: OverlayNode): void => {
  if ((flags & NODE.INDEX_COUNTS) !== 0) storeLinks(union, upper, upperFiles(union).inode(upper).nlink);
};

/** As `storeLinks`, but relative to the lower file's links, for the time in which those of the copy change (ovl_set_nlink_lower). */
export const storeLowerLinks = (union: Union, { upper, lowers }: OverlayNode, shown: number): void =>
  storeDifference(union, upper, 'L', shown - linksOf(lowers[0] as Place));

const storeDifference = (union: Union, upper: NodeId, base: 'U' | 'L', difference: number): void =>
  writeMark(
    upperFiles(union),
    upper,
    union.options.prefix,
    'nlink',
    `${base}${difference < 0 ? '' : '+'}${difference}`,
  );

/** The last name is gone: so goes the index entry (ovl_cleanup_index). The node still knows its lower file. */
export const dropIndex = (union: Union, node: OverlayNode): void => {
  const { flags, upper, lowers } = node;
  const { work } = union;
  if (work === undefined) return;
  if (isDirectoryNode(node) && union.options.nfsExport && lowers.length > 0) {
    retire(union, indexName(lowers[0] as Place));
    return;
  }
  if ((flags & NODE.INDEXED) === 0 || indexedLinks(union, node) > 0) return;
  const files = upperFiles(union);
  const { nlink } = files.inode(upper);
  if (nlink > 1) {
    union.log(`overlayfs: cleanup linked index (nlink=${nlink})`);
    storeLinks(union, upper, nlink - 1);
    return;
  }
  const name = indexName(lowers[0] as Place);
  if (files.lookup(work.node, name) !== upper) return;
  if (union.options.nfsExport) retire(union, name);
  else files.unlink(work.node, name);
};

/** A whiteout in the index says that the file's handle leads nowhere any more (ovl_cleanup_and_whiteout). */
const retire = (union: Union, name: string): void => {
  const { node } = workOf(union);
  if (upperFiles(union).lookup(node, name) !== 0) putWhiteout(union, node, name);
};
