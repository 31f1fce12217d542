// The merged listing: every name once, whiteouts hidden, in the kernel's order. The lowest layer's names come first,
// in its own order, then those of the upper layer and of the others from top to bottom.
// Kernel: fs/overlayfs/readdir.c, ovl_dir_read_merged; overlayfs.rst, "readdir".

import { isFsError } from '../fs/errno.ts';
import type { Dirent, NodeId } from '../fs/stat.ts';
import { wideInode } from '../fs/wide-inode.ts';
import { inodeNumber } from './inode-number.ts';
import type { Layer, Place } from './layer.ts';
import { lookupEntry } from './lookup.ts';
import { NODE, type OverlayNode } from './node.ts';
import { markPure } from './opaque.ts';
import { isMerged, pathOf, realFiles, realLayer, realNode, type Union } from './union.ts';
import { isWhiteout } from './whiteout.ts';

/** The entries of a directory. */
export const readdir = (union: Union, id: NodeId): Dirent[] => {
  const node = union.nodes.get(id);
  if ((node.flags & NODE.DEAD) !== 0) return [];
  const places = placesOf(union, node);
  if (!mayHoldWhiteouts(node)) {
    const entries = realFiles(union, node).readdir(realNode(node));
    if (!showsRealNumbers(union, node)) return impureEntries(union, id, entries);
    return entries.map((entry) => remapped(union, realLayer(union, node), entry));
  }
  const entries = mergeEntries(union, node, places);
  if (union.trace.on && places.length > 1) {
    const layers = places.map(({ layer }) => layer.path);
    union.trace.emit({ kind: 'merge', path: pathOf(union, id), layers, entries: entries.length });
  }
  const numbers = !showsRealNumbers(union, node);
  if (!numbers && (node.flags & NODE.XWHITEOUTS) === 0)
    return entries.map(({ entry, layer }) => remapped(union, layer, entry));
  return entries.flatMap(({ entry, layer }) => {
    const asked = layer === union.upper ? numbers : isSuspect(union, node, layer, entry);
    return asked ? lookedUp(union, id, entry) : [remapped(union, layer, entry)];
  });
};

/** The entry as lookup knows it; one that cannot be looked up is not listed (ovl_cache_update). */
const lookedUp = (union: Union, dir: NodeId, entry: Dirent): Dirent[] => {
  try {
    return lookupEntry(union, dir, entry.name) > 0 ? [numbered(union, dir, entry)] : [];
  } catch (error) {
    if (isFsError(error)) return [];
    throw error;
  }
};

/** The listing of an impure directory that is not merged; when nothing in it is impure any more, the mark goes. */
const impureEntries = (union: Union, id: NodeId, entries: readonly Dirent[]): Dirent[] => {
  const shown = entries.map((entry) => numbered(union, id, entry));
  if (shown.every(({ ino }, at) => ino === entries[at]?.ino)) markPure(union, id);
  return shown;
};

/** Whether a directory holds nothing but whiteouts, in whatever layer. */
export const isEmpty = (union: Union, id: NodeId): boolean => {
  const node = union.nodes.get(id);
  return mergeEntries(union, node, placesOf(union, node)).length === 0;
};

const mayHoldWhiteouts = (node: OverlayNode): boolean =>
  isMerged(node) || (node.flags & NODE.ONCE_MERGED) !== 0;

/** The directories that are merged, top first. */
const placesOf = (union: Union, node: OverlayNode): readonly Place[] =>
  node.upper === 0 ? node.lowers : [{ layer: union.upper as Layer, node: node.upper }, ...node.lowers];

interface MergedEntry {
  readonly entry: Dirent;
  readonly layer: Layer;
}

/** An entry of a layer above the lowest. */
interface Candidate extends MergedEntry {
  readonly whiteout: boolean;
  inLowest: boolean;
}

const mergeEntries = (union: Union, node: OverlayNode, places: readonly Place[]): MergedEntry[] => {
  const seen = new Map<string, Candidate>();
  for (const place of places.slice(0, -1)) {
    const { layer } = place;
    for (const entry of place.layer.files.readdir(place.node)) {
      if (seen.has(entry.name)) continue;
      const whiteout = hides(union, node, place, entry);
      seen.set(entry.name, { entry, layer, whiteout, inLowest: false });
    }
  }
  const lowest = places.at(-1) as Place;
  const shown: MergedEntry[] = [];
  for (const entry of lowest.layer.files.readdir(lowest.node)) {
    const above = seen.get(entry.name);
    if (above === undefined) {
      if (!hides(union, node, lowest, entry)) shown.push({ entry, layer: lowest.layer });
      continue;
    }
    above.inLowest = true;
    if (!above.whiteout) shown.push(above);
  }
  for (const candidate of seen.values())
    if (!candidate.inLowest && !candidate.whiteout) shown.push(candidate);
  return shown;
};

/** A file that may be a whiteout by attribute, in a layer that is known to have such (ovl_cache_entry_new). */
const isSuspect = (union: Union, node: OverlayNode, layer: Layer, { type }: Dirent): boolean =>
  type === 'file' && (node.flags & NODE.XWHITEOUTS) !== 0 && union.xwhiteouts.has(layer.index);

/** Whether an entry is a whiteout. */
const hides = (union: Union, node: OverlayNode, { layer, node: dir }: Place, entry: Dirent): boolean =>
  (entry.type === 'char' || isSuspect(union, node, layer, entry)) &&
  isWhiteout(layer.files, layer.files.lookup(dir, entry.name), union.options.prefix);

/** No file of the directory's upper layer has a number other than its own there. */
const showsRealNumbers = (union: Union, node: OverlayNode): boolean =>
  (!union.sameFilesystem && union.xinoBits === 0) || node.upper === 0 || (node.flags & NODE.IMPURE) === 0;

/** The entry with the number of its layer's filesystem in its inode number, where those tell it (ovl_remap_lower_ino). */
const remapped = (union: Union, { filesystem }: Layer, entry: Dirent): Dirent => {
  if (union.xinoBits === 0 || filesystem === 0) return entry;
  return { ...entry, ino: wideInode(entry.ino, filesystem, union.xinoBits) ?? entry.ino };
};

/** The entry with the inode number that stat(2) gives: a copied-up file keeps its lower one. */
const numbered = (union: Union, dir: NodeId, { name, ino, type }: Dirent): Dirent => {
  const id = lookupEntry(union, dir, name);
  return { name, ino: id > 0 ? inodeNumber(union, union.nodes.get(id)) : ino, type };
};
