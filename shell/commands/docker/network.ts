// docker network ls, docker context ls, docker login: what every machine with docker has, and all there is here.

import { SOCKET } from '../../engine/connect.ts';
import { defineCommand, failDocker } from './docker-command.ts';
import { textTable } from './text-table.ts';

const networks = [
  ['e96780ca5b94', 'bridge', 'bridge', 'local'],
  ['754b43096af1', 'host', 'host', 'local'],
  ['99d79319035b', 'none', 'null', 'local'],
];

export const networkLs = defineCommand({
  paths: ['docker network ls', 'docker network list'],
  usage: '[OPTIONS]',
  summary: 'List networks (nothing is ever sent over them here)',
  flags: { quiet: { kind: 'bool', short: 'q', help: 'Only IDs' } },
  count: { least: 0, most: 0 },
  request: () => 'Get networks',
  run: (docker, { quiet }) => {
    docker.engine.info();
    if (quiet) docker.print(networks.map(([id]) => `${id}\n`).join(''));
    else docker.print(textTable([['NETWORK ID', 'NAME', 'DRIVER', 'SCOPE'], ...networks]));
    return 0;
  },
});

export const contextLs = defineCommand({
  paths: ['docker context ls', 'docker context list'],
  usage: '[OPTIONS]',
  summary: 'List the daemons one could talk to',
  flags: {},
  count: { least: 0, most: 0 },
  run: (docker) => {
    const row = ['default *', 'Current DOCKER_HOST based configuration', `unix:///var${SOCKET}`, ''];
    docker.print(textTable([['NAME', 'DESCRIPTION', 'DOCKER ENDPOINT', 'ERROR'], row]));
    return 0;
  },
});

export const login = defineCommand({
  paths: ['docker login'],
  usage: '[OPTIONS] [SERVER]',
  summary: 'Log in to a registry (there is none here)',
  flags: {},
  count: { least: 0, most: 1 },
  run: () => failDocker('Error: cowsh has no network: there is no registry to log in to'),
});
