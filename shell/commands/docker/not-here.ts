// Subcommands of Docker that cowsh has no such thing for: it says so plainly, or as a daemon outside of a swarm does.

import { type DockerCommand, defineCommand, failDocker } from './docker-command.ts';
import { textTable } from './text-table.ts';

const NO_MANAGER =
  'Error response from daemon: This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

const absent = (name: string, summary: string, answer: (words: readonly string[]) => string): DockerCommand =>
  defineCommand({
    paths: [`docker ${name}`],
    usage: '',
    summary,
    flags: {},
    count: { least: 0 },
    takesCommand: true,
    run: (_docker, _options, words) => failDocker(answer(words)),
  });

const plainly = (name: string, what: string): DockerCommand =>
  absent(name, what, () => `docker ${name}: ${what}`);

/** What only the manager of a swarm has. */
const ofSwarm = (name: string): DockerCommand =>
  absent(name, 'Of swarms, which cowsh has none of', () => NO_MANAGER);

/** There are none, and none can be installed. */
const pluginLs = defineCommand({
  paths: ['docker plugin ls', 'docker plugin list'],
  usage: '[OPTIONS]',
  summary: 'List plugins (there are none)',
  flags: {},
  count: { least: 0, most: 0 },
  run: (docker) => {
    docker.print(textTable([['ID', 'NAME', 'DESCRIPTION', 'ENABLED']]));
    return 0;
  },
});

export const notHere: readonly DockerCommand[] = [
  pluginLs,
  plainly('compose', 'cowsh has no docker compose'),
  plainly('trust', 'cowsh signs no images'),
  plainly('manifest', 'cowsh has no network: there is no registry to ask'),
  absent(
    'checkpoint',
    'cowsh freezes no processes',
    ([verb = 'ls']) =>
      `docker checkpoint ${verb} is only supported on a Docker daemon with experimental features enabled`,
  ),
  absent('swarm', 'cowsh is one machine; it has no swarm', ([verb]) =>
    verb === 'leave'
      ? 'Error response from daemon: This node is not part of a swarm'
      : 'docker swarm: cowsh is one machine; it has no swarm',
  ),
  ...['config', 'node', 'secret', 'service', 'stack'].map(ofSwarm),
];
