// docker start, docker attach: containers that are there already.

import type { Attachment } from '../../engine/contract.ts';
import { whileAttached } from './attachment.ts';
import { detachKeysFlag, readDetachKeys } from './detach-keys.ts';
import { type Docker, defineCommand, failDocker, refusalOf } from './docker-command.ts';

export const start = defineCommand({
  paths: ['docker container start', 'docker start'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  summary: 'Start containers that are stopped',
  flags: {
    attach: { kind: 'bool', short: 'a', help: 'Show what it prints, and pass signals on' },
    'detach-keys': detachKeysFlag,
    interactive: { kind: 'bool', short: 'i', help: 'Give it our standard input' },
  },
  count: { least: 1 },
  request: ([name]) => `Post containers/${name}/start`,
  run: (docker, { attach: attached, interactive, 'detach-keys': keys }, names) => {
    if (!attached && !interactive) return startAll(docker, names);
    if (names.length > 1) return failDocker('you cannot start and attach multiple containers at once');
    return startAttached(docker, names[0] ?? '', interactive, readDetachKeys(keys));
  },
});

const startAll = async (docker: Docker, names: readonly string[]): Promise<number> => {
  const failed: string[] = [];
  for (const name of names) {
    try {
      docker.engine.containers.start(name);
      docker.line(name);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      await docker.complain(refusal.message);
      failed.push(name);
    }
  }
  if (failed.length > 0) await docker.complain(`Error: failed to start containers: ${failed.join(', ')}`);
  return failed.length > 0 ? 1 : 0;
};

const startAttached = async (
  docker: Docker,
  name: string,
  interactive: boolean,
  detachKeys: readonly number[] | undefined,
): Promise<number> => {
  const { containers } = docker.engine;
  const { Id, Config } = containers.inspect(name);
  const wantsInput = interactive && Config.OpenStdin;
  if (Config.Tty && wantsInput && docker.process.tty(0) === undefined)
    failDocker('the input device is not a TTY');
  const begin = async (attachment: Attachment): Promise<number> => {
    containers.start(Id, attachment);
    return containers.wait(Id);
  };
  return whileAttached(docker, Id, wantsInput, begin, detachKeys);
};

export const attach = defineCommand({
  paths: ['docker container attach', 'docker attach'],
  usage: '[OPTIONS] CONTAINER',
  summary: 'Attach to what a running container reads and prints',
  flags: {
    'detach-keys': detachKeysFlag,
    'no-stdin': { kind: 'bool', help: 'Leave its standard input alone' },
    'sig-proxy': { kind: 'bool', help: 'Pass signals on to the container', initial: true },
  },
  count: { least: 1, most: 1 },
  request: ([name]) => `Get containers/${name}/json`,
  run: (docker, options, [name = '']) => {
    const { containers } = docker.engine;
    const { Id, State, Config } = containers.inspect(name);
    if (!State.Running) return failDocker('You cannot attach to a stopped container, start it first');
    if (State.Paused) return failDocker('You cannot attach to a paused container, unpause it first');
    const wantsInput = Config.OpenStdin && !options['no-stdin'];
    const keys = readDetachKeys(options['detach-keys']);
    return whileAttached(docker, Id, wantsInput, (attachment) => containers.attach(Id, attachment), keys);
  },
});
