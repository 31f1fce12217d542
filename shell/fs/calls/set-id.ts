// Set-user-ID and set-group-ID end when somebody without rights over the file changes its data (file_remove_privs).

import { isRegular, S_ISGID, S_ISUID } from '../mode.ts';
import type { Spot } from '../mount.ts';
import type { Process } from '../process.ts';

/** The mode without the bits that a change takes away: set-group-ID stays where the group may not execute. */
export const withoutSetId = (mode: number): number =>
  mode & 0o7777 & ~(S_ISUID | ((mode & 0o010) !== 0 ? S_ISGID : 0));

/** Takes the bits away before `process` writes to or cuts the file; root keeps them. */
export const dropSetId = (process: Process, spot: Spot): void => {
  if (process.cred.uid === 0) return;
  const { mode } = spot.mount.fs.inode(spot.node);
  if (!isRegular(mode) || (mode & (S_ISUID | S_ISGID)) === 0) return;
  const left = withoutSetId(mode);
  if (left !== (mode & 0o7777)) spot.mount.fs.setattr(spot.node, { mode: left }, 'write');
};
