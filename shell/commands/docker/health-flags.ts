// --health-*: how a container is asked whether it is well.

import type { Config, Healthcheck } from '../../engine/config.ts';
import { inGoOrder } from '../../engine/health/health.ts';
import { failDocker } from './docker-command.ts';
import type { FlagTable, FlagValues } from './flags.ts';
import { readDuration } from './moment.ts';

const durationProblem = (text: string): string | undefined =>
  readDuration(text) === undefined ? `time: invalid duration ${JSON.stringify(text)}` : undefined;

const duration = (help: string) =>
  ({ kind: 'string', value: 'duration', help, shownDefault: '0s', check: durationProblem }) as const;

export const healthFlags = {
  'health-cmd': { kind: 'string', help: 'Command that tells whether it is well' },
  'health-interval': duration('Time between two such commands'),
  'health-retries': { kind: 'int', help: 'Failures in a row before it is unwell' },
  'health-start-interval': { ...duration('Time between two of them while it starts'), hidden: true },
  'health-start-period': duration('Time to start in, before failures count'),
  'health-timeout': duration('Time that such a command may take'),
  'no-healthcheck': { kind: 'bool', help: "Forget the image's HEALTHCHECK" },
} as const satisfies FlagTable;

type HealthFlags = FlagValues<typeof healthFlags>;

const nanoseconds = (text: string | undefined): number => Number(readDuration(text ?? '0') ?? 0n);

const NOT_YET =
  '"--health-start-interval" requires API version 1.44, but the Docker daemon API version is 1.41';

/** Throws DockerError. */
export const healthConfig = (flags: HealthFlags): Pick<Config, 'Healthcheck'> => {
  if (flags['health-start-interval'] !== undefined) failDocker(NOT_YET);
  const numbers = [
    ['health-interval', 'Interval', nanoseconds(flags['health-interval'])],
    ['health-timeout', 'Timeout', nanoseconds(flags['health-timeout'])],
    ['health-retries', 'Retries', flags['health-retries'] ?? 0],
    ['health-start-period', 'StartPeriod', nanoseconds(flags['health-start-period'])],
  ] as const;
  const command = flags['health-cmd'] || undefined;
  const given = command !== undefined || numbers.some(([, , value]) => value !== 0);
  if (flags['no-healthcheck'] && given) failDocker('--no-healthcheck conflicts with --health-* options');
  if (flags['no-healthcheck']) return { Healthcheck: { Test: ['NONE'] } };
  for (const [name, , value] of numbers) if (value < 0) failDocker(`--${name} cannot be negative`);
  if (!given) return {};
  const times = numbers.filter(([, , value]) => value !== 0).map(([, key, value]) => [key, value]);
  return {
    Healthcheck: inGoOrder({
      ...(command === undefined ? {} : { Test: ['CMD-SHELL', command] }),
      ...(Object.fromEntries(times) as Healthcheck),
    }),
  };
};
