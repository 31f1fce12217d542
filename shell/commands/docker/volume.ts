// docker volume: directories that outlive containers.

import type { VolumeInspect } from '../../engine/contract.ts';
import { confirmed, forceFlag } from './confirmation.ts';
import { type Docker, defineCommand, failDocker, forEachOperand } from './docker-command.ts';
import { filterFlag, passes, passesLabels, readFilters, readTruth } from './filters.ts';
import { type GoValue, Methods } from './go-value.ts';
import { formatFlag, printListing } from './listing.ts';
import { pairs } from './pairs.ts';
import { pruneVolumes, report } from './prune.ts';

export const volumeCreate = defineCommand({
  paths: ['docker volume create'],
  usage: '[OPTIONS] [VOLUME]',
  summary: 'Create a volume',
  flags: {
    driver: { kind: 'string', short: 'd', help: 'Driver of the volume', initial: 'local' },
    label: { kind: 'list', help: 'Note a name=value about the volume' },
    name: { kind: 'string', help: 'Its name', hidden: true },
    opt: {
      kind: 'list',
      short: 'o',
      help: 'Option of the driver (kept: the data lies on the disk all the same)',
    },
  },
  count: { least: 0, most: 1 },
  request: () => 'Post volumes/create',
  run: (docker, { driver, label, name, opt }, [given]) => {
    const wanted = given ?? name;
    if (driver !== 'local') {
      failDocker(
        `Error response from daemon: create ${wanted ?? ''}: error looking up volume plugin ${driver}: plugin "${driver}" not found`,
      );
    }
    const named = (list: readonly string[]) => (list.length === 0 ? undefined : pairs(list));
    docker.line(docker.engine.volumes.create(wanted, named(label), named(opt)).Name);
    return 0;
  },
});

const headings = {
  Name: 'VOLUME NAME',
  Driver: 'DRIVER',
  Scope: 'SCOPE',
  Mountpoint: 'MOUNTPOINT',
  Labels: 'LABELS',
  Links: 'LINKS',
  Size: 'SIZE',
  Availability: 'AVAILABILITY',
  Group: 'GROUP',
  Status: 'STATUS',
};

export const volumeLs = defineCommand({
  paths: ['docker volume ls', 'docker volume list'],
  usage: '[OPTIONS]',
  summary: 'List volumes',
  flags: {
    filter: filterFlag,
    format: formatFlag,
    quiet: { kind: 'bool', short: 'q', help: 'Only names' },
  },
  count: { least: 0, most: 0 },
  request: () => 'Get volumes',
  run: (docker, { filter, format, quiet }) => {
    const filters = readFilters(filter, ['dangling', 'driver', 'label', 'name']);
    const dangling = readTruth(filters, 'dangling');
    const links = dangling === undefined ? undefined : linkCounts(docker);
    const volumes = docker.engine.volumes
      .list()
      .filter(
        (volume) =>
          passes(filters, 'name', (name) => volume.Name.includes(name)) &&
          passes(filters, 'driver', (driver) => volume.Driver === driver) &&
          passesLabels(filters, volume.Labels ?? {}) &&
          (links === undefined || (links.get(volume.Name) === 0) === dangling),
      );
    if (quiet) {
      for (const { Name } of volumes) docker.line(Name);
      return 0;
    }
    return printListing(docker, {
      rows: volumes.map(volumeRow),
      headings,
      columns: ['Driver', 'Name'],
      raw: { name: 'Name', driver: 'Driver' },
      format,
    });
  },
});

const linkCounts = (docker: Docker): Map<string, number> =>
  new Map(docker.engine.volumes.usage().map(({ Name, links }) => [Name, links]));

const volumeRow = (volume: VolumeInspect): Methods =>
  new Methods('*formatter.volumeContext', {
    Name: () => volume.Name,
    Driver: () => volume.Driver,
    Scope: () => volume.Scope,
    Mountpoint: () => volume.Mountpoint,
    Labels: () =>
      Object.entries(volume.Labels ?? {})
        .map(([name, value]) => `${name}=${value}`)
        .join(','),
    Label: (name: GoValue) => volume.Labels?.[String(name)] ?? '',
    Links: () => 'N/A',
    Size: () => 'N/A',
    Availability: () => 'N/A',
    Group: () => 'N/A',
    Status: () => 'N/A',
  });

export const volumeRm = defineCommand({
  paths: ['docker volume rm', 'docker volume remove'],
  usage: '[OPTIONS] VOLUME [VOLUME...]',
  summary: 'Remove volumes that no container uses',
  flags: { force: { kind: 'bool', short: 'f', help: 'A volume that is not there is no error' } },
  count: { least: 1 },
  request: ([name]) => `Delete volumes/${name}`,
  run: (docker, { force }, names) =>
    forEachOperand(docker, names, (name) => {
      docker.engine.volumes.remove(name, { force });
      docker.line(name);
    }),
});

export const volumePrune = defineCommand({
  paths: ['docker volume prune'],
  usage: '[OPTIONS]',
  summary: 'Remove all volumes that no container uses',
  flags: {
    all: { kind: 'bool', short: 'a', help: 'Named ones too (this daemon always does)' },
    filter: { ...filterFlag, short: undefined },
    force: forceFlag,
  },
  count: { least: 0, most: 0 },
  run: async (docker, { all, force, filter }) => {
    if (all) failDocker('"--all" requires API version 1.42, but the Docker daemon API version is 1.41');
    const filters = readFilters(filter, ['label', 'label!']);
    const warning = 'This will remove all local volumes not used by at least one container.';
    if (!force && !(await confirmed(docker, warning))) return 0;
    return report(docker, [pruneVolumes(docker, filters)]);
  },
});
