// docker images: images as a list, one line for each tag.

import { globPattern } from '../../engine/build/dockerignore.ts';
import type { ImageSummary } from '../../engine/contract.ts';
import { type Docker, defineCommand, failDocker } from './docker-command.ts';
import { filterFlag, passes, passesLabels, readFilters, readTruth } from './filters.ts';
import type { FlagTable } from './flags.ts';
import { Methods } from './go-value.ts';
import { humanSize, longTime, shortId } from './human.ts';
import { formatFlag, printListing } from './listing.ts';
import { ago } from './ps.ts';

const flags = {
  all: { kind: 'bool', short: 'a', help: 'Images of single build steps too' },
  digests: { kind: 'bool', help: 'Digests of the registry' },
  filter: filterFlag,
  format: formatFlag,
  'no-trunc': { kind: 'bool', help: 'Print everything in full' },
  quiet: { kind: 'bool', short: 'q', help: 'Only image IDs' },
} satisfies FlagTable;

const headings = {
  Repository: 'REPOSITORY',
  Tag: 'TAG',
  Digest: 'DIGEST',
  ID: 'IMAGE ID',
  CreatedSince: 'CREATED',
  CreatedAt: 'CREATED AT',
  Size: 'SIZE',
  Containers: 'CONTAINERS',
  VirtualSize: 'SIZE',
  SharedSize: 'SHARED SIZE',
  UniqueSize: 'UNIQUE SIZE',
};

interface ImageLine {
  readonly image: ImageSummary;
  readonly repository: string;
  readonly tag: string;
}

export const images = defineCommand({
  paths: ['docker image ls', 'docker image list', 'docker images'],
  usage: '[OPTIONS] [REPOSITORY[:TAG]]',
  summary: 'List images',
  flags,
  count: { least: 0, most: 1 },
  run: (docker, options, [pattern]) => {
    const filters = readFilters(options.filter, [
      'before',
      'dangling',
      'label',
      'reference',
      'since',
      'until',
    ]);
    const dangling = readTruth(filters, 'dangling');
    const place = (name: string): bigint | undefined => {
      const [reference] = filters.get(name) ?? [];
      return reference === undefined ? undefined : createdOf(docker, reference);
    };
    const before = place('before');
    const since = place('since');
    const list = docker.engine.images
      .list({ all: options.all })
      .filter(
        (image) =>
          (dangling === undefined || image.dangling === dangling) &&
          (before === undefined || image.created < before) &&
          (since === undefined || image.created > since) &&
          passesLabels(filters, image.labels),
      );
    const lines = list
      .flatMap(linesOf)
      .filter(
        (line) =>
          (pattern === undefined || matches(line, pattern)) &&
          passes(filters, 'reference', (text) => matches(line, text)),
      );
    if (options.quiet) {
      for (const { image } of lines) docker.line(options['no-trunc'] ? image.id : shortId(image.id));
      return 0;
    }
    const rows = lines.map((line) => imageRow(docker, line, options['no-trunc']));
    const columns = ['Repository', 'Tag', 'ID', 'CreatedSince', 'Size'];
    if (options.digests) columns.splice(2, 0, 'Digest');
    const digest: Record<string, string> = options.digests ? { digest: 'Digest' } : {};
    const rest = { image_id: 'ID', created_at: 'CreatedAt', virtual_size: 'Size' };
    const raw = { repository: 'Repository', tag: 'Tag', ...digest, ...rest };
    return printListing(docker, { rows, headings, columns, raw, format: options.format });
  },
});

const createdOf = (docker: Docker, reference: string): bigint | undefined => {
  const id = docker.engine.images.resolve(reference);
  return docker.engine.images.list({ all: true }).find((image) => image.id === id)?.created;
};

const linesOf = (image: ImageSummary): ImageLine[] => {
  if (image.tags.length === 0) return [{ image, repository: '<none>', tag: '<none>' }];
  return image.tags.map((reference) => {
    const colon = reference.lastIndexOf(':');
    return { image, repository: reference.slice(0, colon), tag: reference.slice(colon + 1) };
  });
};

/** Throws DockerError. */
const patternOf = (text: string): RegExp => {
  try {
    return globPattern(text);
  } catch (error) {
    return failDocker(`Error response from daemon: ${(error as Error).message}`);
  }
};

/** A pattern names a repository, or a repository and a tag. */
const matches = ({ repository, tag }: ImageLine, text: string): boolean => {
  if (repository === '<none>') return false;
  const pattern = patternOf(text.replace(/^(docker\.io\/)?library\//, ''));
  return pattern.test(repository) || pattern.test(`${repository}:${tag}`);
};

const imageRow = (docker: Docker, { image, repository, tag }: ImageLine, full: boolean): Methods =>
  new Methods('*formatter.imageContext', {
    ID: () => (full ? image.id : shortId(image.id)),
    Repository: () => repository,
    Tag: () => tag,
    Digest: () => digestOf(image, repository),
    CreatedSince: () => ago(docker, image.created),
    CreatedAt: () => longTime(image.created),
    Size: () => humanSize(image.size, 3),
    Containers: () => 'N/A',
    VirtualSize: () => humanSize(image.size),
    SharedSize: () => 'N/A',
    UniqueSize: () => 'N/A',
  });

const digestOf = (image: ImageSummary, repository: string): string => {
  const digest = image.digests.find((text) => text.startsWith(`${repository}@`)) ?? image.digests[0];
  return digest === undefined ? '<none>' : digest.slice(digest.indexOf('@') + 1);
};
