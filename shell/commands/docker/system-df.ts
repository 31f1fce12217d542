// docker system df: what images, containers and volumes take, and what could be had back.

import type { ContainerSummary, ImageSummary, VolumeUsage } from '../../engine/contract.ts';
import { type Docker, defineCommand } from './docker-command.ts';
import { Methods } from './go-value.ts';
import { ellipsis, humanSize, shortId } from './human.ts';
import { formatFlag, printListing } from './listing.ts';
import { ago } from './ps.ts';
import { textTable } from './text-table.ts';

interface ImageUsage {
  readonly image: ImageSummary;
  /** Bytes of layers that other images have too. */
  readonly shared: number;
}

/** Each image with what it shares with the others in the list. */
const imageUsage = (docker: Docker): ImageUsage[] => {
  const list = docker.engine.images
    .list()
    .map((image) => ({ image, layers: docker.engine.images.layers(image.id) }));
  const users = new Map<string, number>();
  for (const { layers } of list)
    for (const { chain } of layers) users.set(chain, (users.get(chain) ?? 0) + 1);
  return list.map(({ image, layers }) => ({
    image,
    shared: layers.reduce((sum, { chain, size }) => sum + ((users.get(chain) ?? 0) > 1 ? size : 0), 0),
  }));
};

interface Row {
  readonly type: string;
  readonly total: number;
  readonly active: number;
  readonly size: number;
  readonly reclaimable: number;
}

const isActive = ({ state }: ContainerSummary): boolean => state.Running || state.Paused || state.Restarting;

const summaries = (docker: Docker): Row[] => {
  const { images, containers, volumes } = docker.engine;
  const imageList = imageUsage(docker);
  const containerList = containers
    .list({ all: true })
    .map((one) => ({ one, size: containers.size(one.id).rw }));
  const volumeList = volumes.usage();
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const imageBytes = images.diskUsage();
  const used = imageList.filter(({ image }) => image.containers > 0);
  return [
    {
      type: 'Images',
      total: imageList.length,
      active: used.length,
      size: imageBytes,
      reclaimable: imageBytes - sum(used.map(({ image, shared }) => image.size - shared)),
    },
    {
      type: 'Containers',
      total: containerList.length,
      active: containerList.filter(({ one }) => isActive(one)).length,
      size: sum(containerList.map(({ size }) => size)),
      reclaimable: sum(containerList.filter(({ one }) => !isActive(one)).map(({ size }) => size)),
    },
    {
      type: 'Local Volumes',
      total: volumeList.length,
      active: volumeList.filter(({ links }) => links > 0).length,
      size: sum(volumeList.map(({ size }) => size)),
      reclaimable: sum(volumeList.filter(({ links }) => links === 0).map(({ size }) => size)),
    },
    { type: 'Build Cache', total: 0, active: 0, size: 0, reclaimable: 0 },
  ];
};

const reclaimableText = ({ size, reclaimable }: Row): string =>
  size > 0
    ? `${humanSize(reclaimable)} (${Math.floor((reclaimable * 100) / size)}%)`
    : humanSize(reclaimable);

const summaryRow = (row: Row): Methods =>
  new Methods('*formatter.diskUsageContext', {
    Type: () => row.type,
    TotalCount: () => String(row.total),
    Active: () => String(row.active),
    Size: () => humanSize(row.size),
    Reclaimable: () => reclaimableText(row),
  });

const headings = {
  Type: 'TYPE',
  TotalCount: 'TOTAL',
  Active: 'ACTIVE',
  Size: 'SIZE',
  Reclaimable: 'RECLAIMABLE',
};

export const systemDf = defineCommand({
  paths: ['docker system df'],
  usage: '[OPTIONS]',
  summary: 'Show what docker takes on the disk',
  flags: {
    format: formatFlag,
    verbose: { kind: 'bool', short: 'v', help: 'Image by image, container by container' },
  },
  count: { least: 0, most: 0 },
  request: () => 'Get system/df',
  run: (docker, { format, verbose }) => {
    if (verbose) {
      docker.print([imagesText(docker), containersText(docker), volumesText(docker), cacheText].join('\n'));
      return 0;
    }
    return printListing(docker, {
      rows: summaries(docker).map(summaryRow),
      headings,
      columns: Object.keys(headings),
      format,
    });
  },
});

const imagesText = (docker: Docker): string => {
  const rows = imageUsage(docker).flatMap(({ image, shared }) =>
    (image.tags.length > 0 ? image.tags : ['<none>:<none>']).map((name) => [
      name.slice(0, name.lastIndexOf(':')),
      name.slice(name.lastIndexOf(':') + 1),
      shortId(image.id),
      ago(docker, image.created),
      humanSize(image.size, 3),
      humanSize(shared),
      humanSize(image.size - shared),
      String(image.containers),
    ]),
  );
  const heading = [
    'REPOSITORY',
    'TAG',
    'IMAGE ID',
    'CREATED',
    'SIZE',
    'SHARED SIZE',
    'UNIQUE SIZE',
    'CONTAINERS',
  ];
  return `Images space usage:\n\n${textTable([heading, ...rows])}`;
};

const containersText = (docker: Docker): string => {
  const rows = docker.engine.containers
    .list({ all: true })
    .map((one) => [
      shortId(one.id),
      one.image,
      JSON.stringify(ellipsis(one.command, 20)),
      String(one.mounts.filter((mount) => mount.Driver === 'local').length),
      humanSize(docker.engine.containers.size(one.id).rw, 3),
      ago(docker, one.created),
      one.status,
      one.name,
    ]);
  const heading = ['CONTAINER ID', 'IMAGE', 'COMMAND', 'LOCAL VOLUMES', 'SIZE', 'CREATED', 'STATUS', 'NAMES'];
  return `Containers space usage:\n\n${textTable([heading, ...rows])}`;
};

const volumesText = (docker: Docker): string => {
  const row = ({ Name, links, size }: VolumeUsage): string[] => [Name, String(links), humanSize(size)];
  const rows = docker.engine.volumes.usage().map(row);
  return `Local Volumes space usage:\n\n${textTable([['VOLUME NAME', 'LINKS', 'SIZE'], ...rows])}`;
};

const cacheText = `Build cache usage: 0B\n\n${textTable([['CACHE ID', 'CACHE TYPE', 'SIZE', 'CREATED', 'LAST USED', 'USAGE', 'SHARED']])}`;
