// Set-user-ID, set-group-ID and a program's capabilities end when its data is changed (file_remove_privs).

import { CAP_FSETID } from '../capability.ts';
import { type Cred, keepsSetGroup } from '../credentials.ts';
import { CAPABILITY_ATTRIBUTE } from '../file-capabilities.ts';
import type { InodeAttributes } from '../filesystem.ts';
import { isRegular, S_ISGID, S_ISUID } from '../mode.ts';
import type { Spot } from '../mount.ts';
import type { Process } from '../process.ts';

/**
 * The mode without the bits that a change by `cred` takes away: set-group-ID stays where the group may not execute, and
 * is the caller's (setattr_should_drop_sgid).
 */
export const withoutSetId = (inode: InodeAttributes, cred: Cred): number => {
  const { mode } = inode;
  const group = (mode & 0o010) !== 0 || !keepsSetGroup(inode, cred) ? S_ISGID : 0;
  return mode & 0o7777 & ~(S_ISUID | group);
};

/** Takes the bits away before `process` writes to or cuts the file; CAP_FSETID keeps them, and nobody the capabilities. */
export const dropSetId = (process: Process, spot: Spot): void => {
  dropFileCapabilities(process, spot);
  if ((process.cred.power & CAP_FSETID) !== 0) return;
  const inode = spot.mount.fs.inode(spot.node);
  const { mode } = inode;
  if (!isRegular(mode) || (mode & (S_ISUID | S_ISGID)) === 0) return;
  const left = withoutSetId(inode, process.cred);
  if (left !== (mode & 0o7777)) spot.mount.fs.setattr(spot.node, { mode: left }, 'write');
};

export const dropFileCapabilities = ({ kernel }: Process, { mount: { fs }, node }: Spot): void => {
  if (!kernel.hasFileCapabilities) return;
  if (fs.getxattr(node, CAPABILITY_ATTRIBUTE) !== undefined) fs.removexattr(node, CAPABILITY_ATTRIBUTE);
};
