// docker logs: what a container has printed.

import type { LogEntry } from '../../engine/contract.ts';
import { parseTime } from '../../engine/time.ts';
import { toBytes } from '../text.ts';
import { type Docker, defineCommand, failDocker } from './docker-command.ts';
import { badMoment, readMoment } from './moment.ts';

export const logs = defineCommand({
  paths: ['docker container logs', 'docker logs'],
  usage: '[OPTIONS] CONTAINER',
  summary: 'Show what a container has printed',
  flags: {
    details: { kind: 'bool', help: 'Show extra fields (there are none)' },
    follow: { kind: 'bool', short: 'f', help: 'Go on while the container runs' },
    since: { kind: 'string', help: 'Only what came after a time, or in the last 42m' },
    tail: { kind: 'string', short: 'n', help: 'Number of lines from the end', initial: 'all' },
    timestamps: { kind: 'bool', short: 't', help: 'Put the time before each line' },
    until: { kind: 'string', help: 'Only what came before a time, or more than 42m ago' },
  },
  count: { least: 1, most: 1 },
  request: ([name]) => `Get containers/${name}/json`,
  run: async (docker, options, [name = '']) => {
    const { containers } = docker.engine;
    const id = containers.resolve(name);
    const since = momentOf(docker, 'since', options.since);
    const until = momentOf(docker, 'until', options.until);
    const fits = ({ time }: LogEntry): boolean => {
      const at = parseTime(time);
      return (since === undefined || at >= since) && (until === undefined || at <= until);
    };
    const show = async (entry: LogEntry): Promise<void> => {
      if (fits(entry)) await write(docker, entry, options);
    };
    const tail = /^\d+$/.test(options.tail ?? '') ? Number(options.tail) : undefined;
    if (options.follow) await docker.until(containers.followLogs(id, show, tail), true);
    else
      await writeAll(docker, containers.logs(id, tail === undefined ? {} : { tail }).filter(fits), options);
    return 0;
  },
});

/** The log leaves zeros at the end out, the command does not. */
const nineDigits = (time: string): string => {
  const [seconds = '', fraction = ''] = time.slice(0, -1).split('.');
  return `${seconds}.${fraction.padEnd(9, '0')}Z`;
};

interface Look {
  readonly timestamps: boolean;
  /** A column for extra fields, which there are none of. */
  readonly details: boolean;
}

const lineOf = ({ time, text }: LogEntry, { timestamps, details }: Look): string =>
  `${timestamps ? `${nineDigits(time)} ` : ''}${details ? ' ' : ''}${text}`;
const descriptorOf = ({ stream }: LogEntry): number => (stream === 'stdout' ? 1 : 2);

const write = async (docker: Docker, entry: LogEntry, look: Look): Promise<void> => {
  await docker.process.write(descriptorOf(entry), toBytes(lineOf(entry, look)));
};

const AT_ONCE = 65_536;

/** Neighbours on the same stream go out together. */
const writeAll = async (docker: Docker, entries: readonly LogEntry[], look: Look): Promise<void> => {
  let text = '';
  for (const [at, entry] of entries.entries()) {
    text += lineOf(entry, look);
    const next = entries[at + 1];
    if (next?.stream === entry.stream && text.length < AT_ONCE) continue;
    await docker.process.write(descriptorOf(entry), toBytes(text));
    text = '';
  }
};

/** Nanoseconds since 1970. Throws DockerError. */
const momentOf = (docker: Docker, name: string, text: string | undefined): bigint | undefined => {
  if (text === undefined) return undefined;
  return readMoment(docker, text) ?? failDocker(`invalid value for "${name}": ${badMoment(text)}`);
};
