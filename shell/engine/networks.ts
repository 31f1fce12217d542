// The engine's networks: what `docker network` asks.

import { connectNetwork, disconnectNetwork, prefixLength } from './container-network.ts';
import { nameOf } from './container-record.ts';
import type { Daemon } from './daemon.ts';
import { refuse } from './engine-error.ts';
import type { NetworkInspect, Networks } from './network-contract.ts';
import type { Network, NewNetwork } from './network-store.ts';

export class NetworkService implements Networks {
  readonly #daemon: Daemon;

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  list(): NetworkInspect[] {
    return this.#daemon.networks.list().map((network) => this.#shown(network));
  }

  find(reference: string): string | undefined {
    return this.#daemon.networks.find(reference)?.Id;
  }

  inspect(reference: string): NetworkInspect {
    return this.#shown(this.#daemon.networks.resolve(reference));
  }

  create(asked: NewNetwork): string {
    const network = this.#daemon.networks.create(asked);
    this.#tell(network, 'create');
    return network.Id;
  }

  remove(reference: string): void {
    const network = this.#daemon.networks.resolve(reference);
    if (this.#daemon.networks.isBuiltIn(network.Id)) refuse('network-built-in', network.Name);
    if (this.#members(network).length > 0) refuse('network-in-use', network.Name, network.Id);
    this.#daemon.networks.remove(network.Id);
    this.#tell(network, 'destroy');
  }

  connect(reference: string, container: string, aliases: readonly string[] = []): void {
    const id = this.#daemon.containers.resolve(container);
    const network = this.#daemon.networks.resolve(reference);
    this.#daemon.containers.update(id, (record) => connectNetwork(this.#daemon, record, network, aliases));
  }

  disconnect(reference: string, container: string): void {
    const id = this.#daemon.containers.resolve(container);
    const network = this.#daemon.networks.resolve(reference);
    this.#daemon.containers.update(id, (record) => disconnectNetwork(this.#daemon, record, network));
  }

  prune(fits: (network: NetworkInspect) => boolean = () => true): string[] {
    const unused = this.list().filter(
      (network) =>
        !this.#daemon.networks.isBuiltIn(network.Id) &&
        Object.keys(network.Containers).length === 0 &&
        fits(network),
    );
    for (const { Id } of unused) this.remove(Id);
    this.#daemon.tell('network', 'prune', '', { reclaimed: '0' });
    return unused.map(({ Name }) => Name);
  }

  isBuiltIn(id: string): boolean {
    return this.#daemon.networks.isBuiltIn(id);
  }

  #tell(network: Network, action: string): void {
    this.#daemon.tell('network', action, network.Id, { name: network.Name, type: network.Driver });
  }

  /** Running containers on it, by ID. */
  #members(network: Network): [string, NetworkInspect['Containers'][string]][] {
    return [...this.#daemon.live.keys()]
      .sort()
      .flatMap((id): [string, NetworkInspect['Containers'][string]][] => {
        const record = this.#daemon.containers.peek(id);
        const endpoint = record?.NetworkSettings.Networks[network.Name];
        if (record === undefined || endpoint === undefined || endpoint.EndpointID === '') return [];
        const { EndpointID, MacAddress, IPAddress, IPPrefixLen } = endpoint;
        const IPv4Address = IPAddress === '' ? '' : `${IPAddress}/${IPPrefixLen}`;
        return [
          [id, { Name: nameOf(record), EndpointID, MacAddress, IPv4Address, IPv6Address: '' }] as const,
        ].map(([key, value]): [string, typeof value] => [key, value]);
      });
  }

  #shown(network: Network): NetworkInspect {
    const { prefix } = network;
    const subnet = prefix === undefined ? undefined : `${prefix}.0/${prefixLength(network)}`;
    return {
      Name: network.Name,
      Id: network.Id,
      Created: network.Created,
      Scope: 'local',
      Driver: network.Driver,
      EnableIPv6: false,
      IPAM: {
        Driver: 'default',
        Options: network.gateway ? {} : null,
        Config:
          subnet === undefined
            ? []
            : [{ Subnet: subnet, ...(network.gateway ? { Gateway: `${prefix}.1` } : {}) }],
      },
      Internal: network.Internal,
      Attachable: network.Attachable,
      Ingress: false,
      ConfigFrom: { Network: '' },
      ConfigOnly: false,
      Containers: Object.fromEntries(this.#members(network)),
      Options: network.Options,
      Labels: network.Labels,
    };
  }
}
