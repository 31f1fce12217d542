// Lookup in one layer: what it has at a name, or along a redirect's path, and what that means for the layers below.
// Kernel: overlayfs.rst, "Directories", "whiteouts and opaque directories", "renaming directories" (redirects);
// fs/overlayfs/namei.c, ovl_lookup_single, ovl_lookup_layer.

import { fail } from '../fs/errno.ts';
import { isRegular } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import { errorNumber } from './error-number.ts';
import type { Layer } from './layer.ts';
import { noteFinding } from './lookup-trace.ts';
import { opaqueMark } from './opaque.ts';
import { isRedirect } from './redirect.ts';
import type { Search } from './search.ts';
import { lastTwo } from './shown-path.ts';
import { isTrap } from './traps.ts';
import { isDirectoryAt, type Union } from './union.ts';
import { isWhiteout } from './whiteout.ts';
import { hasMark, readMark } from './xattr.ts';

/** Looks in one layer, along the redirect if an upper layer gave one. */
export const lookupInLayer = (union: Union, layer: Layer, base: NodeId, search: Search): NodeId => {
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
  if (isTrap(union, files, node)) trapped(union, layer, base, name);
  if (last) search.isDirectory = true;
  noteFinding(search, layer, 'directory', last);
  if (search.last) return node;
  if (isOpaque(union, layer, node, search, last)) return node;
  followRedirect(union, layer, node, search, name, after);
  return node;
};

const trapped = (union: Union, { files, index }: Layer, base: NodeId, name: string): never => {
  const where = `failed lookup in ${index === 0 ? 'upper' : 'lower'}`;
  const why = `(${lastTwo(files.path(base))}, name='${name}', err=${errorNumber('ELOOP')})`;
  union.log(`overlayfs: ${where} ${why}: overlapping layers`);
  return fail('ELOOP');
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
