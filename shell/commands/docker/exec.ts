// docker exec: one more program in a running container.

import { type EngineErrorCode, isEngineError } from '../../engine/engine-error.ts';
import { type Signal, shellStatus } from '../../fs/signal.ts';
import { needTerminal } from './attachment.ts';
import { detachKeysFlag, readDetachKeys } from './detach-keys.ts';
import { defineCommand } from './docker-command.ts';
import { envFlag, environment } from './environment.ts';

const NOT_STARTED = 126;

/** Refusals that come from the container's side: they arrive where the program's output would have. */
const inside: readonly EngineErrorCode[] = [
  'exec-not-found',
  'exec-failed',
  'exec-no-directory',
  'exec-relative-directory',
  'no-such-user',
  'no-such-group',
];

export const exec = defineCommand({
  paths: ['docker container exec', 'docker exec'],
  usage: '[OPTIONS] CONTAINER COMMAND [ARG...]',
  summary: 'Run one more command in a running container',
  flags: {
    detach: { kind: 'bool', short: 'd', help: 'Do not wait for it' },
    'detach-keys': detachKeysFlag,
    env: envFlag,
    'env-file': { kind: 'list', help: 'File with variables, one on a line' },
    interactive: { kind: 'bool', short: 'i', help: 'Give it our standard input' },
    privileged: { kind: 'bool', help: 'Give it all the rights of the host' },
    tty: { kind: 'bool', short: 't', help: 'Give it a terminal' },
    user: { kind: 'string', short: 'u', help: 'User (and group) to run as: name or number' },
    workdir: { kind: 'string', short: 'w', help: 'Working directory inside' },
  },
  count: { least: 2 },
  takesCommand: true,
  request: ([name]) => `Get containers/${name}/json`,
  run: async (docker, flags, [name = '', ...argv]) => {
    const { containers } = docker.engine;
    containers.resolve(name);
    if (!flags.detach) needTerminal(docker, flags);
    const wrongKeys = `Error response from daemon: Invalid escape keys (${flags['detach-keys']}) provided`;
    const detachKeys = readDetachKeys(flags['detach-keys'], wrongKeys);
    const env = environment(docker, flags['env-file'], flags.env);
    const spec = {
      argv,
      ...(env ? { env } : {}),
      ...(flags.user === undefined ? {} : { user: flags.user }),
      ...(flags.workdir === undefined ? {} : { workingDir: flags.workdir }),
      tty: flags.tty,
      stdin: flags.interactive,
      privileged: flags.privileged,
      detach: flags.detach,
      ...(detachKeys ? { detachKeys } : {}),
    };
    try {
      const { exited } = containers.exec(name, spec, docker.process);
      if (flags.detach) return 0;
      const { code, signal } = await docker.until(exited);
      return shellStatus(signal === undefined ? { code } : { code, signal: signal as Signal });
    } catch (error) {
      if (flags.detach || !isEngineError(error) || !inside.includes(error.code)) throw error;
      docker.print(`${error.message}\r\n`);
      return NOT_STARTED;
    }
  },
});
