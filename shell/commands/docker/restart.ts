// docker restart: stop, then start, with the same writable layer.

import { defineCommand, forEachOperand } from './docker-command.ts';
import { START_UP_MS, seconds, stopFlags } from './stop.ts';

export const restart = defineCommand({
  paths: ['docker container restart', 'docker restart'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  summary: 'Stop containers and start them again',
  flags: stopFlags,
  count: { least: 1 },
  request: ([name]) => `Post containers/${name}/restart`,
  run: (docker, options, names) =>
    forEachOperand(docker, names, async (name) => {
      await docker.process.sleep(START_UP_MS);
      await docker.until(docker.engine.containers.restart(name, seconds(options)));
      docker.line(name);
    }),
});
