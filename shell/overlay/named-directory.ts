// A directory that the options of a mount name, found while they are read.
// Kernel: fs/overlayfs/params.c, ovl_mount_dir_noesc.

import { fail, isFsError } from '../fs/errno.ts';
import { isDirectory } from '../fs/mode.ts';
import { pathOf, type Spot } from '../fs/mount.ts';
import type { Process } from '../fs/process.ts';
import { walk } from '../fs/walk.ts';
import { errorNumber, isTold } from './error-number.ts';
import { lastTwo } from './shown-path.ts';

export interface NamedDirectory {
  readonly spot: Spot;
  /** As the options name it. */
  readonly named: string;
  /** From the root of the one who mounts, links resolved. */
  readonly path: string;
}

/** The layers of a mount, as its options name them: top first. */
export interface NamedLayers {
  readonly lowers: readonly NamedDirectory[];
  readonly data: readonly NamedDirectory[];
  readonly upper: NamedDirectory | undefined;
  readonly work: NamedDirectory | undefined;
}

/** The last two names of its path on its filesystem, as the kernel's log shows it (%pd2). */
export const lastNames = ({ spot: { mount, node } }: NamedDirectory): string => lastTwo(mount.fs.path(node));

/** EINVAL for what is no directory; what keeps it from being found is told in the log. */
export const resolve = (process: Process, named: string, log: (line: string) => void): NamedDirectory => {
  try {
    const spot = walk(process, named);
    if (!isDirectory(spot.mount.fs.inode(spot.node).mode)) {
      log(`overlay: ${named} is not a directory`);
      fail('EINVAL');
    }
    return { spot, named, path: pathOf(spot, process.root) };
  } catch (error) {
    if (isFsError(error) && isTold(error.code) && error.code !== 'EINVAL')
      log(`overlayfs: failed to resolve '${named}': ${errorNumber(error.code)}`);
    throw error;
  }
};
