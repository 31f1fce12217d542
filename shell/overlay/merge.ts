// The merged listing: every name once, whiteouts hidden, in the kernel's order. The lowest layer's names come first,
// in its own order, then those of the upper layer and of the others from top to bottom.
// Kernel: fs/overlayfs/readdir.c, ovl_dir_read_merged; overlayfs.rst, "readdir".

import { type FsError, isFsError } from '../fs/errno.ts';
import { isRegular, kindOf } from '../fs/mode.ts';
import type { Dirent, NodeId } from '../fs/stat.ts';
import { wideInode } from '../fs/wide-inode.ts';
import { errorNumber, isTold } from './error-number.ts';
import { inodeNumber, numberOf } from './inode-number.ts';
import type { Layer, Place } from './layer.ts';
import { namesOf } from './layer-names.ts';
import { lookupEntry } from './lookup.ts';
import { NODE, type OverlayNode } from './node.ts';
import { markPure } from './opaque.ts';
import { isMerged, pathOf, realFiles, realLayer, realNode, type Union } from './union.ts';
import { isWhiteoutDevice } from './whiteout.ts';

/** The entries of a directory. */
export const readdir = (union: Union, id: NodeId): Dirent[] => {
  const node = union.nodes.get(id);
  if ((node.flags & NODE.DEAD) !== 0) return [];
  const places = placesOf(union, node);
  if (!mayHoldWhiteouts(node)) {
    const entries = realFiles(union, node).readdir(realNode(node));
    if (!showsRealNumbers(union, node)) return impureEntries(union, id, entries);
    if (union.xinoBits === 0) return entries;
    const layer = realLayer(union, node);
    return entries.map((entry) => ({ ...entry, ino: remapped(union, layer, entry.ino) }));
  }
  const failed = new Map<Dirent, FsError>();
  const entries = withoutFailed(mergeEntries(places, asStat(union, id, node, failed)), failed);
  if (union.trace.on && places.length > 1) {
    const layers = places.map(({ layer }) => layer.path);
    union.trace.emit({ kind: 'merge', path: pathOf(union, id), layers, entries: entries.length });
  }
  return entries;
};

/** Makes the listing's entry of a file in a layer's directory; undefined for one that is not to be listed. */
type ShowEntry = (layer: Layer, name: string, child: NodeId) => Dirent | undefined;

/** Entries with the inode numbers that stat(2) gives. */
const asStat = (union: Union, id: NodeId, node: OverlayNode, failed: Map<Dirent, FsError>): ShowEntry => {
  const numbers = !showsRealNumbers(union, node);
  return (layer, name, child) => {
    const { mode } = layer.files.inode(child);
    const asked = layer === union.upper ? numbers : isSuspect(union, node, layer, mode);
    if (asked) return lookedUp(union, id, name, mode, failed);
    return { name, ino: remapped(union, layer, numberOf(layer.files, child)), type: kindOf(mode) };
  };
};

/** The entry as lookup knows it (ovl_cache_update); one that cannot be looked up is noted among the failed. */
const lookedUp = (
  union: Union,
  dir: NodeId,
  name: string,
  mode: number,
  failed: Map<Dirent, FsError>,
): Dirent | undefined => {
  try {
    const id = lookupListed(union, dir, name);
    if (id <= 0) return undefined;
    return { name, ino: inodeNumber(union, union.nodes.get(id)), type: kindOf(mode) };
  } catch (error) {
    if (!isFsError(error)) throw error;
    const entry: Dirent = { name, ino: 0, type: kindOf(mode) };
    failed.set(entry, error);
    return entry;
  }
};

/** Looks a name up that a layer lists; the log tells of one that cannot be. */
const lookupListed = (union: Union, dir: NodeId, name: string): number => {
  try {
    return lookupEntry(union, dir, name);
  } catch (error) {
    if (isFsError(error) && isTold(error.code))
      union.log(`overlayfs: failed to look up (${name}) for ino (${errorNumber(error.code)})`);
    throw error;
  }
};

/**
 * Leaves out what could not be looked up. The error ends the call of getdents64(2) that meets it, and is told only by
 * one that has no entry to give: where two such entries stand side by side.
 */
const withoutFailed = (entries: Dirent[], failed: ReadonlyMap<Dirent, FsError>): Dirent[] => {
  if (failed.size === 0) return entries;
  let given = true;
  return entries.filter((entry) => {
    const error = failed.get(entry);
    if (error !== undefined && !given) throw error;
    given = error === undefined;
    return given;
  });
};

/** The listing of an impure directory that is not merged; when nothing in it is impure any more, the mark goes. */
const impureEntries = (union: Union, id: NodeId, entries: readonly Dirent[]): Dirent[] => {
  const shown = entries.map((entry) => numbered(union, id, entry));
  if (shown.every(({ ino }, at) => ino === entries[at]?.ino)) markPure(union, id);
  return shown;
};

/** Whether a directory holds nothing but devices for whiteouts, in whatever layer (ovl_check_empty_dir). */
export const isEmpty = (union: Union, id: NodeId): boolean => {
  const node = union.nodes.get(id);
  const byName: ShowEntry = (_layer, name, child) => ({ name, ino: child, type: 'file' });
  return mergeEntries(placesOf(union, node), byName).length === 0;
};

const mayHoldWhiteouts = (node: OverlayNode): boolean =>
  isMerged(node) || (node.flags & NODE.ONCE_MERGED) !== 0;

/** The directories that are merged, top first. */
const placesOf = (union: Union, node: OverlayNode): readonly Place[] =>
  node.upper === 0 ? node.lowers : [{ layer: union.upper as Layer, node: node.upper }, ...node.lowers];

const mergeEntries = (places: readonly Place[], show: ShowEntry): Dirent[] => {
  const lowest = namesOf(places.slice(-1));
  const above = namesOf(places.slice(0, -1));
  const shown: Dirent[] = [];
  const add = (name: string, layer: Layer, child: NodeId): void => {
    const entry = isWhiteoutDevice(layer.files.inode(child)) ? undefined : show(layer, name, child);
    if (entry !== undefined) shown.push(entry);
  };
  lowest.visitAll((name, layer, child) => {
    if (!above.visitOne(name, add)) add(name, layer, child);
  });
  above.visitAll((name, layer, child) => {
    if (!lowest.has(name)) add(name, layer, child);
  });
  return shown;
};

/** A file that may be a whiteout by attribute, in a layer that is known to have such: lookup tells (ovl_cache_entry_new). */
const isSuspect = (union: Union, node: OverlayNode, layer: Layer, mode: number): boolean =>
  (node.flags & NODE.XWHITEOUTS) !== 0 && isRegular(mode) && union.xwhiteouts.has(layer.index);

/** No file of the directory's upper layer has a number other than its own there. */
const showsRealNumbers = (union: Union, node: OverlayNode): boolean =>
  (!union.sameFilesystem && union.xinoBits === 0) || node.upper === 0 || (node.flags & NODE.IMPURE) === 0;

/** An inode number with that of its layer's filesystem in it, where those tell it (ovl_remap_lower_ino). */
const remapped = (union: Union, { filesystem }: Layer, ino: number): number =>
  union.xinoBits === 0 || filesystem === 0 ? ino : (wideInode(ino, filesystem, union.xinoBits) ?? ino);

/** The entry with the inode number that stat(2) gives: a copied-up file keeps its lower one. */
const numbered = (union: Union, dir: NodeId, { name, ino, type }: Dirent): Dirent => {
  const id = lookupListed(union, dir, name);
  return { name, ino: id > 0 ? inodeNumber(union, union.nodes.get(id)) : ino, type };
};
