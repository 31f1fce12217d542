// docker create: a container that waits to be started.

import { isFsError } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import { toBytes } from '../text.ts';
import { containerFlags, containerSpec } from './container-flags.ts';
import { type Docker, defineCommand, failDocker } from './docker-command.ts';
import { pullMissing } from './pull.ts';

export const create = defineCommand({
  paths: ['docker container create', 'docker create'],
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  summary: 'Create a container without starting it',
  flags: containerFlags,
  count: { least: 1 },
  takesCommand: true,
  run: async (docker, flags, words) => {
    const spec = containerSpec(docker, flags, words);
    await pullMissing(docker, spec.image, flags);
    const { id } = docker.engine.containers.create(spec);
    writeIdFile(docker, flags.cidfile, id);
    docker.line(id);
    return 0;
  },
});

/** --cidfile; a file that is there already is somebody else's. Throws DockerError. */
export const writeIdFile = (docker: Docker, path: string | undefined, id: string): void => {
  if (path === undefined) return;
  try {
    const fd = docker.process.open(path, O.WRONLY | O.CREAT | O.EXCL, 0o644);
    docker.process.pwrite(fd, toBytes(id), 0);
    docker.process.close(fd);
  } catch (error) {
    if (!isFsError(error)) throw error;
    failDocker(
      error.code === 'EEXIST'
        ? `container ID file found, make sure the other container isn't running or delete ${path}`
        : `failed to create the container ID file: open ${path}: ${error.message.toLowerCase()}`,
    );
  }
};
