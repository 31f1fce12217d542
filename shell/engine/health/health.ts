// HEALTHCHECK: what is asked, how often, and what the answers make of a container's state (Docker 20.10).

import type { Config, Healthcheck } from '../config.ts';

type HealthStatus = 'starting' | 'healthy' | 'unhealthy';

/** One probe; times in RFC 3339. */
export interface HealthResult {
  Start: string;
  End: string;
  /** -1: it could not run, or took too long. */
  ExitCode: number;
  Output: string;
}

export interface Health {
  Status: HealthStatus;
  FailingStreak: number;
  /** The last five, oldest first. */
  Log: HealthResult[] | null;
}

const KEPT = 5;
const DEFAULT_RETRIES = 3;
const DEFAULT_SHELL: readonly string[] = ['/bin/sh', '-c'];
const DEFAULT_SECONDS = 30;
const SECOND_NS = 1e9;

/** Nanoseconds. */
export const intervalOf = ({ Interval = 0 }: Healthcheck): number => Interval || DEFAULT_SECONDS * SECOND_NS;
export const timeoutOf = ({ Timeout = 0 }: Healthcheck): number => Timeout || DEFAULT_SECONDS * SECOND_NS;

/** Keys as Go's struct has them, empty ones left out. */
export const inGoOrder = ({ Test, Interval, Timeout, StartPeriod, Retries }: Healthcheck): Healthcheck => ({
  ...(Test && { Test }),
  ...(Interval && { Interval }),
  ...(Timeout && { Timeout }),
  ...(StartPeriod && { StartPeriod }),
  ...(Retries && { Retries }),
});

/** The words of a probe; undefined where none is wanted. */
export const probeWords = ({ Healthcheck, Shell }: Config): string[] | undefined => {
  const [kind, ...words] = Healthcheck?.Test ?? [];
  if (kind === 'CMD') return words;
  return kind === 'CMD-SHELL' ? [...(Shell ?? DEFAULT_SHELL), ...words] : undefined;
};

/** Of a container that starts: what was found out before its last end stays in the log. */
export const startingHealth = (before: Health | null): Health => ({
  Status: 'starting',
  FailingStreak: 0,
  Log: before?.Log ?? null,
});

/** Whom nobody asks is not well. */
export const unwatched = (health: Health | null): Health | null =>
  health === null ? null : { ...health, Status: 'unhealthy' };

/** After one more probe; `patient`: the time to start in is not over. */
export const afterProbe = (
  { Status, FailingStreak, Log }: Health,
  result: HealthResult,
  { Retries = 0 }: Healthcheck,
  patient: boolean,
): Health => {
  const log = [...(Log ?? []), result].slice(-KEPT);
  if (result.ExitCode === 0) return { Status: 'healthy', FailingStreak: 0, Log: log };
  const streak = Status === 'starting' && patient ? FailingStreak : FailingStreak + 1;
  const lost = streak > FailingStreak && streak >= (Retries || DEFAULT_RETRIES);
  return { Status: lost ? 'unhealthy' : Status, FailingStreak: streak, Log: log };
};

/** What `docker ps` says of it. */
export const healthWord = (status: HealthStatus): string =>
  status === 'starting' ? 'health: starting' : status;
