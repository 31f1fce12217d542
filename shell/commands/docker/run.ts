// docker run: a new container, started, and attached to unless -d says otherwise.

import type { Attachment } from '../../engine/contract.ts';
import { isEngineError } from '../../engine/engine-error.ts';
import { needTerminal, whileAttached } from './attachment.ts';
import { type ContainerFlags, containerFlags, containerSpec } from './container-flags.ts';
import { withHelp, writeIdFile } from './create.ts';
import { detachKeysFlag, NO_STREAM, readDetachKeys } from './detach-keys.ts';
import { type Docker, DockerError, defineCommand, failDocker, refusalOf } from './docker-command.ts';
import { pullMissing } from './pull.ts';

const CANNOT = 125;
const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;

export const run = defineCommand({
  paths: ['docker container run', 'docker run'],
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  summary: 'Create a container from an image and run it',
  flags: {
    ...containerFlags,
    detach: { kind: 'bool', short: 'd', help: 'Run it in the background and print its ID' },
    'detach-keys': detachKeysFlag,
    'sig-proxy': { kind: 'bool', help: 'Pass signals on to the container', initial: true },
  },
  count: { least: 1 },
  takesCommand: true,
  run: async (docker, flags, words) => {
    try {
      return await runContainer(docker, flags, flags, words);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || isPlain(error)) throw error;
      await docker.complain(withHelp(refusal.message, 'run'));
      return statusOf(error, refusal.message);
    }
  },
});

const NO_TERMINAL = 'the input device is not a TTY';
const isPlain = (error: unknown): boolean =>
  error instanceof DockerError &&
  ([NO_TERMINAL, NO_STREAM].includes(error.message) || error.message.includes('requires API version'));

/** 127: no such program; 126: no right to run it; 125: docker itself failed. */
const statusOf = (error: unknown, message: string): number => {
  if (isEngineError(error, 'exec-not-found')) return NOT_FOUND;
  if (isEngineError(error) && /no such file or directory(: unknown)?$/.test(message)) return NOT_FOUND;
  return message.includes('permission denied') ? NOT_EXECUTABLE : CANNOT;
};

const runContainer = async (
  docker: Docker,
  flags: ContainerFlags,
  { detach, 'detach-keys': keys }: { readonly detach: boolean; readonly 'detach-keys': string | undefined },
  words: readonly string[],
): Promise<number> => {
  const spec = containerSpec(docker, flags, words, { detach });
  if (detach && flags.attach.length > 0)
    failDocker('conflicting options: cannot specify both --attach and --detach');
  if (!detach) needTerminal(docker, flags);
  await pullMissing(docker, spec.image, flags);
  const { containers } = docker.engine;
  const { id } = containers.create(spec);
  writeIdFile(docker, flags.cidfile, id);
  if (detach) {
    // The ID is printed even when the start fails.
    docker.line(id);
    await startOrRemove(docker, id, flags.rm, () => containers.start(id));
    return 0;
  }
  const begin = async (attachment: Attachment): Promise<number> => {
    await startOrRemove(docker, id, flags.rm, () => containers.start(id, attachment));
    return containers.wait(id);
  };
  return whileAttached(docker, id, flags.interactive, begin, readDetachKeys(keys));
};

/** With --rm, a container that did not start is not kept either. */
const startOrRemove = async (
  docker: Docker,
  id: string,
  temporary: boolean,
  start: () => void,
): Promise<void> => {
  try {
    start();
  } catch (error) {
    if (temporary && docker.engine.containers.find(id) !== undefined) {
      await docker.engine.containers.remove(id, { force: true, volumes: true });
    }
    throw error;
  }
};
