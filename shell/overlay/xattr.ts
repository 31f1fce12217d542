// The overlay's own extended attributes, and how it keeps them apart from those that processes set through it.
// Kernel: Documentation/filesystems/overlayfs.rst, "Nesting overlayfs mounts" (escaped names).

import type { FileSystem } from '../fs/filesystem.ts';
import type { NodeId } from '../fs/stat.ts';

export const TRUSTED = 'trusted.overlay.';
export const USER = 'user.overlay.';
const ESCAPE = 'overlay.';

export type OwnPrefix = typeof TRUSTED | typeof USER;

/** The overlay's attributes, by the part after the prefix. */
type OwnAttribute =
  | 'opaque'
  | 'redirect'
  | 'origin'
  | 'impure'
  | 'metacopy'
  | 'protattr'
  | 'whiteout'
  | 'nlink'
  | 'upper'
  | 'uuid';

const text = new TextDecoder();
const bytes = new TextEncoder();

export const readMark = (
  files: FileSystem,
  node: NodeId,
  prefix: OwnPrefix,
  name: OwnAttribute,
): string | undefined => {
  const value = files.getxattr(node, prefix + name);
  return value === undefined ? undefined : text.decode(value);
};

export const writeMark = (
  files: FileSystem,
  node: NodeId,
  prefix: OwnPrefix,
  name: OwnAttribute,
  value: string | Uint8Array,
): void => files.setxattr(node, prefix + name, typeof value === 'string' ? bytes.encode(value) : value);

/** The name under which a layer keeps what a process calls `name`. */
export const escapeName = (prefix: OwnPrefix, name: string): string =>
  name.startsWith(prefix) ? prefix + ESCAPE + name.slice(prefix.length) : name;

/** What a process sees of a layer's attribute `name`: undefined for the overlay's own. */
const unescapeName = (prefix: OwnPrefix, name: string): string | undefined => {
  if (!name.startsWith(prefix)) return name;
  const rest = name.slice(prefix.length);
  return rest.startsWith(ESCAPE) ? prefix + rest.slice(ESCAPE.length) : undefined;
};

/** The names of a real file's attributes as processes see them. */
export const visibleNames = (prefix: OwnPrefix, names: readonly string[]): string[] => {
  const seen: string[] = [];
  for (const name of names) {
    const shown = unescapeName(prefix, name);
    if (shown !== undefined) seen.push(shown);
  }
  return seen;
};
