// Redirects: a renamed directory whose contents stay in the lower layers remembers under which name they lie there.
// Kernel: overlayfs.rst, "renaming directories" (redirect_dir); fs/overlayfs/dir.c, ovl_set_redirect.

import { fail, isFsError } from '../fs/errno.ts';
import { nameLength } from '../fs/name.ts';
import type { NodeId } from '../fs/stat.ts';
import { errorNumber } from './error-number.ts';
import type { Place } from './layer.ts';
import type { OverlayNode } from './node.ts';
import { isDirectoryNode, isMergedOrLower, type Union, upperFiles } from './union.ts';
import { writeMark } from './xattr.ts';

/** Linux: ovl_redirect_max; a longer redirect is refused with EXDEV. */
const REDIRECT_MAX = 256;

/** What a redirect may be: one name, or a path from the root without empty parts (ovl_get_redirect_xattr). */
export const isRedirect = (text: string): boolean =>
  text.startsWith('/') ? !text.slice(1).split('/').includes('') : text !== '' && !text.includes('/');

/** Whether rename may move the node: with redirects anything; else no directory that a lower layer has part of. */
export const mayMove = (union: Union, node: OverlayNode): boolean =>
  union.options.redirectDir === 'on' || !isDirectoryNode(node) || !isMergedOrLower(node);

/**
 * Writes the redirect of a node that is about to be renamed: relative within a directory, from the root otherwise.
 * Precondition: it has been copied up. EXDEV when the path is too long.
 */
export const markRedirect = (union: Union, id: NodeId, sameDirectory: boolean): void => {
  const node = union.nodes.get(id);
  const absolute = needsAbsolute(node, sameDirectory);
  if (node.redirect !== undefined && (!absolute || node.redirect.startsWith('/'))) return;
  const redirect = absolute ? absolutePath(union, id) : node.name;
  if (nameLength(redirect) > REDIRECT_MAX) fail('EXDEV');
  writeRedirect(union, node, redirect);
  for (const twin of union.nodes.twins(id)) union.nodes.own(twin).redirect = redirect;
};

/** Where it cannot be written, EXDEV has mv(1) copy instead (ovl_set_redirect). */
const writeRedirect = (union: Union, node: OverlayNode, redirect: string): void => {
  try {
    writeMark(upperFiles(union), node.upper, union.options.prefix, 'redirect', redirect);
  } catch (error) {
    if (!isFsError(error, 'ENOSPC')) throw error;
    union.log(`overlayfs: failed to set redirect (${errorNumber('ENOSPC')})`);
    fail('EXDEV');
  }
};

const needsAbsolute = (node: OverlayNode, sameDirectory: boolean): boolean => {
  if (!sameDirectory) return true;
  if (isDirectoryNode(node)) return false;
  const { layer, node: lower } = node.lower as Place;
  return layer.files.inode(lower).nlink > 1;
};

/** The path under which the lower layers have the node: redirects of its parents taken into account. */
const absolutePath = (union: Union, id: NodeId): string => {
  let path = '';
  for (let at = id; at !== union.root; ) {
    const node = union.nodes.get(at);
    if (node.redirect?.startsWith('/')) return node.redirect + path;
    path = `/${node.redirect ?? node.name}${path}`;
    at = node.parent;
  }
  return path;
};
