// Gives a new file the bytes of an archive: where the filesystem can, they stay in the archive until they are read.

import { InodeFile } from '../../fs/open-file.ts';
import type { Process } from '../../fs/process.ts';
import { type ArchiveSource, contentFrom, piecesOf } from './archive-source.ts';

/** `fd` is open for writing, the file empty. */
export const fillFrom = (process: Process, fd: number, source: ArchiveSource): void => {
  const file = process.file(fd);
  const fs = file instanceof InodeFile ? file.spot.mount.fs : undefined;
  if (file instanceof InodeFile && fs?.setContent !== undefined)
    fs.setContent(file.spot.node, contentFrom(source));
  else {
    let at = 0;
    for (const piece of piecesOf(source)) at += process.pwrite(fd, piece, at);
  }
};
