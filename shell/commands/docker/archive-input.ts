// The archive that docker load and docker import are given: a file, which is read as far as it is asked for, or a stream.

import { type ArchiveSource, inMemory } from '../../engine/tar/archive-source.ts';
import { shareFile } from '../../engine/tar/share-file.ts';
import { O } from '../../fs/open-flags.ts';
import { readAll } from '../input.ts';
import type { Docker } from './docker-command.ts';

/** Throws FsError when the file cannot be read. */
export const archiveFile = async ({ process }: Docker, path: string): Promise<ArchiveSource> => {
  const fd = process.open(path, O.RDONLY);
  try {
    return shareFile(process, fd) ?? inMemory(await readAll(process, fd));
  } finally {
    process.close(fd);
  }
};

export const archiveStream = async ({ process }: Docker): Promise<ArchiveSource> =>
  inMemory(await readAll(process, 0));
