// docker builder prune, docker buildx du: what BuildKit keeps of steps that were done, and how to be rid of it.

import type { CacheUse } from '../../engine/build-worker.ts';
import { parseTime } from '../../engine/time.ts';
import { confirmed, forceFlag } from './confirmation.ts';
import { type Docker, defineCommand } from './docker-command.ts';
import { type Filters, readFilters } from './filters.ts';
import { humanSize } from './human.ts';
import { untilOf } from './network.ts';
import { ago } from './ps.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

const bytesOf = (text: string): number | undefined => {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?$/i.exec(text) ?? [];
  return number === undefined ? undefined : Math.floor(Number(number) * (UNITS[unit.toLowerCase()] ?? 1));
};

/** For `docker system prune` too. */
export const pruneBuildCache = (
  docker: Docker,
  { all, keep, filters }: { all: boolean; keep: number; filters: Filters },
): { text: string; reclaimed: number } => {
  const { ids, reclaimed } = docker.engine.buildkit.prune({ all, keep, before: untilOf(docker, filters) });
  const text =
    ids.length === 0 ? '' : `Deleted build cache objects:\n${ids.map((id) => `${id}\n`).join('')}\n`;
  return { text, reclaimed };
};

export const builderPrune = defineCommand({
  paths: ['docker builder prune', 'docker buildx prune'],
  usage: '[OPTIONS]',
  summary: 'Remove what BuildKit keeps of steps that were done',
  flags: {
    all: { kind: 'bool', short: 'a', help: 'All of it, what images use too' },
    filter: { kind: 'list', value: 'filter', help: 'Only what the filter lets through: until=24h' },
    force: forceFlag,
    'keep-storage': {
      kind: 'string',
      value: 'bytes',
      help: 'How much may stay',
      check: (text) => (bytesOf(text) === undefined ? `invalid size: '${text}'` : undefined),
    },
  },
  count: { least: 0, most: 0 },
  run: async (docker, { all, force, filter, ...rest }) => {
    const warning = all ? 'This will remove all build cache.' : 'This will remove all dangling build cache.';
    if (!force && !(await confirmed(docker, warning))) return 0;
    const keep = bytesOf(rest['keep-storage'] ?? '0') ?? 0;
    const pruned = pruneBuildCache(docker, { all, keep, filters: readFilters(filter, ['until']) });
    docker.print(pruned.text);
    docker.line(`Total reclaimed space: ${humanSize(pruned.reclaimed)}`);
    return 0;
  },
});

const used = (docker: Docker, record: CacheUse): string => ago(docker, parseTime(record.lastUsed));

export const buildxDu = defineCommand({
  paths: ['docker buildx du'],
  usage: '[OPTIONS]',
  summary: 'Show what BuildKit keeps of steps that were done',
  flags: {},
  count: { least: 0, most: 0 },
  run: (docker) => {
    const records = docker.engine.buildkit.records();
    docker.line('ID\t\t\t\t\t\tRECLAIMABLE\tSIZE\t\tLAST ACCESSED');
    for (const record of records)
      docker.line(
        `${`${record.id}${record.shared ? '*' : ' '}`.padEnd(40)}\ttrue \t${humanSize(record.size).padEnd(10)}\t${used(docker, record)}`,
      );
    const total = (list: readonly CacheUse[]): number => list.reduce((sum, { size }) => sum + size, 0);
    const shared = total(records.filter((record) => record.shared));
    const own = total(records) - shared;
    if (shared > 0) docker.print(`Shared:\t\t${humanSize(shared)}\nPrivate:\t${humanSize(own)}\n`);
    docker.print(`Reclaimable:\t${humanSize(own + shared)}\nTotal:\t\t${humanSize(own + shared)}\n`);
    return 0;
  },
});

export const buildxLs = defineCommand({
  paths: ['docker buildx ls'],
  usage: '[OPTIONS]',
  summary: 'List builders: there is one',
  flags: {},
  count: { least: 0, most: 0 },
  run: (docker) => {
    docker.engine.info();
    docker.print(
      'NAME/NODE     DRIVER/ENDPOINT   STATUS    BUILDKIT   PLATFORMS\ndefault*      docker                                  \n \\_ default    \\_ default       running   v0.12.5    linux/amd64\n',
    );
    return 0;
  },
});

export const buildxVersion = defineCommand({
  paths: ['docker buildx version'],
  usage: '',
  summary: 'Show which buildx cowsh follows',
  flags: {},
  count: { least: 0, most: 0 },
  run: (docker) => {
    docker.line('github.com/docker/buildx 0.13.1 cowsh');
    return 0;
  },
});
