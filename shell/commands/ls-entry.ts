// One file of a listing: found, and what its sort place depends on.

import type { Stat } from '../fs/stat.ts';
import { displayWidth } from './display-width.ts';
import type { LsRules } from './ls-rules.ts';
import { timeOf } from './ls-time.ts';
import { version } from './sort-key.ts';

export interface LsEntry {
  readonly name: string;
  readonly stat: Stat;
  /** From the current directory. */
  readonly path?: string;
  /** -Z: its security context, or a question mark. */
  readonly context?: string;
  /** Where a symbolic link points, for the long layout. */
  readonly target?: string;
  /** What it points to; undefined for a dangling one. */
  readonly targetStat?: Stat;
}

export const sortEntries = (entries: LsEntry[], rules: LsRules): LsEntry[] => {
  if (rules.sort === 'none') return rules.reverse ? entries.reverse() : entries;
  const compare = COMPARE[rules.sort];
  const sign = rules.reverse ? -1 : 1;
  return entries.sort((a, b) => {
    if (rules.directoriesFirst) {
      const [first, second] = [isDirectory(a), isDirectory(b)];
      if (first !== second) return first ? -1 : 1;
    }
    return sign * (compare(a, b, rules) || byName(a, b));
  });
};

const isDirectory = ({ stat, targetStat }: LsEntry): boolean =>
  stat.kind === 'directory' || targetStat?.kind === 'directory';

const byName = (a: { name: string }, b: { name: string }): number => compareText(a.name, b.name);

/** By bytes, as in the C locale: by code points, that is. */
export const compareText = (a: string, b: string): number => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return Buffer.compare(x, y);
};

type Compare = (a: LsEntry, b: LsEntry, rules: LsRules) => number;

const extension = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot === -1 ? '' : name.slice(dot);
};

/** Columns; without UTF-8 what is beyond ASCII takes none. */
const shownWidth = (name: string, utf8: boolean): number =>
  utf8 ? displayWidth(name) : name.replace(/[^\x20-\x7e]/g, '').length;

const COMPARE: Readonly<Record<Exclude<LsRules['sort'], 'none'>, Compare>> = {
  name: byName,
  time: (a, b, { time }) => {
    const [x, y] = [timeOf(a.stat, time), timeOf(b.stat, time)];
    return x < y ? 1 : x > y ? -1 : 0;
  },
  size: (a, b) => b.stat.size - a.stat.size,
  extension: (a, b) => compareText(extension(a.name), extension(b.name)),
  version: (a, b) => version(a.name, b.name),
  width: (a, b, { utf8 }) => shownWidth(a.name, utf8) - shownWidth(b.name, utf8),
};
