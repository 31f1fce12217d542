// Traps: the directories that a mount is made of. None of them may be met below another one, neither when the overlay is
// mounted nor later, when somebody has moved one: the overlay would show a file in two places, and what is written to
// itself.
// Kernel: fs/overlayfs/super.c, ovl_setup_trap; overlayfs.rst, "Sharing and copying layers".

import type { FileSystem } from '../fs/filesystem.ts';
import type { NodeId } from '../fs/stat.ts';
import type { NamedLayers } from './named-directory.ts';
import type { Union } from './union.ts';

/** `made` are the directories that the mount has made in its work directory. */
export const setTraps = (
  { traps }: Union,
  { lowers, data, upper, work }: NamedLayers,
  made: readonly (NodeId | undefined)[],
): void => {
  const set = (files: FileSystem, node: NodeId): void => {
    const trapped = traps.get(files) ?? new Set();
    traps.set(files, trapped.add(node));
  };
  for (const directory of [upper, work, ...lowers, ...data])
    if (directory !== undefined) set(directory.spot.mount.fs, directory.spot.node);
  if (work !== undefined) for (const node of made) if (node !== undefined) set(work.spot.mount.fs, node);
};

export const isTrap = ({ traps }: Union, files: FileSystem, node: NodeId): boolean =>
  traps.get(files)?.has(node) === true;
