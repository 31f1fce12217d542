// What limits a container's processes start with: those of dockerd's own service, and what --ulimit says.
import { hostLimits, type Limit, type Limits, type Resource } from '../fs/limits.ts';
import type { HostConfig, Ulimit } from './config.ts';
import type { Sandbox } from './world.ts';

const unlimited: Limit = { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY };

/** LimitNOFILE, LimitNPROC and LimitCORE of docker.service are "infinity". */
const serviceLimits: Limits = {
  ...hostLimits,
  nofile: { soft: 1_048_576, hard: 1_048_576 },
  nproc: unlimited,
  core: unlimited,
};

const value = (number: number): number => (number === -1 ? Number.POSITIVE_INFINITY : number);

/** `Ulimits` of a host configuration, in the kernel's units. */
export const containerLimits = (ulimits: readonly Ulimit[] | null | undefined): Limits => ({
  ...serviceLimits,
  ...(Object.fromEntries(
    (ulimits ?? []).map(({ Name, Soft, Hard }) => [Name, { soft: value(Soft), hard: value(Hard) }]),
  ) as Partial<Record<Resource, Limit>>),
});

/** --pids-limit, as it is now. */
export const limitProcesses = ({ inside: { pids } }: Sandbox, { PidsLimit }: HostConfig): void => {
  pids.limit = PidsLimit !== null && PidsLimit > 0 ? PidsLimit : undefined;
};
