// docker system df: what images, containers and volumes take, and what could be had back.

import type { ContainerSummary } from '../../engine/contract.ts';
import { cacheUsage } from './cache-usage.ts';
import { type Docker, defineCommand } from './docker-command.ts';
import { Methods } from './go-value.ts';
import { humanSize } from './human.ts';
import { imageUsage } from './image-usage.ts';
import { formatFlag, printListing } from './listing.ts';
import { verboseText } from './system-df-verbose.ts';

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
    { type: 'Build Cache', ...cacheUsage(docker) },
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
      docker.print(verboseText(docker, format));
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
