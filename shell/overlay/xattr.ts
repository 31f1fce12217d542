// The overlay's own extended attributes, and how it keeps them apart from those that processes set through it.
// Kernel: Documentation/filesystems/overlayfs.rst, "Nesting overlayfs mounts" (escaped names).

import { fail } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import type { NodeId } from '../fs/stat.ts';

export const TRUSTED = 'trusted.overlay.';
export const USER = 'user.overlay.';
const ESCAPE = 'overlay.';

export type OwnPrefix = typeof TRUSTED | typeof USER;

/** The overlay's attributes, by the part after the prefix (fs/overlayfs/overlayfs.h, enum ovl_xattr). */
const namesWith = <Prefix extends OwnPrefix>(prefix: Prefix) =>
  ({
    opaque: `${prefix}opaque`,
    redirect: `${prefix}redirect`,
    origin: `${prefix}origin`,
    impure: `${prefix}impure`,
    metacopy: `${prefix}metacopy`,
    protattr: `${prefix}protattr`,
    whiteout: `${prefix}whiteout`,
    nlink: `${prefix}nlink`,
    upper: `${prefix}upper`,
    uuid: `${prefix}uuid`,
  }) as const;

const trusted = namesWith(TRUSTED);
const user = namesWith(USER);

type Mark = keyof typeof trusted;

/** The attribute's whole name. Lookup asks for several with every file: they are put together once. */
export const markName = (prefix: OwnPrefix, mark: Mark): string =>
  (prefix === TRUSTED ? trusted : user)[mark];

const text = new TextDecoder();
const bytes = new TextEncoder();

export const getMark = (
  files: FileSystem,
  node: NodeId,
  prefix: OwnPrefix,
  mark: Mark,
): Uint8Array | undefined => files.getxattr(node, markName(prefix, mark));

export const hasMark = (files: FileSystem, node: NodeId, prefix: OwnPrefix, mark: Mark): boolean =>
  getMark(files, node, prefix, mark) !== undefined;

/** The value as text. */
export const readMark = (
  files: FileSystem,
  node: NodeId,
  prefix: OwnPrefix,
  mark: Mark,
): string | undefined => {
  const value = getMark(files, node, prefix, mark);
  return value === undefined ? undefined : text.decode(value);
};

export const writeMark = (
  files: FileSystem,
  node: NodeId,
  prefix: OwnPrefix,
  mark: Mark,
  value: string | Uint8Array,
): void =>
  files.setxattr(node, markName(prefix, mark), typeof value === 'string' ? bytes.encode(value) : value);

export const removeMark = (files: FileSystem, node: NodeId, prefix: OwnPrefix, mark: Mark): boolean =>
  files.removexattr(node, markName(prefix, mark));

/** The name under which a layer keeps what a process calls `name`. */
export const escapeName = (prefix: OwnPrefix, name: string): string => {
  if (!name.startsWith(prefix)) return name;
  if (name === prefix) fail('EINVAL');
  return prefix + ESCAPE + name.slice(prefix.length);
};

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
