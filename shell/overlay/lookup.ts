// Lookup: which layer answers for a name. One loop from the top layer down; the dentry cache remembers the answer,
// so that asking again costs the same however many layers there are.
// Kernel: overlayfs.rst, "Upper and Lower", "Directories", "Multiple lower layers"; fs/overlayfs/namei.c, ovl_lookup.
// What one layer says is in lookup-layer.ts.

import { fail } from '../fs/errno.ts';
import type { NodeId } from '../fs/stat.ts';
import { findData } from './data-layers.ts';
import { unverified } from './error-number.ts';
import { checkDirectoryIndex, findIndex, hasIndex, isHardLink } from './inode-index.ts';
import { instantiate } from './instantiate.ts';
import type { Place } from './layer.ts';
import { NOWHERE } from './layer.ts';
import { lookupInLayer } from './lookup-layer.ts';
import { traceCached, traceLookup } from './lookup-trace.ts';
import { ABSENT, type NewNode, NODE, type OverlayNode, WHITED_OUT } from './node.ts';
import { fileHandle, readOrigin } from './origin.ts';
import { newSearch, type Search } from './search.ts';
import { lastTwo } from './shown-path.ts';
import { pathOfName, type Union, upperFiles } from './union.ts';
import { getMark, hasMark, readMark } from './xattr.ts';

/** The node of that name, or 0. */
export const lookup = (union: Union, dir: NodeId, name: string): NodeId => {
  const known = union.nodes.get(dir).names?.get(name);
  if (known === undefined) return lookupLayers(union, dir, name, union.trace.on);
  if (union.trace.on) traceCached(union, dir, name, known);
  return known > 0 ? known : 0;
};

/** What the cache holds for the name after a lookup that the trace does not tell: a node, ABSENT or WHITED_OUT. */
export const lookupEntry = (union: Union, dir: NodeId, name: string): number => {
  const known = union.nodes.known(dir, name);
  if (known !== undefined) return known;
  lookupLayers(union, dir, name, false);
  return union.nodes.known(dir, name) ?? ABSENT;
};

/** Asks the layers and enters the answer into the dentry cache (ovl_lookup). */
const lookupLayers = (union: Union, dirId: NodeId, name: string, traced: boolean): NodeId => {
  const dir = union.nodes.get(dirId);
  if ((dir.flags & NODE.DEAD) !== 0) return 0;
  if (!traced && isNowhere(union, dir, name)) {
    union.nodes.enterAbsence(dirId, name, ABSENT);
    return 0;
  }
  const search = newSearch(name, traced);
  const upper = lookupUpper(union, dir, search);
  const whitedOut = upper === 0 && search.stop && search.opaque;
  const ofUpper = upper === 0 ? NOTHING : knownOfUpper(search);
  const metacopy = (ofUpper.flags & NODE.METACOPY) !== 0;
  const lowers = lookupLowers(union, dirId, dir, search, upper, metacopy);
  if (search.findings !== undefined) traceLookup(union, pathOfName(union, dirId, name), search);
  const lazy = search.metacopy && lowers.length > 0 && isInDataLayers(union, search);
  const lacksData = !lazy && (search.metacopy || (metacopy && lowers.length === 0));
  if (lacksData) return missingData(union, dirId, name);
  if (upper === 0 && lowers.length === 0) {
    union.nodes.enterAbsence(dirId, name, whitedOut ? WHITED_OUT : ABSENT);
    return 0;
  }
  const { redirect } = ofUpper;
  const flags = ofUpper.flags | (search.xwhiteouts ? NODE.XWHITEOUTS : 0);
  if (search.isDirectory) {
    checkDirectoryIndex(union, upper, lowers[0]);
    return instantiate(union, dirId, name, { flags, upper, lowers, redirect });
  }
  const origin = lowers.length === 0 ? originOf(union, upper) : lowers;
  const found = { flags, upper, lowers: origin, redirect };
  return instantiate(union, dirId, name, withIndex(union, lazy ? withData(union, search, found) : found));
};

/** No layer has the name: most new files ask that, and there is nothing to weigh. */
const isNowhere = ({ upper }: Union, dir: OverlayNode, name: string): boolean => {
  if (upper !== undefined && dir.upper !== 0 && upper.files.lookup(dir.upper, name) !== 0) return false;
  for (const { layer, node } of dir.lowers) if (layer.files.lookup(node, name) !== 0) return false;
  return true;
};

/** What the marks of an upper file say of its node. */
interface KnownOfUpper {
  readonly flags: number;
  readonly redirect: string | undefined;
}

const NOTHING: KnownOfUpper = { flags: 0, redirect: undefined };

const knownOfUpper = ({ opaque, metacopy, redirect }: Search): KnownOfUpper =>
  opaque || metacopy || redirect !== undefined
    ? { flags: (opaque ? NODE.OPAQUE : 0) | (metacopy ? NODE.METACOPY : 0), redirect }
    : NOTHING;

/** With index=on, a lower hard link of which some other name was copied up is found in the index. */
const withIndex = (union: Union, found: NewNode): NewNode => {
  const origin = found.lowers[0];
  if (origin === undefined || !hasIndex(union)) return found;
  const upper = findIndex(union, origin, found.upper);
  if (upper === 0) return found;
  // The stored number of names is one of a lower hard link (ovl_get_nlink).
  if (found.upper !== 0)
    return { ...found, flags: found.flags | (isHardLink(origin) ? NODE.INDEXED : NODE.INDEX_COUNTS) };
  const files = upperFiles(union);
  const { prefix } = union.options;
  const metacopy = hasMark(files, upper, prefix, 'metacopy');
  return {
    upper,
    lowers: found.lowers,
    redirect: readMark(files, upper, prefix, 'redirect'),
    flags: found.flags | NODE.INDEXED | NODE.UNLINKED | (metacopy ? NODE.METACOPY : 0),
  };
};

