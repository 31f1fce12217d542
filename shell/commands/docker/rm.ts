// docker rm: containers go, and their writable layers with them.

import { isEngineError } from '../../engine/engine-error.ts';
import { type Docker, defineCommand, failDocker } from './docker-command.ts';
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
  run: (docker, { force, volumes }, names) => {
    const { containers } = docker.engine;
    const ids = names.map((name) => attemptToFind(docker, name));
    const removed = new Set<string>();
    return removeEach(docker, names, force, async (name) => {
      const id = ids.shift();
      // A real client asks for all at once.
      if (id !== undefined && removed.has(id))
        failDocker(`Error response from daemon: removal of container ${name} is already in progress`);
      await containers.remove(name, { force, volumes });
      if (id !== undefined) removed.add(id);
      docker.line(name);
    });
  },
});

/** What cannot be told apart is refused when its turn comes. */
const attemptToFind = ({ engine: { containers } }: Docker, name: string): string | undefined => {
  try {
    return containers.find(name);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return undefined;
  }
};
