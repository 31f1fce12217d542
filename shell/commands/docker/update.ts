// docker update: other limits, another restart policy.

import type { Resources } from '../../engine/config.ts';
import { type Docker, defineCommand, failDocker, forEachOperand } from './docker-command.ts';
import { readRestart, resourceFlags, resourcesOf } from './resource-flags.ts';

export const update = defineCommand({
  paths: ['docker container update', 'docker update'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  summary: 'Change limits and restart policies of containers',
  flags: { ...resourceFlags, restart: { kind: 'string', help: 'What to do when the container has ended' } },
  count: { least: 1 },
  request: ([name]) => `Post containers/${name}/update`,
  run: (docker, { restart, ...flags }, names) => {
    const given = Object.values({ restart, ...flags }).some((value) => value !== undefined);
    if (!given) failDocker('you must provide one or more flags when using this command');
    const change = {
      ...changedLimits(resourcesOf(flags)),
      ...(restart === undefined ? {} : { RestartPolicy: readRestart(restart) }),
    };
    return forEachOperand(docker, names, (name) => {
      checkSwap(docker, name, change.Memory ?? 0, change.MemorySwap);
      docker.engine.containers.update(name, change);
      docker.line(name);
    });
  },
});

/** No processes at all means as many as before, fewer than none as many as there may be. */
const changedLimits = ({ PidsLimit = null, ...rest }: Partial<Resources>): Partial<Resources> =>
  PidsLimit === null || PidsLimit === 0 ? rest : { ...rest, PidsLimit: Math.max(PidsLimit, 0) };

/** A limit of memory stays below the one of memory and swap. */
const checkSwap = (docker: Docker, name: string, memory: number, swap: number | undefined): void => {
  const { Id, HostConfig } = docker.engine.containers.inspect(name);
  if (memory === 0 || swap !== undefined || memory <= HostConfig.MemorySwap) return;
  failDocker(
    `Error response from daemon: Cannot update container ${Id}: Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time`,
  );
};
