// --health-*: how one would ask a container whether it is well. Kept and shown; cowsh asks none.

import type { Config, Healthcheck } from '../../engine/config.ts';
import { failDocker } from './docker-command.ts';
import type { FlagTable, FlagValues } from './flags.ts';
import { readDuration } from './moment.ts';

const durationProblem = (text: string): string | undefined =>
  readDuration(text) === undefined ? `time: invalid duration ${JSON.stringify(text)}` : undefined;

const duration = (help: string) =>
  ({
    kind: 'string',
    value: 'duration',
    help: `${help} (kept)`,
    shownDefault: '0s',
    check: durationProblem,
  }) as const;

export const healthFlags = {
  'health-cmd': { kind: 'string', help: 'Command that tells whether it is well (kept)' },
  'health-interval': duration('Time between two such commands'),
  'health-retries': { kind: 'int', help: 'Failures in a row before it is unwell (kept)' },
  'health-start-period': duration('Time to start in, before failures count'),
  'health-timeout': duration('Time that such a command may take'),
  'no-healthcheck': { kind: 'bool', help: "Forget the image's HEALTHCHECK" },
} as const satisfies FlagTable;

type HealthFlags = FlagValues<typeof healthFlags>;

const nanoseconds = (text: string | undefined): number => Number(readDuration(text ?? '0') ?? 0n);

/** Throws DockerError. */
export const healthConfig = (flags: HealthFlags): Pick<Config, 'Healthcheck'> => {
  const command = flags['health-cmd'];
  const check: Healthcheck = {
    ...(command === undefined ? {} : { Test: ['CMD-SHELL', command] }),
    ...positive('Interval', nanoseconds(flags['health-interval'])),
    ...positive('Timeout', nanoseconds(flags['health-timeout'])),
    ...positive('StartPeriod', nanoseconds(flags['health-start-period'])),
    ...positive('Retries', flags['health-retries'] ?? 0),
  };
  const given = Object.keys(check).length > 0;
  if (!flags['no-healthcheck']) return given ? { Healthcheck: check } : {};
  return given
    ? failDocker('--no-healthcheck conflicts with --health-* options')
    : { Healthcheck: { Test: ['NONE'] } };
};

const positive = (key: keyof Healthcheck, value: number): Healthcheck => (value > 0 ? { [key]: value } : {});
