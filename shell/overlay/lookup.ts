// Lookup: which layer answers for a name. One loop from the top layer down; the dentry cache remembers the answer,
// so that asking again costs the same however many layers there are.
// Kernel: overlayfs.rst, "Merged directories", "whiteouts and opaque directories", "redirect_dir".

import { fail } from '../fs/errno.ts';
import { isRegular } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import { findData } from './data-layers.ts';
import { checkDirectoryIndex, findIndex, hasIndex, isHardLink } from './inode-index.ts';
import { instantiate } from './instantiate.ts';
import type { Layer, Place } from './layer.ts';
import { NOWHERE } from './layer.ts';
import { noteFinding, traceCached, traceLookup } from './lookup-trace.ts';
import { ABSENT, type NewNode, NODE, type OverlayNode, WHITED_OUT } from './node.ts';
import { opaqueMark } from './opaque.ts';
import { fileHandle, readOrigin } from './origin.ts';
import { isRedirect } from './redirect.ts';
import { newSearch, type Search } from './search.ts';
import { isDirectoryAt, pathOfName, type Union, upperFiles } from './union.ts';
import { isWhiteout } from './whiteout.ts';
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

const lookupLayers = (union: Union, dirId: NodeId, name: string, traced: boolean): NodeId => {
  const dir = union.nodes.get(dirId);
  if ((dir.flags & NODE.DEAD) !== 0) return 0;
  const search = newSearch(name, traced);
  const upper = lookupUpper(union, dir, search);
  const whitedOut = search.stop && search.opaque && upper === 0;
  const opaque = search.opaque && upper !== 0;
  const upperMetacopy = search.metacopy;
  const redirect = upper === 0 ? undefined : search.redirect;
  const lowers = lookupLowers(union, dirId, dir, search, upper, upperMetacopy);
  if (search.findings !== undefined) traceLookup(union, pathOfName(union, dirId, name), search);
  // Data-only layers are asked at the first open; what they will answer is known already.
  const lazy = search.metacopy && lowers.length > 0 && isInDataLayers(union, search);
  const data = lazy ? findData(union, search.redirect) : undefined;
  const lacksData = !lazy && (search.metacopy || (upperMetacopy && lowers.length === 0));
  if (lacksData) return missingData(union, dirId, name);
  if (upper === 0 && lowers.length === 0) {
    union.nodes.enterAbsence(dirId, name, whitedOut ? WHITED_OUT : ABSENT);
    return 0;
  }
  const places =
    lowers.length === 0 && upper !== 0 && !search.isDirectory
      ? originOf(union, upper)
      : withData(lowers, data);
  const found = {
    upper,
    lowers: places,
    redirect,
    flags:
      (opaque ? NODE.OPAQUE : 0) |
      (search.xwhiteouts ? NODE.XWHITEOUTS : 0) |
      (upperMetacopy ? NODE.METACOPY : 0) |
      (lazy ? NODE.LAZY_DATA : 0) |
      (lazy && data === undefined ? NODE.LACKS_DATA : 0),
  };
  if (search.isDirectory) checkDirectoryIndex(union, upper, lowers[0]);
  return instantiate(union, dirId, name, search.isDirectory ? found : withIndex(union, found));
};

