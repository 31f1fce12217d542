// du --time: which time of the files is shown, and how it is written.

import type { Stat } from '../fs/stat.ts';
import { choose } from './choice.ts';
import type { Command } from './command.ts';
import type { Output } from './output.ts';
import { formatTime } from './time-format.ts';

export interface DuTime {
  readonly of: (stat: Stat) => bigint;
  readonly text: (time: bigint) => string;
}

const TIMES = { atime: ['atime', 'access', 'use'], ctime: ['ctime', 'status'] } as const;
const STYLES = { 'full-iso': ['full-iso'], 'long-iso': ['long-iso'], iso: ['iso'] } as const;
const FORMATS = {
  'full-iso': '%Y-%m-%d %H:%M:%S.%N %z',
  'long-iso': '%Y-%m-%d %H:%M',
  iso: '%Y-%m-%d',
} as const;

/** Undefined after a complaint. */
export const readDuTime = async (
  out: Output,
  du: Command,
  word: string | undefined,
  style: string | undefined,
): Promise<DuTime | undefined> => {
  const kind = word === undefined ? 'mtime' : await choose(out, '--time', word, TIMES, du);
  if (kind === undefined) return undefined;
  const format = await formatOf(out, du, style);
  return format === undefined
    ? undefined
    : { of: (stat) => stat[kind], text: (time) => formatTime(format, time) };
};

const formatOf = async (out: Output, du: Command, style: string | undefined): Promise<string | undefined> => {
  const name = style ?? environmentStyle(out);
  if (name.startsWith('+')) return name.slice(1);
  const known = await choose(out, 'time style', name, STYLES, du);
  return known === undefined ? undefined : FORMATS[known];
};

/** TIME_STYLE is ls's too, whose `locale` and second line mean nothing here. */
const environmentStyle = ({ process }: Output): string => {
  const given = process.env.get('TIME_STYLE') ?? 'long-iso';
  if (given === 'locale') return 'long-iso';
  return given.startsWith('+') ? (given.split('\n')[0] as string) : given.replace(/^posix-/, '');
};
