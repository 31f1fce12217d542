// docker logs: what a container has printed.

import type { LogEntry } from '../../engine/contract.ts';
import { toBytes } from '../text.ts';
import { type Docker, defineCommand } from './docker-command.ts';

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
    const since = momentOf(docker, options.since);
    const until = momentOf(docker, options.until);
    const fits = ({ time }: LogEntry): boolean => {
      const at = Date.parse(time);
      return (since === undefined || at >= since) && (until === undefined || at <= until);
    };
    const show = async (entry: LogEntry): Promise<void> => {
      if (fits(entry)) await write(docker, entry, options.timestamps);
    };
    const tail = /^\d+$/.test(options.tail ?? '') ? Number(options.tail) : undefined;
    if (options.follow) await docker.until(containers.followLogs(id, show, tail));
    else
      await writeAll(
        docker,
        containers.logs(id, tail === undefined ? {} : { tail }).filter(fits),
        options.timestamps,
      );
    return 0;
  },
});

/** The log leaves zeros at the end out, the command does not. */
const nineDigits = (time: string): string => {
  const [seconds = '', fraction = ''] = time.slice(0, -1).split('.');
  return `${seconds}.${fraction.padEnd(9, '0')}Z`;
};

const lineOf = ({ time, text }: LogEntry, timed: boolean): string =>
  timed ? `${nineDigits(time)} ${text}` : text;
const descriptorOf = ({ stream }: LogEntry): number => (stream === 'stdout' ? 1 : 2);

const write = async (docker: Docker, entry: LogEntry, timed: boolean): Promise<void> => {
  await docker.process.write(descriptorOf(entry), toBytes(lineOf(entry, timed)));
};

const AT_ONCE = 65_536;

/** Neighbours on the same stream go out together. */
const writeAll = async (docker: Docker, entries: readonly LogEntry[], timed: boolean): Promise<void> => {
  let text = '';
  for (const [at, entry] of entries.entries()) {
    text += lineOf(entry, timed);
    const next = entries[at + 1];
    if (next?.stream === entry.stream && text.length < AT_ONCE) continue;
    await docker.process.write(descriptorOf(entry), toBytes(text));
    text = '';
  }
};

const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000 };

/** Milliseconds since 1970 of `42m` (ago), a Unix time or an RFC 3339 time. */
const momentOf = (docker: Docker, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!/^(\d+(\.\d+)?[hms])+$/.test(text)) return Date.parse(text);
  let ms = Number(docker.now / 1_000_000n);
  for (const [, count, unit = 's'] of text.matchAll(/([\d.]+)([hms])/g))
    ms -= Number(count) * (unitMs[unit] ?? 0);
  return ms;
};
