// The columns of findmnt.

import type { MountInfo } from '../../fs/calls/mounts.ts';
import { major, minor } from '../../fs/mode.ts';
import type { Process } from '../../fs/process.ts';
import { attempt } from '../attempt.ts';
import type { TableEntry } from './fstab.ts';
import { sizeText } from './size-text.ts';
import type { Cell } from './smart-columns.ts';

/** A mount, or a line of fstab. */
export interface Found {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: string;
  readonly mount: MountInfo | undefined;
  readonly entry: TableEntry | undefined;
}

interface Manner {
  /** Sizes in bytes. */
  readonly bytes: boolean;
  /** `[/dir]` behind the source of a bind mount. */
  readonly root: boolean;
}

type Column = (one: Found, process: Process, manner: Manner) => Cell;

interface Space {
  readonly size: number;
  readonly used: number;
  readonly available: number;
}

const spaceOf = (process: Process, { mount, target }: Found): Space | undefined => {
  const found = mount && attempt(() => process.statfs(target)).value;
  if (found === undefined) return undefined;
  const { bsize, blocks, bfree, bavail } = found;
  return { size: blocks * bsize, used: (blocks - bfree) * bsize, available: bavail * bsize };
};

const space =
  (key: keyof Space): Column =>
  (one, process, { bytes }) => {
    const amount = spaceOf(process, one)?.[key];
    return amount === undefined || bytes ? amount : sizeText(amount);
  };

const percent: Column = (one, process) => {
  const found = spaceOf(process, one);
  if (found === undefined || found.size === 0) return found && '-';
  return `${Math.round((found.used * 100) / found.size)}%`;
};

const source: Column = (one, _process, manner) => {
  const root = one.mount?.root ?? '/';
  return manner.root && root !== '/' ? `${one.source}[${root}]` : one.source;
};

const propagation: Column = ({ mount }) => {
  const fields = mount?.propagation ?? [];
  const has = (name: string): boolean => fields.some((field) => field.startsWith(name));
  return [
    has('shared') ? 'shared' : 'private',
    ...(has('master') ? ['slave'] : []),
    ...(has('unbindable') ? ['unbindable'] : []),
  ].join(',');
};

const none: Column = () => undefined;

const COLUMNS: Readonly<Record<string, Column>> = {
  AVAIL: space('available'),
  FREQ: ({ entry }) => entry && Number(entry.frequency),
  FSROOT: ({ mount }) => mount?.root,
  FSTYPE: ({ type }) => type,
  'FS-OPTIONS': ({ mount }) => mount?.filesystem,
  ID: ({ mount }) => mount?.id,
  LABEL: none,
  'MAJ:MIN': ({ mount }) => mount && `${major(mount.dev)}:${minor(mount.dev)}`,
  OPTIONS: ({ options }) => options,
  'OPT-FIELDS': ({ mount }) => mount?.propagation.join(' '),
  PARENT: ({ mount }) => mount?.parent,
  PARTLABEL: none,
  PARTUUID: none,
  PASSNO: ({ entry }) => entry && Number(entry.pass),
  PROPAGATION: propagation,
  SIZE: space('size'),
  SOURCE: source,
  SOURCES: source,
  TARGET: ({ target }) => target,
  TID: (_one, process) => process.pid,
  USED: space('used'),
  'USE%': percent,
  UUID: none,
  'VFS-OPTIONS': ({ mount }) => mount?.own,
};

export const RIGHT: ReadonlySet<string> = new Set([
  ...['AVAIL', 'FREQ', 'ID', 'PARENT', 'PASSNO', 'SIZE', 'TID', 'USED', 'USE%'],
]);

export const columnOf = (name: string): Column | undefined => COLUMNS[name.toUpperCase()];

const USUAL = ['TARGET', 'SOURCE', 'FSTYPE', 'OPTIONS'];
const AS_DF = ['SOURCE', 'FSTYPE', 'SIZE', 'USED', 'AVAIL', 'USE%', 'TARGET'];

/** Those that are asked for, by their names in capitals where there are such. */
export const columnsOf = (parsed: {
  has(name: 'output-all' | 'df'): boolean;
  value(name: 'output'): string | undefined;
}): string[] => {
  if (parsed.has('output-all')) return Object.keys(COLUMNS);
  const usual = parsed.has('df') ? AS_DF : USUAL;
  const asked = parsed.value('output');
  if (asked === undefined) return usual;
  const names = asked
    .replace(/^\+/, '')
    .split(',')
    .map((name) => (columnOf(name) ? name.toUpperCase() : name));
  return asked.startsWith('+') ? [...usual, ...names] : names;
};
