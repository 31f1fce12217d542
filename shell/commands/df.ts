// df: space on the mounted file systems.

import type { MountInfo } from '../fs/calls/mounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { dfHelp } from './df-help.ts';
import { FIELDS, type Field, printTable, type Row, type Unit } from './df-table.ts';
import { mountOf } from './mount-of.ts';
import { type NameOf, type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteIfNeeded, quoteLocale } from './quoting.ts';
import { parseSize } from './size-text.ts';
import { tryHelp } from './usage-error.ts';

const options = {
  all: { short: 'a' },
  'block-size': { short: 'B', argument: 'required' },
  'human-readable': { short: 'h' },
  si: { short: 'H' },
  inodes: { short: 'i' },
  k: {},
  local: { short: 'l' },
  'no-sync': {},
  output: { argument: 'optional' },
  portability: { short: 'P' },
  sync: {},
  total: {},
  type: { short: 't', argument: 'required' },
  'print-type': { short: 'T' },
  'exclude-type': { short: 'x', argument: 'required' },
  v: {},
  m: {},
} as const;

type DfOptions = Options<NameOf<typeof options>>;

export const df: Command = {
  name: 'df',
  help: dfHelp,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, df, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const unit = await unitOf(out, parsed);
    if (unit === undefined) return 1;
    const fields = await fieldsOf(out, parsed);
    if (!fields) return 1;
    const rows = await rowsOf(out, parsed);
    if (rows.length === 0) {
      if (out.status === 0) await out.warn('no file systems processed');
      return out.end();
    }
    if (parsed.has('total')) rows.push(totalOf(rows));
    printTable(out, fields, rows, { unit, suffix: suffixOf(parsed), posix: parsed.has('portability') });
    return out.end();
  },
};

const unitOf = async (out: Output, parsed: DfOptions): Promise<Unit | undefined> => {
  const given = parsed.last('human-readable', 'si', 'k', 'm', 'block-size');
  if (given === 'human-readable') return 'human';
  if (given === 'si') return 'si';
  if (given !== 'block-size') return given === 'm' ? 1024 ** 2 : 1024;
  const text = parsed.value('block-size') ?? '';
  const size = parseSize(text);
  if (size !== undefined && size > 0) return size;
  await out.warn(
    `invalid ${parsed.list.findLast(({ name }) => name === 'block-size')?.given} argument ${quoteLocale(out.process, text)}`,
  );
  return undefined;
};

/** A unit that was given by its letters alone stands behind the numbers too. */
const suffixOf = (parsed: DfOptions): string => {
  const given = parsed.last('block-size', 'k', 'm') === 'block-size' ? parsed.value('block-size') : undefined;
  return given !== undefined && /^[A-Z]/.test(given) ? given : '';
};

const fieldsOf = async (out: Output, parsed: DfOptions): Promise<readonly Field[] | undefined> => {
  if (!parsed.has('output')) {
    const type: Field[] = parsed.has('print-type') ? ['fstype'] : [];
    const counts: Field[] = parsed.has('inodes')
      ? ['itotal', 'iused', 'iavail', 'ipcent']
      : ['size', 'used', 'avail', 'pcent'];
    return ['source', ...type, ...counts, 'target'];
  }
  const text = parsed.value('output');
  if (text === undefined) return FIELDS;
  const wanted = text.split(',');
  const wrong = wanted.find((word) => !FIELDS.includes(word as Field));
  if (wrong === undefined) return wanted as Field[];
  await out.warn(`option --output: field ${quoteLocale(out.process, wrong)} unknown`);
  await tryHelp(out);
  return undefined;
};

const rowsOf = async (out: Output, parsed: DfOptions): Promise<Row[]> => {
  const { process } = out;
  const mounts = process.mounts();
  if (parsed.operands.length === 0) {
    const all = parsed.has('all');
    return mounts.flatMap((mount, at) => {
      // Of mounts on one place only the last is seen; of one device's mounts the one with the shortest path.
      const hidden = mounts.slice(at + 1).some(({ target }) => target === mount.target);
      const row = hidden && !all ? undefined : rowOf(out, mount, '-');
      if (!row || !wanted(row, parsed)) return [];
      const known = mounts
        .slice(0, at)
        .some((other) => other.source === mount.source && mount.source.startsWith('/'));
      return all || (row.space.blocks > 0 && !known) ? [row] : [];
    });
  }
  const rows: Row[] = [];
  for (const name of parsed.operands) {
    const { error } = attempt(() => process.stat(name));
    if (error) {
      await out.complain(quoteIfNeeded(process, name), error);
      continue;
    }
    const mount = mountOf(process, name);
    const row = mount && rowOf(out, mount, name);
    if (row && wanted(row, parsed)) rows.push(row);
  }
  return rows;
};

const rowOf = ({ process }: Output, mount: MountInfo, file: string): Row | undefined => {
  const space = attempt(() => process.statfs(mount.target)).value;
  return space && { source: mount.source, type: mount.type, target: mount.target, file, space };
};

const wanted = (row: Row, parsed: DfOptions): boolean => {
  const types = parsed.values('type');
  return (
    (types.length === 0 || types.includes(row.type)) && !parsed.values('exclude-type').includes(row.type)
  );
};

const totalOf = (rows: readonly Row[]): Row => {
  const sum = (field: 'blocks' | 'bfree' | 'bavail'): number =>
    rows.reduce((all, { space }) => all + space[field] * space.bsize, 0);
  const count = (field: 'files' | 'ffree'): number => rows.reduce((all, { space }) => all + space[field], 0);
  const space = {
    type: '',
    bsize: 1,
    blocks: sum('blocks'),
    bfree: sum('bfree'),
    bavail: sum('bavail'),
    files: count('files'),
    ffree: count('ffree'),
  };
  return { source: 'total', type: '-', target: '-', file: '-', space };
};
