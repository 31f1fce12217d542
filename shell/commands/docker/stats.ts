// docker stats: what containers take. cowsh counts processes; memory is that of so many small programs, the processor idles.

import type { ContainerSummary } from '../../engine/contract.ts';
import { toBytes } from '../text.ts';
import { type Docker, defineCommand } from './docker-command.ts';
import { Methods } from './go-value.ts';
import { binarySize, shortId } from './human.ts';
import { formatFlag, listingText } from './listing.ts';
import { totalMemory } from './memory.ts';

const BYTES_A_PROCESS = 508 * 1024;
const PAUSE_MS = 500;

const headings = {
  Name: 'NAME',
  ID: 'CONTAINER ID',
  Container: 'CONTAINER',
  CPUPerc: 'CPU %',
  MemUsage: 'MEM USAGE / LIMIT',
  MemPerc: 'MEM %',
  NetIO: 'NET I/O',
  BlockIO: 'BLOCK I/O',
  PIDs: 'PIDS',
};
const columns = ['ID', 'Name', 'CPUPerc', 'MemUsage', 'MemPerc', 'NetIO', 'BlockIO', 'PIDs'];

export const stats = defineCommand({
  paths: ['docker container stats', 'docker stats'],
  usage: '[OPTIONS] [CONTAINER...]',
  summary: 'Show what containers take, again and again',
  flags: {
    all: { kind: 'bool', short: 'a', help: 'Containers that do not run, too' },
    format: formatFlag,
    'no-stream': { kind: 'bool', help: 'Once, not again and again' },
    'no-trunc': { kind: 'bool', help: 'Print everything in full' },
  },
  count: { least: 0 },
  request: () => 'Get containers/json',
  run: async (docker, options, names) => {
    const look = (): string => {
      const rows = chosen(docker, names, options.all).map(([one, asked]) =>
        statsRow(docker, one, asked, options['no-trunc']),
      );
      const failure = 'template parsing error';
      return listingText({ rows, headings, columns, format: options.format, failure });
    };
    if (options['no-stream']) {
      docker.print(look());
      return 0;
    }
    for (;;) {
      await docker.process.write(1, toBytes(frame(look())));
      await docker.process.sleep(PAUSE_MS);
    }
  },
});

/** Over the last one: each line and what follows is cleared. */
const frame = (text: string): string =>
  `\x1b[H${text
    .split('\n')
    .map((line) => `${line} \x1b[K\n`)
    .join('')}\x1b[J`;

/** Throws no-such-container. */
const chosen = (docker: Docker, names: readonly string[], all: boolean): [ContainerSummary, string][] => {
  const { containers } = docker.engine;
  if (names.length === 0) return containers.list({ all }).map((one) => [one, one.id]);
  const known = new Map(containers.list({ all: true }).map((one) => [one.id, one]));
  return names.flatMap((name): [ContainerSummary, string][] => {
    const one = known.get(containers.resolve(name));
    return one === undefined ? [] : [[one, name]];
  });
};

const statsRow = (docker: Docker, one: ContainerSummary, asked: string, full: boolean): Methods => {
  const { containers } = docker.engine;
  const runs = one.state.Running && !one.state.Restarting;
  const pids = runs ? containers.processes(one.id) : 0;
  const used = pids * BYTES_A_PROCESS;
  const { Memory } = containers.inspect(one.id).HostConfig;
  const limit = runs ? Memory || totalMemory(docker) : 0;
  return new Methods('*container.statsContext', {
    Container: () => asked,
    Name: () => one.name,
    ID: () => (full ? one.id : shortId(one.id)),
    CPUPerc: () => '0.00%',
    MemUsage: () => `${binarySize(used)} / ${binarySize(limit)}`,
    MemPerc: () => `${(limit === 0 ? 0 : (used / limit) * 100).toFixed(2)}%`,
    NetIO: () => '0B / 0B',
    BlockIO: () => '0B / 0B',
    PIDs: () => String(pids),
  });
};
