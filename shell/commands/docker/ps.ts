// docker ps: containers as a list.

import type { ContainerSummary } from '../../engine/contract.ts';
import { humanDuration } from '../../engine/time.ts';
import { type Docker, defineCommand, failDocker } from './docker-command.ts';
import { type Filters, filterFlag, passes, passesLabels, readFilters } from './filters.ts';
import type { FlagTable } from './flags.ts';
import { type GoValue, Methods } from './go-value.ts';
import { ellipsis, humanSize, longTime, shortId } from './human.ts';
import { formatFlag, printListing } from './listing.ts';
import { portsText } from './port-text.ts';

const flags = {
  all: { kind: 'bool', short: 'a', help: 'Stopped containers too' },
  filter: filterFlag,
  format: formatFlag,
  last: { kind: 'int', short: 'n', help: 'Only the newest n containers, in any state', initial: -1 },
  latest: { kind: 'bool', short: 'l', help: 'Only the newest container, in any state' },
  'no-trunc': { kind: 'bool', help: 'Print everything in full' },
  quiet: { kind: 'bool', short: 'q', help: 'Only container IDs' },
  size: { kind: 'bool', short: 's', help: 'Sizes of the writable layers' },
} satisfies FlagTable;

const headings = {
  ID: 'CONTAINER ID',
  Image: 'IMAGE',
  Command: 'COMMAND',
  RunningFor: 'CREATED',
  Status: 'STATUS',
  Ports: 'PORTS',
  Names: 'NAMES',
  Size: 'SIZE',
  CreatedAt: 'CREATED AT',
  Labels: 'LABELS',
  LocalVolumes: 'LOCAL VOLUMES',
  Mounts: 'MOUNTS',
  Networks: 'NETWORKS',
  Platform: 'PLATFORM',
  State: 'STATE',
};

const rawColumns = {
  container_id: 'ID',
  image: 'Image',
  command: 'Command',
  created_at: 'CreatedAt',
  state: 'State',
  status: 'Status',
  names: 'Names',
  labels: 'Labels',
  ports: 'Ports',
};

const statuses = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];
const filterNames = [
  'ancestor',
  'before',
  'exited',
  'expose',
  'health',
  'id',
  'is-task',
  'isolation',
  'label',
  'name',
  'network',
  'publish',
  'since',
  'status',
  'volume',
];

const IGNORED_FORMAT = 'WARNING: Ignoring custom format, because both --format and --quiet are set.';

export const ps = defineCommand({
  paths: ['docker container ls', 'docker container list', 'docker container ps', 'docker ps'],
  usage: '[OPTIONS]',
  summary: 'List containers',
  flags,
  count: { least: 0, most: 0 },
  request: () => 'Get containers/json',
  run: async (docker, options) => {
    const filters = readFilters(options.filter, filterNames);
    checkFilters(filters);
    const newest = options.latest ? 1 : (options.last ?? -1);
    const all = options.all || newest > 0 || filters.has('status') || filters.has('exited');
    const fitting = docker.engine.containers.list({ all }).filter(containerFilter(docker, filters));
    const containers = newest > 0 ? fitting.slice(0, newest) : fitting;
    if (options.quiet) {
      if ((options.format ?? '') !== '') await docker.complain(IGNORED_FORMAT);
      for (const { id } of containers) docker.line(options['no-trunc'] ? id : shortId(id));
      return 0;
    }
    const sized = options.size || /\.Size\b|json \./.test(options.format ?? '');
    const rows = containers.map((one) => containerRow(docker, one, { full: options['no-trunc'], sized }));
    const columns = ['ID', 'Image', 'Command', 'RunningFor', 'Status', 'Ports', 'Names'];
    if (options.size) columns.push('Size');
    const raw = options.size ? { ...rawColumns, size: 'Size' } : rawColumns;
    return printListing(docker, { rows, headings, columns, raw, format: options.format });
  },
});

const containerFilter = (docker: Docker, filters: Filters): ((container: ContainerSummary) => boolean) => {
  const { containers, images } = docker.engine;
  const place = (name: string): bigint | undefined => {
    const [reference] = filters.get(name) ?? [];
    if (reference === undefined) return undefined;
    const id =
      containers.find(reference) ?? failDocker(`Error response from daemon: no such container ${reference}`);
    return containers.list({ all: true }).find((one) => one.id === id)?.created;
  };
  const before = place('before');
  const since = place('since');
  const ancestors = new Set((filters.get('ancestor') ?? []).map((name) => images.find(name)));
  return (one) =>
    passes(filters, 'id', (id) => one.id.startsWith(id)) &&
    passes(filters, 'name', (name) => nameFits(one.name, name)) &&
    passes(filters, 'status', (status) => one.state.Status === status) &&
    passes(filters, 'exited', (code) => isOver(one) && one.state.ExitCode === Number(code)) &&
    passes(filters, 'volume', (name) =>
      one.mounts.some((mount) => mount.Name === name || mount.Destination === name),
    ) &&
    passes(filters, 'network', (name) => one.networks.includes(name)) &&
    passes(filters, 'health', (health) => health === (one.state.Health?.Status ?? 'none')) &&
    passes(filters, 'is-task', (text) => text === 'false') &&
    passes(filters, 'publish', (text) => portFits(one, text, 'publish')) &&
    passes(filters, 'expose', (text) => portFits(one, text, 'expose')) &&
    passesLabels(filters, one.labels) &&
    (!filters.has('ancestor') || descends(docker, one.imageId, ancestors)) &&
    (before === undefined || one.created < before) &&
    (since === undefined || one.created > since);
};

