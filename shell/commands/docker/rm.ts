// docker rm: containers go, and their writable layers with them.

import { defineCommand } from './docker-command.ts';
import { removeEach } from './remove-each.ts';

export const rm = defineCommand({
  paths: ['docker container rm', 'docker container remove', 'docker rm'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  summary: 'Remove containers, and with them their writable layers',
  flags: {
    force: { kind: 'bool', short: 'f', help: 'Kill containers that run' },
    link: { kind: 'bool', short: 'l', help: 'Remove only the link of that name' },
    volumes: { kind: 'bool', short: 'v', help: 'Remove the anonymous volumes of the containers too' },
  },
  count: { least: 1 },
  request: ([name]) => `Delete containers/${name}`,
  run: (docker, { force, volumes }, names) =>
    removeEach(docker, names, force, async (name) => {
      await docker.engine.containers.remove(name, { force, volumes });
      docker.line(name);
    }),
});
