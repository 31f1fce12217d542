// docker system df -v: image by image, container by container, volume by volume.

import type { ContainerSummary, ImageSummary, VolumeUsage } from '../../engine/contract.ts';
import { parseTime } from '../../engine/time.ts';
import { cacheUsage } from './cache-usage.ts';
import type { Docker } from './docker-command.ts';
import { failDocker } from './docker-command.ts';
import { compileTemplate, runTemplate } from './go-template.ts';
import { type GoStruct, goJson, Methods } from './go-value.ts';
import { ellipsis, humanSize, longTime, shortId } from './human.ts';
import { imageUsage } from './image-usage.ts';
import { ago } from './ps.ts';
import { textTable } from './text-table.ts';

const tablesOf = (docker: Docker): string =>
  [imagesText(docker), containersText(docker), volumesText(docker), cacheText(docker)].join('\n');

/** As tables, or through a template that is given all lists at once. Throws DockerError. */
export const verboseText = (docker: Docker, format: string | undefined): string => {
  if (format === undefined || format === '' || format === 'table') return tablesOf(docker);
  const document = verboseDocument(docker);
  if (format === 'json') return `${goJson(document, { html: true })}\n`;
  const { template, error } = compileTemplate(format);
  if (!template) return failDocker(`template parsing error: ${error}`);
  const { text, error: failure } = runTemplate(template, document);
  return failure === undefined ? text : failDocker(`template parsing error: ${failure}`);
};

/** An image stands there once, under its first name. */
const nameOf = ({ tags: [name = '<none>:<none>'] }: ImageSummary): [repository: string, tag: string] => {
  const colon = name.lastIndexOf(':');
  return [name.slice(0, colon), name.slice(colon + 1)];
};

const imagesText = (docker: Docker): string => {
  const rows = imageUsage(docker).map(({ image, shared }) => [
    ...nameOf(image),
    shortId(image.id),
    ago(docker, image.created),
    humanSize(image.size, 3),
    humanSize(shared),
    humanSize(image.size - shared),
    String(image.containers),
  ]);
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

const localVolumes = ({ mounts }: ContainerSummary): string =>
  String(mounts.filter((mount) => mount.Driver === 'local').length);

const containersText = (docker: Docker): string => {
  const rows = docker.engine.containers
    .list({ all: true })
    .map((one) => [
      shortId(one.id),
      one.image,
      JSON.stringify(ellipsis(one.command, 20)),
      localVolumes(one),
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

const cacheText = (docker: Docker): string => {
  const rows = docker.engine.buildkit
    .records()
    .map(({ id, kind, size, created, lastUsed, usage, shared }) => [
      id.slice(0, 12),
      kind,
      humanSize(size),
      ago(docker, parseTime(created)),
      ago(docker, parseTime(lastUsed)),
      String(usage),
      String(shared),
    ]);
  const heading = ['CACHE ID', 'CACHE TYPE', 'SIZE', 'CREATED', 'LAST USED', 'USAGE', 'SHARED'];
  return `Build cache usage: ${humanSize(cacheUsage(docker).size)}\n\n${textTable([heading, ...rows])}`;
};

const textOf = (labels: Readonly<Record<string, string>> | null): string =>
  Object.entries(labels ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(',');

const verboseDocument = (docker: Docker): Methods => {
  const lists = listsOf(docker);
  return columns('formatter.diskUsageContext', lists, lists);
};

const listsOf = (docker: Docker): GoStruct => ({
  Images: imageUsage(docker).map(({ image, shared }) => {
    const [Repository, Tag] = nameOf(image);
    return columns('*formatter.imageContext', {
      Containers: String(image.containers),
      CreatedAt: longTime(image.created),
      CreatedSince: ago(docker, image.created),
      Digest: '',
      ID: image.id,
      Repository,
      SharedSize: humanSize(shared),
      Size: humanSize(image.size, 3),
      Tag,
      UniqueSize: humanSize(image.size - shared),
      VirtualSize: humanSize(image.size),
    });
  }),
  Containers: docker.engine.containers.list({ all: true }).map((one) =>
    columns('*formatter.ContainerContext', {
      Command: JSON.stringify(one.command),
      CreatedAt: longTime(one.created),
      ID: one.id,
      Image: one.image,
      Labels: textOf(one.labels),
      LocalVolumes: localVolumes(one),
      Mounts: one.mounts.map(({ Name, Source }) => Name ?? Source).join(','),
      Names: one.name,
      Networks: one.networks.join(','),
      Platform: null,
      Ports: '',
      RunningFor: ago(docker, one.created),
      Size: humanSize(docker.engine.containers.size(one.id).rw, 3),
      State: one.state.Status,
      Status: one.status,
    }),
  ),
  Volumes: docker.engine.volumes.usage().map((volume) =>
    columns('*formatter.volumeContext', {
      Availability: 'N/A',
      Driver: volume.Driver,
      Group: 'N/A',
      Labels: textOf(volume.Labels),
      Links: String(volume.links),
      Mountpoint: volume.Mountpoint,
      Name: volume.Name,
      Scope: volume.Scope,
      Size: humanSize(volume.size),
      Status: 'N/A',
    }),
  ),
  BuildCache: docker.engine.buildkit.records().map((record) =>
    columns('*formatter.buildCacheContext', {
      CacheType: record.kind,
      CreatedAt: longTime(parseTime(record.created)),
      CreatedSince: ago(docker, parseTime(record.created)),
      Description: record.description,
      ID: record.id,
      InUse: 'false',
      LastUsedAt: longTime(parseTime(record.lastUsed)),
      LastUsedSince: ago(docker, parseTime(record.lastUsed)),
      Parent: '',
      Shared: String(record.shared),
      Size: humanSize(record.size),
      UsageCount: String(record.usage),
    }),
  ),
});

const columns = (type: string, values: GoStruct, json?: GoStruct): Methods =>
  new Methods(
    type,
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, () => value])),
    json,
  );
