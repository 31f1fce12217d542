// How many names the overlay shows of a file in the index: those of the lower file that are not removed, and new ones. The
// number is kept in memory, by the copy; before it changes it is stored with the copy, as the difference to the copy's links.
// Kernel: overlayfs.rst, "Inode properties"; fs/overlayfs/inode.c, ovl_get_nlink; util.c, ovl_nlink_start; dir.c, ovl_drop_nlink.

import type { NodeId } from '../fs/stat.ts';
import { errorNumber } from './error-number.ts';
import { linksOf, type Place } from './layer.ts';
import { NODE, type OverlayNode } from './node.ts';
import { indexName } from './origin.ts';
import { lastTwo } from './shown-path.ts';
import { type Union, upperFiles } from './union.ts';
import { readMark, writeMark } from './xattr.ts';

/** The number of names of a file in the index. */
export const shownLinks = (union: Union, node: OverlayNode): number => {
  const known = union.links.get(node.upper);
  if (known !== undefined) return known;
  const files = upperFiles(union);
  const lower = node.lower as Place;
  const shown = readLinks(union, node.upper, lower, files.inode(node.upper).nlink, () =>
    (node.flags & NODE.UNLINKED) === 0
      ? `${files.path(union.nodes.get(node.parent).upper)}/${node.name}`
      : `index/${indexName(lower)}`,
  );
  union.links.set(node.upper, shown);
  return shown;
};

/**
 * What is stored with the copy of a lower hard link: relative to the links of the copy, or to those of the lower file.
 * The fallback where the lower file has one name, and, with a line in the log, for what is no number above 0 (ovl_get_nlink).
 */
export const readLinks = (
  union: Union,
  upper: NodeId,
  lower: Place,
  fallback: number,
  path: () => string,
): number => {
  const ofLower = linksOf(lower);
  if (ofLower === 1) return fallback;
  const stored = readMark(upperFiles(union), upper, union.options.prefix, 'nlink');
  const parts = /^([LU])([+-].*)$/s.exec(stored ?? '');
  const difference = /^[+-]\d+$/.test(parts?.[2] ?? '') ? Number(parts?.[2]) : Number.NaN;
  const links = (parts?.[1] === 'L' ? ofLower : upperFiles(union).inode(upper).nlink) + difference;
  if (links > 0) return links;
  const error = whyNoCount(stored, parts, links);
  union.log(`overlayfs: failed to get index nlink (${lastTwo(path())}, err=${error})`);
  return fallback;
};

/** What the log gives for the error: the length of what does not look like a count at all (ovl_get_nlink). */
const whyNoCount = (stored: string | undefined, parts: RegExpExecArray | null, links: number): number => {
  if (stored === undefined) return errorNumber('ENODATA');
  if (parts === null) return stored.length;
  return Number.isNaN(links) ? errorNumber('EINVAL') : 0;
};

/** A copy comes into the index, with all the names of its lower file. */
export const countLinks = (union: Union, upper: NodeId, shown: number): void => {
  union.links.set(upper, shown);
  storeLinks(union, upper, shown);
};

/** Stores how many names the overlay shows, relative to the links that the copy has now (ovl_set_nlink_upper). */
export const storeLinks = (union: Union, upper: NodeId, shown: number): void =>
  storeDifference(union, upper, 'U', shown - upperFiles(union).inode(upper).nlink);

/** The same relative to the lower file's links, for the time in which those of the copy change (ovl_set_nlink_lower). */
export const storeLowerLinks = (union: Union, { upper, lower }: OverlayNode, shown: number): void =>
  storeDifference(union, upper, 'L', shown - linksOf(lower as Place));

const storeDifference = (union: Union, upper: NodeId, base: 'U' | 'L', difference: number): void =>
  writeMark(
    upperFiles(union),
    upper,
    union.options.prefix,
    'nlink',
    `${base}${difference < 0 ? '' : '+'}${difference}`,
  );

/** Before the number of names changes, what is shown of it is stored (ovl_nlink_start). */
export const startLinks = (union: Union, node: OverlayNode): void => {
  const { flags, upper } = node;
  if ((flags & NODE.INDEX_COUNTS) !== 0) storeLinks(union, upper, upperFiles(union).inode(upper).nlink);
  else if ((flags & NODE.INDEXED) !== 0) storeLinks(union, upper, shownLinks(union, node));
};

/** The file has one name more. */
export const addLink = (union: Union, node: OverlayNode): void => {
  if ((node.flags & NODE.INDEXED) !== 0) union.links.set(node.upper, shownLinks(union, node) + 1);
};

/**
 * One name of a file in the index is gone, which the cache still knows; how many are left. While the cache knows others
 * the number stays above 0, whatever was done to the layers behind the overlay (ovl_drop_nlink).
 */
export const dropLink = (union: Union, id: NodeId): number => {
  const node = union.nodes.get(id);
  const shown = shownLinks(union, node);
  const known = union.nodes.twins(id).reduce((sum, twin) => sum + union.nodes.get(twin).aliases, 0);
  const left = shown > (known > 1 ? 1 : 0) ? shown - 1 : shown;
  union.links.set(node.upper, left);
  return left;
};
