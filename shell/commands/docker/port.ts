// docker port: where the ports of a container are published.

import { type Docker, defineCommand, failDocker } from './docker-command.ts';

const shownAddress = (address: string): string => (address.includes(':') ? `[${address}]` : address);

export const port = defineCommand({
  paths: ['docker container port', 'docker port'],
  usage: 'CONTAINER [PRIVATE_PORT[/PROTO]]',
  summary: 'Show which ports of a container are published (nothing is ever sent over them here)',
  flags: {},
  count: { least: 1, most: 2 },
  request: ([name]) => `Get containers/${name}/json`,
  run: (docker, _options, [name = '', wanted]) => {
    const { NetworkSettings } = docker.engine.containers.inspect(name);
    const ports = NetworkSettings.Ports as Record<string, { HostIp: string; HostPort: string }[] | null>;
    return wanted === undefined ? showAll(docker, ports) : showOne(docker, ports, wanted, name);
  },
});

type Ports = Readonly<Record<string, readonly { HostIp: string; HostPort: string }[] | null>>;

const showAll = (docker: Docker, ports: Ports): number => {
  for (const [inside, bindings] of Object.entries(ports)) {
    for (const { HostIp, HostPort } of bindings ?? [])
      docker.line(`${inside} -> ${shownAddress(HostIp)}:${HostPort}`);
  }
  return 0;
};

const showOne = (docker: Docker, ports: Ports, wanted: string, name: string): number => {
  const bindings = ports[wanted.includes('/') ? wanted : `${wanted}/tcp`];
  if (bindings === null || bindings === undefined)
    return failDocker(`Error: No public port '${wanted}' published for ${name}`);
  for (const { HostIp, HostPort } of bindings) docker.line(`${shownAddress(HostIp)}:${HostPort}`);
  return 0;
};
