// docker network: the books of networks, addresses and members. Nothing is ever sent over them here.

import type { NetworkInspect } from '../../engine/network-contract.ts';
import { parseTime } from '../../engine/time.ts';
import { confirmed, forceFlag } from './confirmation.ts';
import { type Docker, defineCommand, failDocker, refusalOf } from './docker-command.ts';
import {
  type Filters,
  filterFlag,
  labelsFit,
  passes,
  passesLabels,
  readFilters,
  readTruth,
} from './filters.ts';
import { type GoValue, Methods } from './go-value.ts';
import { longNanoTime, shortId } from './human.ts';
import { formatFlag, printListing } from './listing.ts';
import { badMoment, readMoment } from './moment.ts';
import { pairs } from './pairs.ts';

const headings = {
  ID: 'NETWORK ID',
  Name: 'NAME',
  Driver: 'DRIVER',
  Scope: 'SCOPE',
  IPv4: 'IPV4',
  IPv6: 'IPV6',
  Internal: 'INTERNAL',
  Labels: 'LABELS',
  CreatedAt: 'CREATED AT',
};

const fitting = (docker: Docker, filters: Filters): ((network: NetworkInspect) => boolean) => {
  const dangling = readTruth(filters, 'dangling');
  const { networks } = docker.engine;
  const isCustom = ({ Id }: NetworkInspect): boolean => !networks.isBuiltIn(Id);
  return (network) =>
    passes(filters, 'name', (name) => network.Name.includes(name)) &&
    passes(filters, 'id', (id) => network.Id.includes(id)) &&
    passes(filters, 'driver', (driver) => network.Driver === driver) &&
    passes(filters, 'scope', (scope) => network.Scope === scope) &&
    passes(filters, 'type', (type) => isCustom(network) === (type === 'custom')) &&
    passesLabels(filters, network.Labels) &&
    (dangling === undefined ||
      (isCustom(network) && Object.keys(network.Containers).length === 0) === dangling);
};

