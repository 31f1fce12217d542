// docker kill: a signal for a container's first process.

import { defineCommand, forEachOperand } from './docker-command.ts';

export const kill = defineCommand({
  paths: ['docker container kill', 'docker kill'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  summary: 'Kill running containers, or send them another signal',
  flags: {
    signal: { kind: 'string', short: 's', help: 'Signal to send', initial: 'KILL', shownDefault: 'SIGKILL' },
  },
  count: { least: 1 },
  request: ([name]) => `Post containers/${name}/kill`,
  run: (docker, { signal }, names) =>
    forEachOperand(docker, names, async (name) => {
      docker.engine.containers.kill(name, signal ?? 'KILL');
      docker.line(name);
    }),
});
