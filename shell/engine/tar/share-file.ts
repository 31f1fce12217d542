// An open file as an archive: its blocks are shared, so that it stays as it is now whatever becomes of the file.

import { isRegular } from '../../fs/mode.ts';
import { InodeFile } from '../../fs/open-file.ts';
import type { Process } from '../../fs/process.ts';
import type { ArchiveSource } from './archive-source.ts';

/** Undefined for what is no regular file, or lies where blocks cannot be shared. */
export const shareFile = (process: Process, fd: number): ArchiveSource | undefined => {
  const file = process.file(fd);
  if (!(file instanceof InodeFile) || !isRegular(file.stat().mode)) return undefined;
  return file.spot.mount.fs.shareContent?.(file.spot.node);
};
