// The table that df prints: a line for each file system, as wide as its cells need.

import type { StatFs } from '../fs/stat.ts';
import { displayWidth } from './display-width.ts';
import { flavorOf } from './flavor.ts';
import { blocksOf, humanSize } from './human-size.ts';
import type { Output } from './output.ts';

export interface Row {
  readonly source: string;
  readonly type: string;
  readonly target: string;
  readonly file: string;
  readonly space: StatFs;
}

export type Field =
  | 'source'
  | 'fstype'
  | 'itotal'
  | 'iused'
  | 'iavail'
  | 'ipcent'
  | 'size'
  | 'used'
  | 'avail'
  | 'pcent'
  | 'file'
  | 'target';

export const FIELDS: readonly Field[] = [
  'source',
  'fstype',
  'itotal',
  'iused',
  'iavail',
  'ipcent',
  'size',
  'used',
  'avail',
  'pcent',
  'file',
  'target',
];
const LEFT: readonly Field[] = ['source', 'fstype', 'file', 'target'];
const LEAST: Partial<Record<Field, number>> = {
  source: 14,
  fstype: 4,
  size: 5,
  used: 5,
  avail: 5,
  itotal: 5,
  iused: 5,
  iavail: 5,
  pcent: 4,
  ipcent: 4,
};

/** busybox's columns have fixed widths. */
const APPLET_LEAST: Partial<Record<Field, number>> = {
  source: 20,
  fstype: 10,
  size: 9,
  used: 9,
  avail: 9,
  itotal: 9,
  iused: 9,
  iavail: 9,
  pcent: 4,
  ipcent: 4,
};

export type Unit = number | 'human' | 'si';

interface TableStyle {
  readonly unit: Unit;
  /** Behind every size. */
  readonly suffix: string;
  /** The headings of POSIX. */
  readonly posix: boolean;
}

export const printTable = (
  out: Output,
  fields: readonly Field[],
  rows: readonly Row[],
  style: TableStyle,
): void => {
  const { unit, posix } = style;
  const human = typeof unit !== 'number';
  const unitText = posix ? `${unit}-blocks` : `${unitName(unit)}-blocks`;
  const headings: Readonly<Record<Field, string>> = {
    source: 'Filesystem',
    fstype: 'Type',
    itotal: 'Inodes',
    iused: 'IUsed',
    iavail: 'IFree',
    ipcent: 'IUse%',
    size: human ? 'Size' : unitText,
    used: 'Used',
    avail: human ? 'Avail' : 'Available',
    pcent: posix ? 'Capacity' : 'Use%',
    file: 'File',
    target: 'Mounted on',
  };
  const least = flavorOf(out.process) === 'gnu' ? LEAST : APPLET_LEAST;
  const table = [
    fields.map((field) => headings[field]),
    ...rows.map((row) => fields.map((field) => cell(field, row, style))),
  ];
  const widths = fields.map((field, at) =>
    table.reduce((most, row) => Math.max(most, displayWidth(row[at] ?? '')), least[field] ?? 0),
  );
  for (const row of table) {
    const cells = fields.map((field, at) => {
      const [text, width] = [row[at] as string, widths[at] as number];
      if (!LEFT.includes(field)) return text.padStart(width);
      return at === fields.length - 1 ? text : text.padEnd(width);
    });
    out.line(cells.join(' '));
  }
};

/** `1K`, `1M`, `512B`: what the heading calls a unit. */
const unitName = (unit: Unit): string => {
  if (typeof unit !== 'number') return '';
  if (unit % 1024 === 0) return humanSize(unit).replace('.0', '');
  return unit % 1000 === 0 ? `${humanSize(unit, true).replace('.0', '')}B` : `${unit}B`;
};

const percent = (used: number, free: number): string =>
  used + free <= 0 ? '-' : `${Math.ceil((100 * used) / (used + free))}%`;

const cell = (
  field: Field,
  { source, type, target, file, space }: Row,
  { unit, suffix }: TableStyle,
): string => {
  const bytes = (blocks: number): string => {
    const all = blocks * space.bsize;
    return typeof unit === 'number' ? `${blocksOf(all, unit)}${suffix}` : humanSize(all, unit === 'si');
  };
  const count = (value: number): string =>
    typeof unit === 'number' ? String(value) : humanSize(value, unit === 'si');
  const values: Readonly<Record<Field, () => string>> = {
    source: () => source,
    fstype: () => type,
    itotal: () => count(space.files),
    iused: () => count(space.files - space.ffree),
    iavail: () => count(space.ffree),
    ipcent: () => percent(space.files - space.ffree, space.ffree),
    size: () => bytes(space.blocks),
    used: () => bytes(space.blocks - space.bfree),
    avail: () => bytes(space.bavail),
    pcent: () => percent(space.blocks - space.bfree, space.bavail),
    file: () => file,
    target: () => target,
  };
  return values[field]();
};
