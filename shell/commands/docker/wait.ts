// docker wait: the exit code, once there is one.

import { defineCommand, forEachOperand } from './docker-command.ts';

export const wait = defineCommand({
  paths: ['docker container wait', 'docker wait'],
  usage: 'CONTAINER [CONTAINER...]',
  summary: 'Wait until containers have stopped, and print their exit codes',
  flags: {},
  count: { least: 1 },
  run: (docker, _options, names) =>
    forEachOperand(docker, names, async (name) => {
      docker.line(String(await docker.until(docker.engine.containers.wait(name), true)));
    }),
});
