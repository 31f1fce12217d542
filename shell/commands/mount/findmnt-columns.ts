// The columns of findmnt.

import type { MountInfo } from '../../fs/calls/mounts.ts';
import { major, minor } from '../../fs/mode.ts';
import type { Process } from '../../fs/process.ts';
import { attempt } from '../attempt.ts';
import { diskTag } from './disk-tags.ts';
import type { TableEntry } from './fstab.ts';
import { splitOptions } from './mount-words.ts';
import { sizeText } from './size-text.ts';
import { askedColumns, type Cell } from './smart-columns.ts';

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
  /** Devices in place of `UUID=…`; nothing where there is no such device. */
  readonly evaluate: boolean;
  /** The process whose mounts these are, where one was asked for. */
  readonly task?: number | undefined;
}

type Column = (one: Found, process: Process, manner: Manner) => Cell;

interface Space {
  readonly size: number;
  readonly used: number;
  readonly available: number;
}

const spaceOf = (process: Process, { target }: Found): Space | undefined => {
  const found = target.startsWith('/') ? attempt(() => process.statfs(target)).value : undefined;
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
  const [, name = '', value] = /^(UUID|LABEL|PARTUUID|PARTLABEL)=(.*)$/.exec(one.source) ?? [];
  if (manner.evaluate && name !== '') return diskTag(name) === value ? '/dev/vda' : undefined;
  return manner.root && root !== '/' ? `${one.source}[${root}]` : one.source;
};

const propagation: Column = ({ mount }) => {
  if (mount === undefined) return undefined;
  const fields = mount.propagation;
  const has = (name: string): boolean => fields.some((field) => field.startsWith(name));
  return [
    has('shared') ? 'shared' : 'private',
    ...(has('master') ? ['slave'] : []),
    ...(has('unbindable') ? ['unbindable'] : []),
  ].join(',');
};

/** `UUID=…` of a table's line, or what is written on the disk that is mounted. */
const tag =
  (name: string): Column =>
  ({ source: from }) =>
    from.startsWith(`${name}=`)
      ? from.slice(name.length + 1)
      : from === '/dev/vda'
        ? diskTag(name)
        : undefined;

const options =
  (of: 'own' | 'filesystem', part: 'vfs' | 'fs'): Column =>
  ({ mount, entry }) =>
    mount?.[of] ?? (entry && splitOptions(entry.options)[part].join(','));

const COLUMNS: Readonly<Record<string, Column>> = {
  AVAIL: space('available'),
  FREQ: ({ entry }) => entry && Number(entry.frequency),
  FSROOT: ({ mount }) => mount?.root,
  FSTYPE: ({ type }) => type,
  'FS-OPTIONS': options('filesystem', 'fs'),
  ID: ({ mount }) => mount?.id,
  LABEL: tag('LABEL'),
  'MAJ:MIN': ({ mount }) => mount && `${major(mount.dev)}:${minor(mount.dev)}`,
  OPTIONS: ({ options }) => options,
  'OPT-FIELDS': ({ mount }) => mount?.propagation.join(' '),
  PARENT: ({ mount }) => mount?.parent,
  PARTLABEL: tag('PARTLABEL'),
  PARTUUID: tag('PARTUUID'),
  PASSNO: ({ entry }) => entry && Number(entry.pass),
  PROPAGATION: propagation,
  SIZE: space('size'),
  SOURCE: source,
  SOURCES: source,
  TARGET: ({ target }) => target,
  TID: ({ mount }, _process, { task }) => mount && task,
  USED: space('used'),
  'USE%': percent,
  UUID: tag('UUID'),
  'VFS-OPTIONS': options('own', 'vfs'),
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
}): readonly string[] => {
  if (parsed.has('output-all')) return Object.keys(COLUMNS);
  const usual = parsed.has('df') ? AS_DF : USUAL;
  const asked = parsed.value('output');
  return asked === '' ? [] : askedColumns(asked, usual, COLUMNS);
};
