// docker commit: a container's writable layer becomes the top layer of a new image.

import { defineCommand } from './docker-command.ts';
import { checkReference } from './tag.ts';

export const commit = defineCommand({
  paths: ['docker container commit', 'docker commit'],
  usage: '[OPTIONS] CONTAINER [REPOSITORY[:TAG]]',
  summary: "Make an image of a container's changes",
  flags: {
    author: { kind: 'string', short: 'a', help: 'Who made it' },
    change: { kind: 'list', short: 'c', help: 'Dockerfile instruction to apply to the image' },
    message: { kind: 'string', short: 'm', help: 'A note about it' },
    pause: { kind: 'bool', short: 'p', help: 'Freeze the container meanwhile', initial: true },
  },
  count: { least: 1, most: 2 },
  request: ([name]) => `Post commit?container=${name}`,
  run: (docker, { author, change, message, pause }, [name = '', reference]) => {
    if (reference !== undefined) checkReference(reference, (reason) => reason);
    const id = docker.engine.containers.commit(name, {
      ...(reference === undefined ? {} : { reference }),
      ...(author === undefined ? {} : { author }),
      ...(message === undefined ? {} : { comment: message }),
      changes: change,
      pause,
    });
    docker.line(id);
    return 0;
  },
});
