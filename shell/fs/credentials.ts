// Who asks, and what they may: the permission checks of path_resolution(7), inode(7) and capabilities(7).

import {
  ALL_CAPABILITIES,
  CAP_DAC_OVERRIDE,
  CAP_DAC_READ_SEARCH,
  CAP_FOWNER,
  CAP_FSETID,
  type CapabilitySet,
  contains,
  NO_CAPABILITIES,
} from './capability.ts';
import { fail } from './errno.ts';
import type { InodeAttributes } from './filesystem.ts';
import { isDirectory, S_ISVTX } from './mode.ts';

/** A user, and the groups he is in. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

/** The sets of capabilities of a process (capabilities(7)). */
export interface CapabilitySets {
  readonly effective: CapabilitySet;
  readonly permitted: CapabilitySet;
  readonly inheritable: CapabilitySet;
  readonly bounding: CapabilitySet;
  readonly ambient: CapabilitySet;
}

/** What a process has (credentials(7)). Never changed in place: known ways are remembered by it. Made by `makeCred` alone. */
export interface Cred extends Identity, CapabilitySets {
  /** The lower 32 of the effective ones: a small integer, which hot paths ask with `&`. */
  readonly power: number;
}

export const makeCred = (
  { uid, gid, groups }: Identity,
  { effective, permitted, inheritable, bounding, ambient }: CapabilitySets,
): Cred => ({
  power: effective | 0,
  uid,
  gid,
  groups,
  effective,
  permitted,
  inheritable,
  bounding,
  ambient,
});

/** Those of a process that has never been anybody else: root has all capabilities that there are to have, others none. */
export const credentials = (who: Identity, bounding: CapabilitySet = ALL_CAPABILITIES): Cred => {
  const held = who.uid === 0 ? bounding : NO_CAPABILITIES;
  return makeCred(who, { effective: held, permitted: held, inheritable: 0, bounding, ambient: 0 });
};

export const ROOT: Cred = credentials({ uid: 0, gid: 0, groups: [0] });

export const R_OK = 4;
export const W_OK = 2;
export const X_OK = 1;

export const inGroup = (cred: Identity, gid: number): boolean =>
  cred.gid === gid || cred.groups.includes(gid);

/** Whether `cred` has the capability now. */
export const capable = ({ effective }: Cred, capability: CapabilitySet): boolean =>
  contains(effective, capability);

/** Throws EPERM for who has not got the capability. */
export const needCapability = (cred: Cred, capability: CapabilitySet): void => {
  if (!capable(cred, capability)) fail('EPERM');
};

/**
 * Whether `cred` may do all of `want` (R_OK | W_OK | X_OK). CAP_DAC_OVERRIDE does not execute what nobody may execute;
 * CAP_DAC_READ_SEARCH reads files and directories, and searches these (generic_permission).
 */
export const mayAccess = (inode: InodeAttributes, cred: Cred, want: number): boolean => {
  if ((cred.power & CAP_DAC_OVERRIDE) !== 0)
    return (want & X_OK) === 0 || isDirectory(inode.mode) || (inode.mode & 0o111) !== 0;
  const shift = inode.uid === cred.uid ? 6 : inGroup(cred, inode.gid) ? 3 : 0;
  return ((inode.mode >>> shift) & want) === want || readsAll(inode, cred, want);
};

const readsAll = ({ mode }: InodeAttributes, cred: Cred, want: number): boolean =>
  (cred.power & CAP_DAC_READ_SEARCH) !== 0 && (isDirectory(mode) ? (want & W_OK) === 0 : want === R_OK);

/** Whether `cred` may change what only an owner may: mode, times. */
export const ownsInode = (inode: InodeAttributes, cred: Cred): boolean =>
  inode.uid === cred.uid || (cred.power & CAP_FOWNER) !== 0;

/** Whether files of the inode's group keep their set-group-ID (in_group_or_capable). */
export const keepsSetGroup = (inode: InodeAttributes, cred: Cred): boolean =>
  (cred.power & CAP_FSETID) !== 0 || inGroup(cred, inode.gid);

/** In a sticky directory only the owner of the entry or of the directory removes it. */
export const stickyForbids = (dir: InodeAttributes, entry: InodeAttributes, cred: Cred): boolean =>
  (dir.mode & S_ISVTX) !== 0 &&
  cred.uid !== entry.uid &&
  cred.uid !== dir.uid &&
  (cred.power & CAP_FOWNER) === 0;
