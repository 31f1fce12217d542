// docker stop: a container's first process is asked to end, then killed.

import { defineCommand, forEachOperand } from './docker-command.ts';
import type { FlagTable } from './flags.ts';

export const stopFlags = {
  signal: {
    kind: 'string',
    short: 's',
    help: 'Signal to send first (this daemon has no such choice: it is not told)',
  },
  timeout: { kind: 'int', short: 't', help: 'Seconds to wait before the container is killed' },
  time: { kind: 'int', help: 'The old name of --timeout', hidden: true, deprecated: 'use --timeout instead' },
} satisfies FlagTable;

export const seconds = (options: {
  timeout: number | undefined;
  time: number | undefined;
}): { seconds?: number } => {
  const given = options.timeout ?? options.time;
  return given === undefined ? {} : { seconds: given };
};

/** What docker itself takes to start and to reach the daemon: a container that was just started has set its traps by then. */
export const START_UP_MS = 20;

export const stop = defineCommand({
  paths: ['docker container stop', 'docker stop'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  summary: 'Stop running containers: ask first, then kill',
  flags: stopFlags,
  count: { least: 1 },
  request: ([name]) => `Post containers/${name}/stop`,
  run: (docker, options, names) =>
    forEachOperand(docker, names, async (name) => {
      await docker.process.sleep(START_UP_MS);
      await docker.until(docker.engine.containers.stop(name, seconds(options)));
      docker.line(name);
    }),
});
