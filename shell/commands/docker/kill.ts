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
      const { containers } = docker.engine;
      containers.kill(name, signal ?? 'KILL');
      // The daemon answers a SIGKILL when the container has ended.
      if (/^(SIG)?KILL$|^9$/i.test(signal ?? 'KILL')) await docker.until(containers.wait(name));
      docker.line(name);
    }),
});
