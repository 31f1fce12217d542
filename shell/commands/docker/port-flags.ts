// -p and --expose: `[ADDRESS:][HOST:]CONTAINER[/PROTOCOL]`, single ports or ranges.

import type { PortBinding } from '../../engine/published-ports.ts';
import { failDocker } from './docker-command.ts';

interface Range {
  readonly first: number;
  readonly last: number;
}

const readRange = (text: string): Range | undefined => {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const range = { first: Number(from), last: Number(to) };
  const fits = from !== undefined && range.last >= range.first && range.last <= 65_535;
  return fits ? range : undefined;
};

const PROTOCOLS = ['tcp', 'udp', 'sctp'];

/** Port and protocol. Throws DockerError. */
const splitProtocol = (text: string): [ports: string, protocol: string] => {
  const slash = text.indexOf('/');
  const protocol = slash === -1 ? 'tcp' : text.slice(slash + 1).toLowerCase();
  if (!PROTOCOLS.includes(protocol)) failDocker(`invalid proto: ${protocol}`);
  return [slash === -1 ? text : text.slice(0, slash), protocol];
};

const isAddress = (text: string): boolean =>
  text === '' || /^\d{1,3}(\.\d{1,3}){3}$/.test(text) || /^\[[0-9a-fA-F:.]+\]$/.test(text);

type Bindings = Record<string, PortBinding[]>;

/** What `-p` asks for, by `80/tcp`. Throws DockerError. */
export const readPublish = (specs: readonly string[]): Bindings => {
  const bindings: Bindings = {};
  for (const spec of specs) {
    for (const [port, binding] of readOne(spec)) bindings[port] = [...(bindings[port] ?? []), binding];
  }
  return bindings;
};

const readOne = (spec: string): [string, PortBinding][] => {
  const parts = spec.split(':');
  const [container = '', protocol] = splitProtocol(parts.pop() ?? '');
  const host = parts.pop() ?? '';
  const address = parts.join(':');
  if (!isAddress(address)) failDocker(`invalid IP address: ${address}`);
  if (container === '') failDocker(`no port specified: ${spec}<empty>`);
  const inside = readRange(container) ?? failDocker(`invalid containerPort: ${container}`);
  const outside = host === '' ? undefined : (readRange(host) ?? failDocker(`invalid hostPort: ${host}`));
  const many = inside.last - inside.first;
  if (outside !== undefined && outside.last - outside.first !== many && many !== 0)
    failDocker(`invalid ranges specified for container and host Ports: ${container} and ${host}`);
  const HostIp = address.replace(/^\[|\]$/g, '');
  return Array.from({ length: many + 1 }, (_, at): [string, PortBinding] => {
    const HostPort = outside === undefined ? '' : many === 0 ? host : String(outside.first + at);
    return [`${inside.first + at}/${protocol}`, { HostIp, HostPort }];
  });
};

/** What `--expose` names, as `90/tcp`. Throws DockerError. */
export const readExposed = (specs: readonly string[]): string[] =>
  specs.flatMap((spec) => {
    if (spec.includes(':')) failDocker(`invalid port format for --expose: ${spec}`);
    const [ports, protocol] = splitProtocol(spec);
    const range =
      readRange(ports) ??
      failDocker(`invalid range format for --expose: ${ports}, error: invalid containerPort: ${ports}`);
    return Array.from({ length: range.last - range.first + 1 }, (_, at) => `${range.first + at}/${protocol}`);
  });
