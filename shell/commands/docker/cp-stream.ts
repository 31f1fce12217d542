// docker cp with `-`: a tar on standard output, or from standard input.

import { cleanPath, joinPath, lastPart } from '../../engine/go-path.ts';
import { ArchiveWriter } from '../../engine/tar/archive.ts';
import { extractArchive } from '../../engine/tar/extract-archive.ts';
import { ArchiveError } from '../../engine/tar/read-archive.ts';
import { archiveEntry, entriesOf } from '../../engine/tar/tree-entries.ts';
import type { Process } from '../../fs/process.ts';
import { archiveStream } from './archive-input.ts';
import { type Docker, failDocker } from './docker-command.ts';

/** The entries begin with the last part of the path; those of `dir/.` with `./`. */
export const streamOut = async (
  docker: Docker,
  path: string,
  read: <Result>(use: (inside: Process, path: string) => Result) => Result,
): Promise<number> => {
  const pieces: Uint8Array[] = [];
  const hear = (bytes: Uint8Array): void => {
    pieces.push(bytes);
  };
  read((inside, found) => {
    const archive = new ArchiveWriter([{ raw: hear, data: hear, entry: () => {} }]);
    const name = /(^|\/)\.$/.test(path) ? '.' : lastPart(found) || '/';
    for (const entry of entriesOf(inside, found, name)) archiveEntry(inside, archive, entry);
    archive.end();
  });
  for (const piece of pieces) await docker.process.write(1, piece);
  return 0;
};

/** Into a directory that is there. Throws DockerError. */
export const streamIn = async (docker: Docker, container: string, target: string): Promise<number> => {
  const { containers } = docker.engine;
  const noDirectory = (): never => failDocker(`destination "${container}:${target}" must be a directory`);
  if (containers.find(container) === undefined) noDirectory();
  const directory = cleanPath(joinPath('/', target));
  const isDirectory = (inside: Process): boolean => inside.tryStat(directory)?.kind === 'directory';
  if (!containers.withFiles(container, isDirectory)) noDirectory();
  const source = await archiveStream(docker);
  try {
    containers.withFiles(container, (inside) => extractArchive(inside, source, directory), { write: true });
    return 0;
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return failDocker(
      `Error response from daemon: Error processing tar file(exit status 1): ${error.message}`,
    );
  }
};
