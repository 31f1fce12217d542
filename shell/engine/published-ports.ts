// Ports of a container that the host would show: what was asked for, and what is given while it runs.

import type { HostConfig } from './config.ts';
import { refuse } from './engine-error.ts';

export interface PortBinding {
  HostIp: string;
  HostPort: string;
}

/** `80/tcp` to where it is published; null: exposed only. */
export type PortMap = Record<string, PortBinding[] | null>;

/** The lowest port that is given to those who do not choose. */
const FIRST_FREE = 32_768;

/** `tcp 0.0.0.0:8080` of the ports that running containers have. */
const keysOf = (ports: PortMap): string[] =>
  Object.entries(ports).flatMap(([port, bindings]) =>
    (bindings ?? []).map(({ HostIp, HostPort }) => `${protocolOf(port)} ${HostIp}:${HostPort}`),
  );

const protocolOf = (port: string): string => port.slice(port.indexOf('/') + 1);

export interface PortWish {
  readonly exposed: readonly string[];
  readonly host: Pick<HostConfig, 'PortBindings' | 'PublishAllPorts'>;
  readonly others: readonly PortMap[];
  /** Name and ID of the endpoint, for the refusal. */
  readonly endpoint: readonly [name: string, id: string];
}

/** Throws port-taken. */
export const publishPorts = ({ exposed, host, others, endpoint }: PortWish): PortMap => {
  const taken = new Set(others.flatMap(keysOf));
  const wanted = new Map(exposed.map((port): [string, PortBinding[]] => [port, []]));
  for (const port of host.PublishAllPorts === true ? exposed : [])
    wanted.set(port, [{ HostIp: '', HostPort: '' }]);
  for (const [port, bindings] of Object.entries(host.PortBindings)) wanted.set(port, bindings);
  const given: PortMap = {};
  for (const [port, bindings] of [...wanted].sort(([a], [b]) => comparePorts(a, b))) {
    const bound = bindings.flatMap((binding) => bind(port, binding, taken, endpoint));
    given[port] = bound.length === 0 ? null : bound;
  }
  return Object.fromEntries(Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1)));
};

const bind = (
  port: string,
  { HostIp, HostPort }: PortBinding,
  taken: Set<string>,
  endpoint: PortWish['endpoint'],
): PortBinding[] => {
  const addresses = HostIp === '' ? ['0.0.0.0', '::'] : [HostIp];
  const protocol = protocolOf(port);
  const keyOf = (number: string) => `${protocol} ${addresses[0]}:${number}`;
  const [first = '', last = first] = HostPort.split('-');
  let number = first === '' ? FIRST_FREE : Number(first);
  while ((first === '' || number < Number(last)) && taken.has(keyOf(String(number)))) number++;
  if (taken.has(keyOf(String(number)))) {
    refuse('port-taken', ...endpoint, `${addresses[0]}:${number}`);
  }
  for (const address of addresses) taken.add(`${protocol} ${address}:${number}`);
  return addresses.map((address) => ({ HostIp: address, HostPort: String(number) }));
};

const comparePorts = (a: string, b: string): number =>
  Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);
