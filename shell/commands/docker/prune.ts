// docker container prune, image prune, system prune: what nobody needs any more.

import { pruneBuildCache } from './build-prune.ts';
import { confirmed, forceFlag } from './confirmation.ts';
import { type Docker, defineCommand, failDocker } from './docker-command.ts';
import { type Filters, filterFlag, labelsFit, readFilters, readTruth } from './filters.ts';
import { humanSize } from './human.ts';
import { pruneNetworks, untilOf } from './network.ts';
import { removalLines } from './rmi.ts';

const filter = { ...filterFlag, short: undefined } as const;
const PRUNED = ['untagged', 'deleted'] as const;
const pruneNames = ['label', 'label!', 'until'];

interface Pruned {
  readonly text: string;
  readonly reclaimed: number;
}

const pruneContainers = (docker: Docker, filters: Filters): Pruned => {
  const until = untilOf(docker, filters);
  const { ids, reclaimed } = docker.engine.containers.prune(
    ({ created, labels }) => labelsFit(filters, labels) && (until === undefined || created < until),
  );
  const text = ids.length === 0 ? '' : `Deleted Containers:\n${ids.map((id) => `${id}\n`).join('')}\n`;
  return { text, reclaimed };
};

const pruneImages = (docker: Docker, all: boolean, filters: Filters): Pruned => {
  const until = untilOf(docker, filters);
  const { removals, reclaimed } = docker.engine.images.prune({
    all: all || readTruth(filters, 'dangling') === false,
    fits: ({ created, labels }) => labelsFit(filters, labels) && (until === undefined || created < until),
  });
  return {
    text: removals.length === 0 ? '' : `Deleted Images:\n${removalLines(removals, PRUNED)}\n`,
    reclaimed,
  };
};

export const pruneVolumes = (docker: Docker, filters: Filters): Pruned => {
  const { names, reclaimed } = docker.engine.volumes.prune(({ Labels }) => labelsFit(filters, Labels ?? {}));
  return {
    text: names.length === 0 ? '' : `Deleted Volumes:\n${names.map((name) => `${name}\n`).join('')}\n`,
    reclaimed,
  };
};

export const report = (docker: Docker, list: readonly Pruned[]): number => {
  for (const { text } of list) docker.print(text);
  docker.line(`Total reclaimed space: ${humanSize(list.reduce((sum, { reclaimed }) => sum + reclaimed, 0))}`);
  return 0;
};

export const containerPrune = defineCommand({
  paths: ['docker container prune'],
  usage: '[OPTIONS]',
  summary: 'Remove all stopped containers',
  flags: { filter, force: forceFlag },
  count: { least: 0, most: 0 },
  run: async (docker, { filter: given, force }) => {
    const filters = readFilters(given, pruneNames);
    if (!force && !(await confirmed(docker, 'This will remove all stopped containers.'))) return 0;
    return report(docker, [pruneContainers(docker, filters)]);
  },
});

export const imagePrune = defineCommand({
  paths: ['docker image prune'],
  usage: '[OPTIONS]',
  summary: 'Remove images that no tag and no container needs',
  flags: {
    all: { kind: 'bool', short: 'a', help: 'All that no container was made of' },
    filter,
    force: forceFlag,
  },
  count: { least: 0, most: 0 },
  run: async (docker, { all, filter: given, force }) => {
    const filters = readFilters(given, [...pruneNames, 'dangling']);
    const what = all
      ? 'This will remove all images without at least one container associated to them.'
      : 'This will remove all dangling images.';
    if (!force && !(await confirmed(docker, what))) return 0;
    return report(docker, [pruneImages(docker, all, filters)]);
  },
});

export const systemPrune = defineCommand({
  paths: ['docker system prune'],
  usage: '[OPTIONS]',
  summary: 'Remove stopped containers, and images and networks that nothing needs',
  flags: {
    all: { kind: 'bool', short: 'a', help: 'All images that no container was made of' },
    filter,
    force: forceFlag,
    volumes: { kind: 'bool', help: 'Volumes that no container uses too' },
  },
  count: { least: 0, most: 0 },
  run: async (docker, { all, filter: given, force, volumes }) => {
    const filters = readFilters(given, pruneNames);
    if (volumes && filters.has('until'))
      failDocker('ERROR: The "until" filter is not supported with "--volumes"');
    const items = [
      'all stopped containers',
      'all networks not used by at least one container',
      ...(volumes ? ['all volumes not used by at least one container'] : []),
      all ? 'all images without at least one container associated to them' : 'all dangling images',
      all ? 'all build cache' : 'unused build cache',
    ];
    const warning = `This will remove:\n${items.map((item) => `  - ${item}\n`).join('')}`;
    if (!force && !(await confirmed(docker, warning))) return 0;
    return report(docker, [
      pruneContainers(docker, filters),
      { text: pruneNetworks(docker, filters), reclaimed: 0 },
      ...(volumes ? [pruneVolumes(docker, filters)] : []),
      pruneImages(docker, all, filters),
      pruneBuildCache(docker, { all, keep: 0, filters }),
    ]);
  },
});
