// docker export: a container's files as one tar.

import { checkOutput, writeArchive } from './archive-output.ts';
import { defineCommand } from './docker-command.ts';

export const exportCommand = defineCommand({
  paths: ['docker container export', 'docker export'],
  usage: '[OPTIONS] CONTAINER',
  summary: "Write a container's files as a tar archive",
  flags: { output: { kind: 'string', short: 'o', help: 'File to write, instead of standard output' } },
  count: { least: 1, most: 1 },
  request: ([name]) => `Get containers/${name}/export`,
  run: async (docker, { output }, [name = '']) => {
    checkOutput(docker, output, 'export container');
    await writeArchive(docker, docker.engine.containers.export(name), output);
    return 0;
  },
});
