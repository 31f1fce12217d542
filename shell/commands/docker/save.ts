// docker save: images with their layers and tags as one tar.

import { checkOutput, writeArchive } from './archive-output.ts';
import { defineCommand } from './docker-command.ts';

export const save = defineCommand({
  paths: ['docker image save', 'docker save'],
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  summary: 'Write images as a tar archive',
  flags: {
    output: { kind: 'string', short: 'o', help: 'File to write, instead of standard output' },
    platform: { kind: 'string', help: 'Platform of the image (accepted)' },
  },
  count: { least: 1 },
  request: (names) => `Get images/get?names=${names.join('&names=')}`,
  run: async (docker, { output }, names) => {
    checkOutput(docker, output, 'save image');
    await writeArchive(docker, docker.engine.images.save(names), output);
    return 0;
  },
});
