// Limits and the restart policy, of docker run, create and update: kept and shown, nothing is held back but processes and files.

import type { HostConfig, Resources } from '../../engine/config.ts';
import { type Docker, failDocker } from './docker-command.ts';
import type { FlagTable, FlagValues } from './flags.ts';

const units: Readonly<Record<string, number>> = {
  '': 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  p: 2 ** 50,
};

/** `64m`, `1.5g`; undefined for what is no size. */
export const readBytes = (text: string): number | undefined => {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?$/i.exec(text) ?? [];
  return count === undefined ? undefined : Math.floor(Number(count) * (units[unit.toLowerCase()] ?? 1));
};

const sizeProblem = (text: string): string | undefined => {
  if (readBytes(text) !== undefined) return undefined;
  const [, unit] = /^\d+(?:\.\d+)? ?([^\d. ]+)$/.exec(text) ?? [];
  return unit === undefined ? `invalid size: '${text}'` : `invalid suffix: '${unit.toLowerCase()}'`;
};

/** A size; -1 where that means without limit. */
const bytesFlag = (help: string, unlimited = false) =>
  ({
    kind: 'string',
    value: 'bytes',
    help,
    check: (text) => (unlimited && text === '-1' ? undefined : sizeProblem(text)),
  }) as const satisfies FlagTable[string];

export { bytesFlag };

export const resourceFlags = {
  'blkio-weight': {
    kind: 'int',
    value: 'uint16',
    help: 'Weight of its block I/O, from 10 to 1000',
    shownDefault: '0',
  },
  'cpu-period': { kind: 'int', help: 'Period of the CPU scheduler' },
  'cpu-quota': { kind: 'int', help: 'Quota of the CPU scheduler' },
  'cpu-rt-period': { kind: 'int', help: 'Period of the realtime scheduler, in microseconds' },
  'cpu-rt-runtime': { kind: 'int', help: 'Runtime of the realtime scheduler, in microseconds' },
  'cpu-shares': { kind: 'int', short: 'c', help: 'Its share of the CPUs, against others' },
  cpus: {
    kind: 'string',
    value: 'decimal',
    help: 'Number of CPUs',
    check: (text) => (/^\d*\.?\d+$/.test(text) ? undefined : `failed to parse ${text} as a rational number`),
  },
  'cpuset-cpus': { kind: 'string', help: 'CPUs it may run on: 0-3, 0,1' },
  'cpuset-mems': { kind: 'string', help: 'Memory nodes it may use: 0-3, 0,1' },
  memory: { ...bytesFlag('Memory limit'), short: 'm' },
  'memory-reservation': bytesFlag('Soft limit of its memory'),
  'memory-swap': bytesFlag('Memory and swap together; -1 for as much swap as there is', true),
  'pids-limit': { kind: 'int', help: 'Limit of processes; -1 for none' },
} as const satisfies FlagTable;

type ResourceFlags = FlagValues<typeof resourceFlags>;

const CPUS = 2;

const numbers: readonly (readonly [keyof ResourceFlags, keyof Resources])[] = [
  ['blkio-weight', 'BlkioWeight'],
  ['cpu-period', 'CpuPeriod'],
  ['cpu-quota', 'CpuQuota'],
  ['cpu-rt-period', 'CpuRealtimePeriod'],
  ['cpu-rt-runtime', 'CpuRealtimeRuntime'],
  ['cpu-shares', 'CpuShares'],
  ['cpuset-cpus', 'CpusetCpus'],
  ['cpuset-mems', 'CpusetMems'],
  ['pids-limit', 'PidsLimit'],
];
const sizes: readonly (readonly [keyof ResourceFlags, keyof Resources])[] = [
  ['memory', 'Memory'],
  ['memory-reservation', 'MemoryReservation'],
  ['memory-swap', 'MemorySwap'],
];

/** Those that were given. */
export const resourcesOf = (flags: ResourceFlags): Partial<Resources> => {
  const entries: [string, unknown][] = [];
  for (const [name, key] of numbers) if (flags[name] !== undefined) entries.push([key, flags[name]]);
  for (const [name, key] of sizes) {
    const text = flags[name];
    if (typeof text === 'string') entries.push([key, text === '-1' ? -1 : readBytes(text)]);
  }
  if (flags.cpus !== undefined) entries.push(['NanoCpus', nanoCpus(flags.cpus)]);
  return Object.fromEntries(entries) as Partial<Resources>;
};

const nanoCpus = (text: string): number => {
  const cpus = Number(text);
  if (cpus > CPUS || (cpus > 0 && cpus < 0.01)) {
    failDocker(
      `Error response from daemon: Range of CPUs is from 0.01 to ${CPUS}.00, as there are only ${CPUS} CPUs available`,
    );
  }
  return Math.round(cpus * 1e9);
};

/** `on-failure:3`. Throws DockerError. */
export const readRestart = (text: string): HostConfig['RestartPolicy'] => {
  const [Name = '', retries, ...more] = text.split(':');
  if (more.length > 0) failDocker('invalid restart policy format');
  if (retries !== undefined && !/^-?\d+$/.test(retries))
    failDocker('invalid restart policy format: maximum retry count must be an integer');
  const MaximumRetryCount = Number(retries ?? 0);
  if (!['', 'no', 'always', 'unless-stopped', 'on-failure'].includes(Name))
    failDocker(`Error response from daemon: invalid restart policy '${Name}'`);
  if (Name !== 'on-failure' && MaximumRetryCount !== 0) {
    failDocker(
      `Error response from daemon: maximum retry count cannot be used with restart policy '${Name}'`,
    );
  }
  return { Name, MaximumRetryCount };
};

/** The rules that sizes have among themselves, in the daemon's words; undefined when they keep them. */
export const memoryProblem = ({
  Memory = 0,
  MemorySwap = 0,
  MemoryReservation = 0,
}: Partial<Resources>): string | undefined => {
  if (Memory > 0 && MemorySwap > 0 && MemorySwap < Memory)
    return 'Minimum memoryswap limit should be larger than memory limit, see usage';
  if (Memory === 0 && MemorySwap > 0)
    return 'You should always set the Memory limit when using Memoryswap limit, see usage';
  if (Memory > 0 && MemoryReservation > 0 && Memory < MemoryReservation)
    return 'Minimum memory limit can not be less than memory reservation limit, see usage';
  return undefined;
};

/** Of a new container: swap as large as the memory, unless told. Throws DockerError. */
export const newResources = (_docker: Docker, flags: ResourceFlags): Partial<Resources> => {
  const resources = resourcesOf(flags);
  const problem = memoryProblem(resources);
  if (problem !== undefined) failDocker(`Error response from daemon: ${problem}`);
  const { Memory = 0, MemorySwap = 0, PidsLimit = null } = resources;
  if (PidsLimit !== null && PidsLimit <= 0) delete resources.PidsLimit;
  return Memory > 0 && MemorySwap === 0 ? { ...resources, MemorySwap: Memory * 2 } : resources;
};