/** Data-only layers are asked at the first open; what they will answer is known already. */
const withData = (union: Union, search: Search, found: NewNode): NewNode => {
  const data = findData(union, search.redirect as string);
  const flags = found.flags | NODE.LAZY_DATA;
  if (data === 'ENOENT') return { ...found, flags: flags | NODE.LACKS_DATA };
  if (data === 'ENOTDIR') return { ...found, flags: flags | NODE.BLOCKED_DATA };
  return { ...found, lowers: [...found.lowers, data], flags };
};

const missingData = (union: Union, dir: NodeId, name: string): never => {
  union.log(`overlayfs: metacopy with no lower data found - abort lookup (${pathOfName(union, dir, name)})`);
  return fail('EIO');
};

const originOf = (union: Union, upper: NodeId): readonly Place[] => {
  const origin = readOrigin(union, upper);
  return origin === undefined ? NOWHERE : [origin];
};

const lookupUpper = (union: Union, dir: OverlayNode, search: Search): NodeId => {
  if (union.upper === undefined || dir.upper === 0) return 0;
  search.last = !follows(union) && dir.lowers.length === 0;
  return lookupInLayer(union, union.upper, dir.upper, search);
};

const follows = (union: Union): boolean => union.options.redirectDir !== 'nofollow';

/** Gathers what the lower layers hold: every directory of a merge, or the one file that answers. */
const lookupLowers = (
  union: Union,
  dirId: NodeId,
  dir: OverlayNode,
  search: Search,
  upper: NodeId,
  upperMetacopy: boolean,
): readonly Place[] => {
  const root = union.nodes.get(union.root).lowers;
  let below = search.redirect?.startsWith('/') ? root : dir.lowers;
  // An array that begins empty has room for many, and most files lie in one layer.
  let found: Place[] | undefined;
  // With index=on, a metacopy's lower file has to be the one that it was copied from.
  const origin = upperMetacopy && hasIndex(union) ? readOrigin(union, upper) : undefined;
  for (let at = 0; at < below.length && !search.stop; at++) {
    checkFollows(union, dirId, search);
    const place = below[at] as Place;
    search.last = follows(union) ? place.layer === root.at(-1)?.layer : at === below.length - 1;
    const asked = search.redirect ?? search.asked;
    const node = lookupInLayer(union, place.layer, place.node, search);
    if (node === 0) continue;
    const here: Place = { layer: place.layer, node };
    if (found === undefined) {
      if (!mergesWith(union, upper, here, search)) {
        tellOrigin(union, here, pathIn(place, asked));
        break;
      }
      if (origin !== undefined && !isSamePlace(origin, here)) {
        tellOrigin(union, here, pathIn(place, asked));
        fail('ESTALE');
      }
      found = [here];
    } else if (!search.metacopy) found.push(here);
    if (search.stop) break;
    if (search.redirect?.startsWith('/') && below !== root) {
      below = root;
      at = root.findIndex((layer) => layer.layer === place.layer);
    }
  }
  const inDataLayers = search.metacopy && found !== undefined && isInDataLayers(union, search);
  if (!inDataLayers) checkFollows(union, dirId, search);
  return found ?? NOWHERE;
};

/** With nfs_export=on, an upper directory merges with the one that it was copied from, and with no other. */
const mergesWith = (union: Union, upper: NodeId, lower: Place, search: Search): boolean => {
  if (!union.options.nfsExport || upper === 0 || !search.isDirectory) return true;
  const known = getMark(upperFiles(union), upper, union.options.prefix, 'origin');
  return known === undefined || Buffer.compare(known, fileHandle(lower)) === 0;
};

const isSamePlace = (a: Place, b: Place): boolean => a.layer.files === b.layer.files && a.node === b.node;

/** The lower file is not the one that the upper one was copied from (ovl_verify_origin). */
const tellOrigin = (union: Union, { layer, node }: Place, path: string): void =>
  union.log(unverified('origin', lastTwo(path), layer.files.stat(node).ino, 'ESTALE'));

/** Where a name, or a redirect's path, leads from a directory of a layer. */
const pathIn = ({ layer, node }: Place, name: string): string =>
  `${layer.files.path(node)}${name.startsWith('/') ? '' : '/'}${name}`;

/** Data-only layers ask for neither option (ovl_lookup). */
const isInDataLayers = (union: Union, search: Search): boolean =>
  union.data.length > 0 && search.redirect?.startsWith('/') === true;

/** Marks about the layers below are refused where the options do not allow them (ovl_check_follow_redirect). */
const checkFollows = (union: Union, dir: NodeId, search: Search): void => {
  if (search.metacopy && !union.options.metacopy) refuse(union, 'metacopy', dir, search);
  if (search.redirect !== undefined && !follows(union)) refuse(union, 'redirect', dir, search);
};

const refuse = (union: Union, what: string, dir: NodeId, search: Search): never => {
  union.log(`overlayfs: refusing to follow ${what} for (${pathOfName(union, dir, search.asked)})`);
  return fail('EPERM');
};
