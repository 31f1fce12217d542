// Where docker export and docker save put their tar: a file, or standard output unless that is a terminal.

import { parentPath, resolvePath } from '../../engine/go-path.ts';
import { isFsError } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import { type Docker, failDocker } from './docker-command.ts';

/** Before any work is done; `what` is what fails. Throws DockerError. */
export const checkOutput = (docker: Docker, output: string | undefined, what: string): void => {
  const { process } = docker;
  if (output === undefined) {
    if (process.tty(1) !== undefined)
      failDocker('cowardly refusing to save to a terminal. Use the -o flag or redirect');
    return;
  }
  const failed = (why: string): never => failDocker(`failed to ${what}: ${why}`);
  const path = resolvePath(process.getcwd(), output);
  const kind = process.tryStat(path)?.kind;
  if (kind === 'directory') failed('cannot write to a directory');
  if (kind === 'char') failed('cannot write to a character device file');
  if (process.tryStat(parentPath(path)) === undefined)
    failed(`invalid output path: stat ${parentPath(output)}: no such file or directory`);
};

/** Throws DockerError where the file cannot be made. */
export const writeArchive = async (
  docker: Docker,
  pieces: readonly Uint8Array[],
  output: string | undefined,
): Promise<void> => {
  const fd = output === undefined ? 1 : openOutput(docker, output);
  for (const piece of pieces) await docker.process.write(fd, piece);
  if (fd !== 1) docker.process.close(fd);
};

const openOutput = (docker: Docker, path: string): number => {
  try {
    return docker.process.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
  } catch (error) {
    if (!isFsError(error)) throw error;
    return failDocker(`open ${path}: ${error.message.toLowerCase()}`);
  }
};
