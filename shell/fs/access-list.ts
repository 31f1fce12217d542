// Access control lists as attributes (acl(5)): they have to look like one, and are kept as they are given.
// Linux: fs/posix_acl.c, posix_acl_from_xattr, posix_acl_valid, set_posix_acl.

import { fail } from './errno.ts';
import { isDirectory, isSymlink } from './mode.ts';

const ACCESS = 'system.posix_acl_access';
const DEFAULT = 'system.posix_acl_default';

const VERSION = 2;
/** An entry: tag and permissions of two bytes each, and an id of four. */
const ENTRY = 8;

export const isAccessList = (name: string): boolean => name === ACCESS || name === DEFAULT;

/** A default list of no directory: there never is one. */
export const isMisplaced = (name: string, mode: number): boolean => name === DEFAULT && !isDirectory(mode);

/** Symbolic links have none. */
export const checkListPlace = (mode: number): void => {
  if (isSymlink(mode)) fail('EOPNOTSUPP');
};

/**
 * Whether a file of that mode may have that list. EOPNOTSUPP for another version; EACCES for a default list of no
 * directory; EINVAL for what is no list: the owner's entry, users', the group's, groups', a mask, the others'.
 */
export const checkList = (value: Uint8Array, name: string, mode: number): void => {
  const bytes = Buffer.from(value);
  if (bytes.length < 4) fail('EINVAL');
  if (bytes.readUInt32LE() !== VERSION) fail('EOPNOTSUPP');
  if ((bytes.length - 4) % ENTRY !== 0) fail('EINVAL');
  checkListPlace(mode);
  if (isMisplaced(name, mode)) fail('EACCES');
  let tags = '';
  for (let at = 4; at < bytes.length; at += ENTRY) {
    tags += TAGS[bytes.readUInt16LE(at)] ?? fail('EINVAL');
    if (bytes.readUInt16LE(at + 2) > 7) fail('EINVAL');
  }
  if (!/^(ugo|uU*gG*mo)?$/.test(tags)) fail('EINVAL');
};

const TAGS: Readonly<Record<number, string>> = { 1: 'u', 2: 'U', 4: 'g', 8: 'G', 16: 'm', 32: 'o' };
