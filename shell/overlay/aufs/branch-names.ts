// How a branch of an aufs says what the overlay says by devices and attributes: by names that begin with `.wh.`
// (aufs.5: WHITEOUT; image-spec/layer.md, Whiteouts).

import type { Dirent } from '../../fs/stat.ts';

const PREFIX = '.wh.';
/** `.wh..wh.` begins what aufs keeps for itself. */
const OWN_PREFIX = `${PREFIX}${PREFIX}`;
/** A directory that holds it is opaque. */
export const OPAQUE_NAME = `${OWN_PREFIX}.opq`;
/** The file in a writable branch's root of which all whiteouts there are hard links. */
export const WHITEOUT_BASE = `${OWN_PREFIX}aufs`;
/** Where files are made ready, and stay that were removed while they were open. */
export const ORPHANS = `${OWN_PREFIX}orph`;
/** For hard links whose names lie in several branches. */
export const PSEUDO_LINKS = `${OWN_PREFIX}plnk`;

/** AUFS_MAX_NAMELEN: room for the prefix and for a temporary name. */
export const LONGEST = 242;

export const whiteoutName = (name: string): string => PREFIX + name;

/** No name of a file. */
export const isReserved = (name: string): boolean => name.startsWith(PREFIX);

/** The names of a branch's directory: its files, and the whiteouts that hide names below it. */
export const readNames = (entries: readonly Dirent[]): { files: Dirent[]; whiteouts: Dirent[] } => {
  const files = entries.filter(({ name }) => !isReserved(name));
  const present = new Set(files.map(({ name }) => name));
  const whiteouts = entries
    .filter(({ name }) => isReserved(name) && !name.startsWith(OWN_PREFIX))
    .map(({ name, ino }): Dirent => ({ name: name.slice(PREFIX.length), ino, type: 'char' }))
    .filter(({ name }) => !present.has(name));
  return { files, whiteouts };
};
