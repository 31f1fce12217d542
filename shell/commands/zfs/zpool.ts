// zpool: pools of disks (zpool(8)). A pool here lies on whatever file or device it is told to, and takes its size.

import { createPool, findPool, pools } from '../../fs/pool/disks.ts';
import type { ZfsPool } from '../../fs/pool/zfs-pool.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../options.ts';
import { Output } from '../output.ts';
import { usageError } from '../usage-error.ts';
import { type Column, tableText, zfsSize } from './dataset-table.ts';

const options = { H: {}, f: {}, m: { argument: 'required' } } as const;

export const zpool: Command = {
  name: 'zpool',
  help: `usage: zpool command args ...

	create [-f] [-m mountpoint] pool file|device
	list [-H] [pool]
`,
  usageStatus: 2,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, zpool, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const [verb, name, disk] = parsed.operands;
    if (verb === 'list') {
      const rows = pools(process.kernel).filter((pool) => name === undefined || pool.name === name);
      if (rows.length === 0) return refuse(out, name === undefined ? 'no pools available' : noPool(name));
      out.text(tableText(rows, columns, { script: parsed.has('H') }));
      return out.end();
    }
    if (verb !== 'create')
      return usageError(out, zpool, verb ? `unrecognized command '${verb}'` : 'missing command');
    if (name === undefined || disk === undefined)
      return usageError(
        out,
        zpool,
        name === undefined ? 'missing pool name argument' : 'missing vdev specification',
      );
    if (findPool(process.kernel, name) !== undefined)
      return refuse(out, `cannot create '${name}': pool already exists`);
    const file = process.tryStat(disk);
    if (file === undefined) return refuse(out, `cannot open '${disk}': No such file or directory`);
    // What the pool keeps for itself (vdev labels, slop) is little; the rest is room.
    const pool = createPool(process.kernel, name, file.kind === 'file' ? file.size : undefined);
    const top = pool.get(name);
    if (top !== undefined) top.mountpoint = parsed.value('m') ?? `/${name}`;
    return 0;
  },
};

const noPool = (name: string): string => `cannot open '${name}': no such pool`;

const refuse = async (out: Output, text: string): Promise<number> => {
  await out.errorText(`${text}\n`);
  return 1;
};

const columns: readonly Column<ZfsPool>[] = [
  { title: 'NAME', text: ({ name }) => name },
  { title: 'SIZE', right: true, text: ({ size }) => zfsSize(size) },
  { title: 'ALLOC', right: true, text: (pool) => zfsSize(pool.used()) },
  { title: 'FREE', right: true, text: (pool) => zfsSize(pool.free) },
  { title: 'CAP', right: true, text: (pool) => `${Math.floor((pool.used() / pool.size) * 100)}%` },
  { title: 'DEDUP', right: true, text: () => '1.00x' },
  { title: 'HEALTH', right: true, text: () => 'ONLINE' },
  { title: 'ALTROOT', text: () => '-' },
];