export const networkLs = defineCommand({
  paths: ['docker network ls', 'docker network list'],
  usage: '[OPTIONS]',
  summary: 'List networks (nothing is ever sent over them here)',
  flags: {
    filter: filterFlag,
    format: formatFlag,
    'no-trunc': { kind: 'bool', help: 'Print everything in full' },
    quiet: { kind: 'bool', short: 'q', help: 'Only IDs' },
  },
  count: { least: 0, most: 0 },
  request: () => 'Get networks',
  run: (docker, { filter, format, quiet, 'no-trunc': full }) => {
    const filters = readFilters(filter, ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type']);
    const list = docker.engine.networks.list().filter(fitting(docker, filters));
    const idOf = ({ Id }: NetworkInspect): string => (full ? Id : shortId(Id));
    if (quiet) {
      for (const network of list) docker.line(idOf(network));
      return 0;
    }
    const rows = list.map((network) => networkRow(network, idOf(network)));
    const columns = ['ID', 'Name', 'Driver', 'Scope'];
    const raw = { network_id: 'ID', name: 'Name', driver: 'Driver', scope: 'Scope' };
    return printListing(docker, { rows, headings, columns, raw, format });
  },
});

const networkRow = (network: NetworkInspect, id: string): Methods =>
  new Methods('*network.networkContext', {
    ID: () => id,
    Name: () => network.Name,
    Driver: () => network.Driver,
    Scope: () => network.Scope,
    // The daemon is older than the question.
    IPv4: () => 'false',
    IPv6: () => String(network.EnableIPv6),
    Internal: () => String(network.Internal),
    Labels: () =>
      Object.entries(network.Labels)
        .map(([name, value]) => `${name}=${value}`)
        .join(','),
    Label: (name: GoValue) => network.Labels[String(name)] ?? '',
    CreatedAt: () => longNanoTime(parseTime(network.Created)),
  });

export const networkCreate = defineCommand({
  paths: ['docker network create'],
  usage: '[OPTIONS] NETWORK',
  summary: 'Create a network',
  flags: {
    attachable: { kind: 'bool', help: 'Containers may join it by hand' },
    driver: { kind: 'string', short: 'd', help: 'Driver of the network', initial: 'bridge' },
    internal: { kind: 'bool', help: 'Nothing leads out of it' },
    ipv6: { kind: 'bool', help: 'Addresses of IPv6 too (accepted)' },
    label: { kind: 'list', help: 'Note a name=value about the network' },
    opt: { kind: 'list', short: 'o', help: 'Option of the driver' },
  },
  count: { least: 1, most: 1 },
  request: () => 'Post networks/create',
  run: (docker, { attachable, driver, internal, label, opt }, [name = '']) => {
    const labels = pairs(label);
    const asked = { name, driver: driver ?? '', internal, attachable, labels, options: pairs(opt) };
    docker.line(docker.engine.networks.create(asked));
    return 0;
  },
});

const NOT_ALL = 'exit status 1';

export const networkRm = defineCommand({
  paths: ['docker network rm', 'docker network remove'],
  usage: 'NETWORK [NETWORK...]',
  summary: 'Remove networks that no container is on',
  flags: { force: { kind: 'bool', short: 'f', help: 'A network that is not there is no error' } },
  count: { least: 1 },
  request: ([name]) => `Delete networks/${name}`,
  run: async (docker, { force }, names) => {
    let failed = false;
    for (const name of names) {
      if (force && docker.engine.networks.find(name) === undefined) continue;
      try {
        docker.engine.networks.remove(name);
        docker.line(name);
      } catch (error) {
        const refusal = refusalOf(error);
        if (!refusal) throw error;
        await docker.complain(refusal.message);
        failed = true;
      }
    }
    if (failed) failDocker(NOT_ALL);
    return 0;
  },
});

export const networkConnect = defineCommand({
  paths: ['docker network connect'],
  usage: '[OPTIONS] NETWORK CONTAINER',
  summary: 'Put a container on one more network',
  flags: { alias: { kind: 'list', help: 'Further name of the container there' } },
  count: { least: 2, most: 2 },
  request: ([name]) => `Post networks/${name}/connect`,
  run: (docker, { alias }, [network = '', container = '']) => {
    docker.engine.networks.connect(network, container, alias);
    return 0;
  },
});

export const networkDisconnect = defineCommand({
  paths: ['docker network disconnect'],
  usage: '[OPTIONS] NETWORK CONTAINER',
  summary: 'Take a container off a network',
  flags: { force: { kind: 'bool', short: 'f', help: 'Even one that is not there any more' } },
  count: { least: 2, most: 2 },
  request: ([name]) => `Post networks/${name}/disconnect`,
  run: (docker, _options, [network = '', container = '']) => {
    docker.engine.networks.disconnect(network, container);
    return 0;
  },
});

/** What pruning networks prints. Throws DockerError. */
export const pruneNetworks = (docker: Docker, filters: Filters): string => {
  const before = untilOf(docker, filters);
  const names = docker.engine.networks.prune(
    (network) =>
      labelsFit(filters, network.Labels) && (before === undefined || parseTime(network.Created) < before),
  );
  return names.length === 0 ? '' : `Deleted Networks:\n${names.map((name) => `${name}\n`).join('')}\n`;
};

/** The `until` of a prune: what was made before it goes. Throws DockerError. */
export const untilOf = (docker: Docker, filters: Filters): bigint | undefined => {
  const [text] = filters.get('until') ?? [];
  if (text === undefined) return undefined;
  return readMoment(docker, text) ?? failDocker(`Error response from daemon: ${badMoment(text)}`);
};

export const networkPrune = defineCommand({
  paths: ['docker network prune'],
  usage: '[OPTIONS]',
  summary: 'Remove all networks that no container is on',
  flags: { filter: { ...filterFlag, short: undefined }, force: forceFlag },
  count: { least: 0, most: 0 },
  run: async (docker, { filter, force }) => {
    const filters = readFilters(filter, ['label', 'label!', 'until']);
    const warning = 'This will remove all custom networks not used by at least one container.';
    if (!force && !(await confirmed(docker, warning))) return 0;
    docker.print(pruneNetworks(docker, filters));
    return 0;
  },
});
