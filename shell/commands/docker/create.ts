// docker create: a container that waits to be started.

import type { ContainerSpec } from '../../engine/contract.ts';
import { isFsError } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import { toBytes } from '../text.ts';
import { containerFlags, containerSpec } from './container-flags.ts';
import { type Docker, DockerError, defineCommand, failDocker } from './docker-command.ts';
import { pullMissing } from './pull.ts';

export const create = defineCommand({
  paths: ['docker container create', 'docker create'],
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  summary: 'Create a container without starting it',
  flags: containerFlags,
  count: { least: 1 },
  takesCommand: true,
  run: async (docker, flags, words) => {
    let spec: ContainerSpec;
    try {
      spec = containerSpec(docker, flags, words);
    } catch (error) {
      if (!isClientsOwn(error)) throw error;
      await docker.complain(withHelp(error.message, 'create'));
      return 125;
    }
    await pullMissing(docker, spec.image, flags);
    const { id } = docker.engine.containers.create(spec);
    writeIdFile(docker, flags.cidfile, id);
    docker.line(id);
    return 0;
  },
});

export const withHelp = (message: string, command: string): string =>
  `docker: ${message}\n\nRun 'docker ${command} --help' for more information`;

/** Found in the flags, before the daemon is asked. */
const isClientsOwn = (error: unknown): error is DockerError =>
  error instanceof DockerError &&
  !/^Error response from daemon|requires API version|reference format|repository name/.test(error.message);

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