/** A regular expression; one that is none fits nothing. */
const nameFits = (name: string, text: string): boolean => {
  try {
    const pattern = new RegExp(text);
    return pattern.test(name) || pattern.test(`/${name}`);
  } catch {
    return name === text;
  }
};

const portFits = (one: ContainerSummary, text: string, kind: 'publish' | 'expose'): boolean => {
  const [range = '', protocol = 'tcp'] = text.split('/');
  const [first = '', last = first] = range.split('-');
  if (!/^\d+$/.test(first)) {
    const why = `strconv.ParseUint: parsing ${JSON.stringify(first)}: invalid syntax`;
    return failDocker(`Error response from daemon: error while looking up for ${kind} ${text}: ${why}`);
  }
  const inside = (port: string, its: string): boolean =>
    its === protocol && Number(port) >= Number(first) && Number(port) <= Number(last);
  if (kind === 'expose') return one.exposed.some((port) => inside(...splitPort(port)));
  return Object.entries(one.ports).some(([port, bindings]) =>
    (bindings ?? []).some(({ HostPort }) => inside(HostPort, splitPort(port)[1])),
  );
};

const splitPort = (port: string): [string, string] => {
  const [number = '', protocol = ''] = port.split('/');
  return [number, protocol];
};

/** What filters the daemon cannot make sense of. Throws DockerError. */
const checkFilters = (filters: Filters): void => {
  const refuse = (why: string): never => failDocker(`Error response from daemon: ${why}`);
  const code = filters.get('exited')?.find((text) => !/^[+-]?\d+$/.test(text));
  if (code !== undefined) refuse(`strconv.Atoi: parsing ${JSON.stringify(code)}: invalid syntax`);
  const status = filters.get('status')?.find((text) => !statuses.includes(text));
  if (status !== undefined) refuse(`Invalid filter 'status=${status}'`);
  const health = filters.get('health')?.find((text) => !healths.includes(text));
  if (health !== undefined) refuse(`Unrecognised filter value for health: ${health}`);
};

const healths = ['starting', 'healthy', 'unhealthy', 'none'];

const isOver = (container: ContainerSummary): boolean => ['exited', 'dead'].includes(container.state.Status);

const descends = (docker: Docker, imageId: string, ancestors: ReadonlySet<string | undefined>): boolean => {
  for (let id = imageId; id !== ''; id = docker.engine.images.inspect(id).Parent) {
    if (ancestors.has(id)) return true;
  }
  return false;
};

/** Docker counts ages from whole seconds. */
const wholeSecond = (time: bigint): bigint => (time / 1_000_000_000n) * 1_000_000_000n;
export const ago = (docker: Docker, time: bigint): string =>
  `${humanDuration(docker.now - wholeSecond(time))} ago`;

const containerRow = (
  docker: Docker,
  one: ContainerSummary,
  { full, sized }: { full: boolean; sized: boolean },
): Methods =>
  new Methods('*formatter.ContainerContext', {
    ID: () => (full ? one.id : shortId(one.id)),
    Names: () => one.name,
    Image: () => one.image,
    Command: () => JSON.stringify(full ? one.command : ellipsis(one.command, 20)),
    CreatedAt: () => longTime(one.created),
    RunningFor: () => ago(docker, one.created),
    Ports: () => portsText(one),
    Platform: () => null,
    State: () => one.state.Status,
    Status: () => one.status,
    Size: () => containerSize(docker, one.id, sized),
    Labels: () =>
      Object.entries(one.labels)
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join(','),
    Label: (name: GoValue) => one.labels[String(name)] ?? '',
    Mounts: () =>
      one.mounts.map((mount) => (full ? mountName(mount) : ellipsis(mountName(mount), 15))).join(','),
    LocalVolumes: () => String(one.mounts.filter((mount) => mount.Driver === 'local').length),
    Networks: () => one.networks.join(','),
  });

const mountName = (mount: ContainerSummary['mounts'][number]): string => mount.Name ?? mount.Source;

const containerSize = (docker: Docker, id: string, sized: boolean): string => {
  if (!sized) return '0B';
  const { rw, rootFs } = docker.engine.containers.size(id);
  const own = humanSize(rw, 3);
  return rootFs > 0 ? `${own} (virtual ${humanSize(rootFs, 3)})` : own;
};