/** With index=on, a lower hard link of which some other name was copied up is found in the index. */
const withIndex = (union: Union, found: NewNode): NewNode => {
  const origin = found.lowers[0];
  if (origin === undefined || !hasIndex(union)) return found;
  const upper = findIndex(union, origin, found.upper);
  if (upper === 0) return found;
  // The stored number of names is one of a lower hard link (ovl_get_nlink).
  if (found.upper !== 0) return isHardLink(origin) ? { ...found, flags: found.flags | NODE.INDEXED } : found;
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

const withData = (lowers: readonly Place[], data: Place | undefined): readonly Place[] =>
  data === undefined ? lowers : [...lowers, data];

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
  const origin = upperMetacopy && hasIndex(union) ? readOrigin(union, upper) : undefined;
  for (let at = 0; at < below.length && !search.stop; at++) {
    checkFollows(union, dirId, search);
    const place = below[at] as Place;
    search.last = follows(union) ? place.layer === root.at(-1)?.layer : at === below.length - 1;
    const node = lookupInLayer(union, place.layer, place.node, search);
    if (node === 0) continue;
    const here: Place = { layer: place.layer, node };
    if (found === undefined) {
      if (!mergesWith(union, upper, here, search)) break;
      if (upperMetacopy) verifyOrigin(union, origin, here);
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

/** With index=on, a metacopy's lower file has to be the one that it was copied from. */
const verifyOrigin = (union: Union, origin: Place | undefined, lower: Place): void => {
  if (origin === undefined || !hasIndex(union)) return;
  if (origin.layer.files === lower.layer.files && origin.node === lower.node) return;
  union.log('overlayfs: failed to verify origin');
  fail('ESTALE');
};

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

/** Looks in one layer, along the redirect if an upper layer gave one. */
const lookupInLayer = (union: Union, layer: Layer, base: NodeId, search: Search): NodeId => {
  if (search.redirect === undefined || !search.redirect.startsWith('/')) {
    return lookupStep(union, layer, base, search, search.redirect ?? search.asked, '');
  }
  const parts = search.redirect.slice(1).split('/');
  let at = base;
  for (let index = 0; index < parts.length; index++) {
    const after = parts
      .slice(index + 1)
      .map((part) => `/${part}`)
      .join('');
    at = lookupStep(union, layer, at, search, parts[index] as string, after);
    if (at === 0 || (after !== '' && !isDirectoryAt(layer.files, at))) return 0;
  }
  return at;
};

/** The four rules, for one name in one directory of one layer; `after` is the rest of the path (ovl_lookup_single). */
const lookupStep = (
  union: Union,
  layer: Layer,
  base: NodeId,
  search: Search,
  name: string,
  after: string,
): NodeId => {
  const { files } = layer;
  const last = after === '';
  if (name === '.' || name === '..') fail('EACCES');
  const node = files.lookup(base, name);
  // 1. Nothing here: the next layer may have it.
  if (node === 0) return noteFinding(search, layer, 'absent', last);
  // 2. A whiteout: it does not exist, and the layers below are not asked.
  if (isWhiteout(files, node, union.options.prefix)) {
    search.stop = search.opaque = true;
    return noteFinding(search, layer, 'whiteout', last);
  }
  if (!isDirectoryAt(files, node)) return lookupFile(union, layer, node, search, name, after);
  // 4. A directory: it merges with the directories below it, unless it is opaque.
  if (last && search.metacopy) {
    search.stop = true;
    return 0;
  }
  if (last) search.isDirectory = true;
  noteFinding(search, layer, 'directory', last);
  if (search.last) return node;
  if (isOpaque(union, layer, node, search, last)) return node;
  followRedirect(union, layer, node, search, name, after);
  return node;
};

/** 3. Not a directory: it answers alone, and ends a merge that has begun above it. */
const lookupFile = (
  union: Union,
  layer: Layer,
  node: NodeId,
  search: Search,
  name: string,
  after: string,
): NodeId => {
  const { files } = layer;
  const regular = isRegular(files.inode(node).mode);
  if (search.isDirectory || after !== '' || (search.metacopy && !regular)) {
    search.stop = true;
    return 0;
  }
  noteFinding(search, layer, node, true);
  search.metacopy = regular && hasMark(files, node, union.options.prefix, 'metacopy');
  search.stop = !search.metacopy;
  const below = !search.last || union.data.length > 0;
  if (search.metacopy && below) followRedirect(union, layer, node, search, name, after);
  return node;
};

const isOpaque = (union: Union, layer: Layer, node: NodeId, search: Search, last: boolean): boolean => {
  const mark = opaqueMark(layer.files, node, union.options.prefix);
  if (mark === 'x' && last && layer !== union.upper) {
    search.xwhiteouts = true;
    union.xwhiteouts.add(layer.index);
  }
  if (mark !== 'y') return false;
  search.stop = true;
  if (last) {
    search.opaque = true;
    noteFinding(search, layer, 'opaque directory', last);
  }
  return true;
};

/** A redirect says under which name or path the layers below have this file (ovl_check_redirect). */
const followRedirect = (
  union: Union,
  layer: Layer,
  node: NodeId,
  search: Search,
  name: string,
  after: string,
): void => {
  const redirect = readMark(layer.files, node, union.options.prefix, 'redirect');
  if (redirect === undefined) return;
  if (!isRedirect(redirect)) {
    union.log(`overlayfs: invalid redirect (${redirect})`);
    fail('EINVAL');
  }
  if (redirect.startsWith('/')) {
    search.stop = false;
    search.redirect = redirect + after;
    return;
  }
  // The path walked may have been changed by a redirect on the way: what stands before the name is taken from it.
  const path = search.redirect ?? search.asked;
  search.redirect = path.slice(0, path.length - name.length - after.length) + redirect + after;
};
