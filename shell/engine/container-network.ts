// A container joins its networks when it starts and leaves them when it ends: addresses and ports in the books.

import { type ContainerRecord, nameOf } from './container-record.ts';
import type { Daemon } from './daemon.ts';
import { hexOf, sha256 } from './digest.ts';
import { refuse } from './engine-error.ts';
import { addHost } from './network-files.ts';
import { type Endpoint, emptyEndpoint, type NetworkSettings } from './network-settings.ts';
import type { Network } from './network-store.ts';
import { type PortMap, publishPorts } from './published-ports.ts';

/** The names of the networks that `--network` asks for; none for one that lives in another container's. */
export const askedNetworks = (mode: string): string[] => {
  if (mode.startsWith('container:')) return [];
  return [mode === 'default' ? 'bridge' : mode];
};

/** A container that has its own name server and its own names. */
const isOwn = (network: string): boolean => !['bridge', 'host', 'none'].includes(network);

/** Of a container that is being made. */
export const newEndpoints = (
  mode: string,
  id: string,
  aliases: readonly string[] = [],
): Record<string, Endpoint> =>
  Object.fromEntries(
    askedNetworks(mode).map((name) => [
      name,
      emptyEndpoint(isOwn(name) ? [...aliases, id.slice(0, 12)] : null),
    ]),
  );

/** Gives the record its addresses and ports. Throws no-such-network, port-taken. */
export const joinNetworks = (daemon: Daemon, record: ContainerRecord): void => {
  const settings = record.NetworkSettings;
  const host = daemon.containers.hostConfig(record.ID);
  const networks = Object.keys(settings.Networks).map((name) => daemon.networks.resolve(name));
  settings.SandboxID = hexOf(sha256(`sandbox ${record.ID} ${daemon.now()}`));
  settings.SandboxKey = `/run/docker/netns/${networks[0]?.Driver === 'host' ? 'default' : settings.SandboxID.slice(0, 12)}`;
  for (const network of networks) join(daemon, record, network);
  const bridged = networks.find(({ Driver }) => Driver === 'bridge');
  if (bridged === undefined) return;
  try {
    settings.Ports = publishPorts({
      exposed: Object.keys(record.Config.ExposedPorts ?? {}),
      host,
      others: runningSettings(daemon, record.ID).map(({ Ports }) => Ports ?? {}),
      endpoint: [nameOf(record), settings.Networks[bridged.Name]?.EndpointID ?? ''],
    });
  } catch (error) {
    leaveNetworks(daemon, record);
    throw error;
  }
};

/** Takes addresses and ports back. */
export const leaveNetworks = (daemon: Daemon, record: ContainerRecord): void => {
  const settings = record.NetworkSettings;
  for (const [name, endpoint] of Object.entries(settings.Networks)) {
    const network = daemon.networks.find(name);
    settings.Networks[name] = { ...emptyEndpoint(endpoint.Aliases), NetworkID: endpoint.NetworkID };
    if (network !== undefined) tellNetwork(daemon, network, 'disconnect', record.ID);
  }
  settings.Ports = null;
};

/** `docker network connect`; a container that does not run gets its address when it starts. */
export const connectNetwork = (
  daemon: Daemon,
  record: ContainerRecord,
  network: Network,
  aliases: readonly string[],
): void => {
  const { Networks } = record.NetworkSettings;
  if (network.Driver === 'host' || Networks.host !== undefined) refuse('host-network-stays');
  if (Networks.none !== undefined && record.State.Running) refuse('none-network-alone');
  if (Networks[network.Name] !== undefined && record.State.Running)
    refuse('already-on-network', nameOf(record), network.Name);
  Networks[network.Name] = emptyEndpoint(isOwn(network.Name) ? [...aliases, record.ID.slice(0, 12)] : null);
  if (record.State.Running) {
    join(daemon, record, network);
    addHost(daemon.process, record, Networks[network.Name]?.IPAddress ?? '');
  }
  record.NetworkSettings.Networks = sortedByName(Networks);
};

export const disconnectNetwork = (daemon: Daemon, record: ContainerRecord, network: Network): void => {
  if (network.Driver === 'host') refuse('host-network-stays');
  if (record.NetworkSettings.Networks[network.Name] === undefined)
    refuse('not-on-network', record.ID, network.Name);
  delete record.NetworkSettings.Networks[network.Name];
  if (record.State.Running) tellNetwork(daemon, network, 'disconnect', record.ID);
};

const sortedByName = (map: Record<string, Endpoint>): Record<string, Endpoint> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

const join = (daemon: Daemon, record: ContainerRecord, network: Network): void => {
  const settings = record.NetworkSettings;
  const { Aliases } = settings.Networks[network.Name] ?? emptyEndpoint();
  const address = network.prefix === undefined ? undefined : freeAddress(daemon, record.ID, network);
  settings.Networks[network.Name] = {
    ...emptyEndpoint(Aliases),
    NetworkID: network.Id,
    EndpointID: hexOf(sha256(`endpoint ${network.Id} ${record.ID} ${daemon.now()}`)),
    ...(address === undefined
      ? {}
      : {
          Gateway: `${network.prefix}.1`,
          IPAddress: address,
          IPPrefixLen: prefixLength(network),
          MacAddress: macOf(address),
        }),
  };
  tellNetwork(daemon, network, 'connect', record.ID);
};

export const prefixLength = ({ prefix = '' }: Network): number => (prefix.startsWith('192.') ? 20 : 16);

/** Docker makes the hardware address of the other one. */
const macOf = (address: string): string =>
  ['02:42', ...address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))].join(':');

/** The lowest address that no running container has. */
const freeAddress = (daemon: Daemon, id: string, network: Network): string => {
  const used = new Set(
    runningSettings(daemon, id).map(({ Networks }) => Networks[network.Name]?.IPAddress ?? ''),
  );
  let host = 2;
  while (used.has(`${network.prefix}.${host}`)) host++;
  return `${network.prefix}.${host}`;
};

const runningSettings = (daemon: Daemon, but: string): NetworkSettings[] =>
  [...daemon.live.keys()].flatMap((id) => {
    const record = id === but ? undefined : daemon.containers.peek(id);
    return record === undefined ? [] : [record.NetworkSettings];
  });

const tellNetwork = (daemon: Daemon, network: Network, action: string, container: string): void =>
  daemon.tell('network', action, network.Id, { container, name: network.Name, type: network.Driver });

/** Ports as `docker ps` and `docker port` know them: published while it runs, else exposed ones only. */
export const shownPorts = (record: Readonly<ContainerRecord>): PortMap => record.NetworkSettings.Ports ?? {};
