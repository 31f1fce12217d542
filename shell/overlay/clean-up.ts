// What an earlier mount left in its work directory, or half made in an index, goes; directories two levels down only when
// they are empty. What stays is told in the log.
// Kernel: fs/overlayfs/readdir.c, ovl_workdir_cleanup, ovl_workdir_cleanup_recurse; dir.c, ovl_cleanup.

import { fail } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import { isImmutable } from '../fs/inode-flags.ts';
import { isDirectory } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import { errorNumber, type ToldError } from './error-number.ts';
import { lastTwo } from './shown-path.ts';

/** The directory whose contents are features that a mount needs to know. */
const INCOMPATIBLE = 'incompat';

/** What keeps a file, beyond what its filesystem knows: EBUSY for a place where something is mounted. */
type Keep = (node: NodeId) => boolean;

/** Removes the file, and below `level` 2 what it holds. EINVAL for a feature of a later or a volatile mount. */
export const cleanUp = (
  fs: FileSystem,
  dir: NodeId,
  name: string,
  level: number,
  log: (line: string) => void,
  isCovered: Keep = () => false,
): void => {
  const node = fs.lookup(dir, name);
  const held = namesIn(fs, node);
  if (level === 1 && name === INCOMPATIBLE && held[0] !== undefined) {
    log(`overlayfs: overlay with incompat feature '${held[0]}' cannot be mounted`);
    fail('EINVAL');
  }
  if (level < 2) for (const inner of held) cleanUp(fs, node, inner, level + 1, log, isCovered);
  removeOne(fs, dir, name, log, isCovered);
};

const namesIn = (fs: FileSystem, node: NodeId): string[] =>
  isDirectory(fs.inode(node).mode) ? fs.readdir(node).map(({ name }) => name) : [];

/** Removes a file or an empty directory; another one stays (ovl_cleanup). */
export const removeOne = (
  fs: FileSystem,
  dir: NodeId,
  name: string,
  log: (line: string) => void,
  isCovered: Keep = () => false,
): void => {
  const node = fs.lookup(dir, name);
  const error = whatKeeps(fs, node, isCovered);
  if (error !== undefined) {
    const shown = lastTwo(`${fs.path(dir)}/${name}`);
    log(`overlayfs: cleanup of '${shown}' failed (${errorNumber(error)})`);
  } else if (isDirectory(fs.inode(node).mode)) fs.rmdir(dir, name);
  else fs.unlink(dir, name);
};

const whatKeeps = (fs: FileSystem, node: NodeId, isCovered: Keep): ToldError | undefined => {
  if (isImmutable(fs, node)) return 'EPERM';
  if (isCovered(node)) return 'EBUSY';
  return namesIn(fs, node).length > 0 ? 'ENOTEMPTY' : undefined;
};
