// docker export: a container's files as one tar.

import { isFsError } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import { type Docker, defineCommand, failDocker } from './docker-command.ts';

export const exportCommand = defineCommand({
  paths: ['docker container export', 'docker export'],
  usage: '[OPTIONS] CONTAINER',
  summary: "Write a container's files as a tar archive",
  flags: { output: { kind: 'string', short: 'o', help: 'File to write, instead of standard output' } },
  count: { least: 1, most: 1 },
  request: ([name]) => `Get containers/${name}/export`,
  run: async (docker, { output }, [name = '']) => {
    if (output === undefined && docker.process.tty(1) !== undefined) {
      failDocker('cowardly refusing to save to a terminal. Use the -o flag or redirect');
    }
    const pieces = docker.engine.containers.export(name);
    const fd = output === undefined ? 1 : openOutput(docker, output);
    for (const piece of pieces) await docker.process.write(fd, piece);
    if (fd !== 1) docker.process.close(fd);
    return 0;
  },
});

const openOutput = (docker: Docker, path: string): number => {
  try {
    return docker.process.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
  } catch (error) {
    if (!isFsError(error)) throw error;
    return failDocker(`open ${path}: ${error.message.toLowerCase()}`);
  }
};
