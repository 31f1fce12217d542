// zfs: datasets, snapshots of them, and clones of those (zfs(8)).

import { pools } from '../../fs/pool/disks.ts';
import type { Dataset, ZfsPool } from '../../fs/pool/zfs-pool.ts';
import type { Process } from '../../fs/process.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../options.ts';
import { Output } from '../output.ts';
import { usageError } from '../usage-error.ts';
import {
  cloneDataset,
  createDataset,
  destroyDataset,
  type Refusal,
  snapshotDataset,
} from './dataset-changes.ts';
import { type Column, tableText, zfsSize } from './dataset-table.ts';

const options = {
  H: {},
  o: { argument: 'required' },
  p: {},
  r: {},
  R: {},
  t: { argument: 'required' },
} as const;

export const zfs: Command = {
  name: 'zfs',
  help: `usage: zfs command args ...

	list [-Hp] [-t type] [-o property[,...]] [dataset]
	create [-o mountpoint=path|legacy|none] filesystem
	snapshot filesystem@snapshot
	clone [-o mountpoint=path|legacy|none] snapshot filesystem
	destroy [-rR] filesystem|snapshot
`,
  usageStatus: 2,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, zfs, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const [verb = '', ...names] = parsed.operands;
    if (verb === 'list') return list(out, names, parsed);
    const change = Object.hasOwn(changes, verb) ? changes[verb] : undefined;
    if (change === undefined)
      return usageError(out, zfs, verb === '' ? 'missing command' : `unrecognized command '${verb}'`);
    const mountpoint = parsed.value('o')?.replace(/^mountpoint=/, '');
    const refusal = change(process, names, { mountpoint, all: parsed.has('r') || parsed.has('R') });
    if (refusal === undefined) return 0;
    await out.errorText(`${refusal}\n`);
    return 1;
  },
};

type Change = (
  process: Process,
  names: readonly string[],
  options: { mountpoint: string | undefined; all: boolean },
) => Refusal;

const changes: Readonly<Record<string, Change>> = {
  create: (process, [name = ''], { mountpoint }) => createDataset(process, name, mountpoint),
  snapshot: (process, [name = '']) => snapshotDataset(process, name),
  clone: (process, [from = '', name = ''], { mountpoint }) => cloneDataset(process, from, name, mountpoint),
  destroy: (process, [name = ''], { all }) => destroyDataset(process, name, all),
};

interface Row {
  readonly pool: ZfsPool;
  readonly dataset: Dataset;
}

const size = (bytes: number, parsable: boolean): string => (parsable ? String(bytes) : zfsSize(bytes));

const columns = {
  name: { title: 'NAME', text: ({ dataset }) => dataset.name },
  used: {
    title: 'USED',
    right: true,
    text: ({ pool, dataset }, parsable) => size(pool.usedBy(dataset), parsable),
  },
  available: {
    title: 'AVAIL',
    right: true,
    text: ({ pool, dataset }, parsable) => (dataset.name.includes('@') ? '-' : size(pool.free, parsable)),
  },
  referenced: {
    title: 'REFER',
    right: true,
    text: ({ pool, dataset }, parsable) => size(pool.referenced(dataset), parsable),
  },
  mountpoint: { title: 'MOUNTPOINT', text: ({ dataset }) => dataset.mountpoint },
  origin: { title: 'ORIGIN', text: ({ dataset }) => dataset.origin ?? '-' },
} as const satisfies Record<string, Column<Row>>;

const short: Readonly<Record<string, keyof typeof columns>> = { avail: 'available', refer: 'referenced' };
const isColumn = (name: string): name is keyof typeof columns => Object.hasOwn(columns, name);

interface ListOptions {
  has(name: 'H' | 'p'): boolean;
  value(name: 'o' | 't'): string | undefined;
}

const list = async (out: Output, names: readonly string[], parsed: ListOptions): Promise<number> => {
  const wanted = (parsed.value('o') ?? 'name,used,avail,refer,mountpoint').split(',');
  const chosen = wanted.map((name) => short[name] ?? name);
  const bad = chosen.find((name) => !isColumn(name));
  if (bad !== undefined) return usageError(out, zfs, `bad property list: invalid property '${bad}'`);
  const type = parsed.value('t') ?? 'filesystem';
  const rows = pools(out.process.kernel)
    .flatMap((pool) => pool.all().map((dataset): Row => ({ pool, dataset })))
    .filter(({ dataset }) => type === 'all' || dataset.name.includes('@') === type.startsWith('snap'))
    .filter(({ dataset }) => names.length === 0 || names.includes(dataset.name));
  const missing = names.find((name) => !rows.some(({ dataset }) => dataset.name === name));
  if (missing !== undefined) {
    await out.errorText(`cannot open '${missing}': dataset does not exist\n`);
    return 1;
  }
  if (rows.length === 0) {
    await out.errorText('no datasets available\n');
    return 0;
  }
  const format = { script: parsed.has('H'), parsable: parsed.has('p') };
  out.text(
    tableText(
      rows,
      chosen.filter(isColumn).map((name) => columns[name]),
      format,
    ),
  );
  return out.end();
};
