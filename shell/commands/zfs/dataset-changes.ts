// zfs create, snapshot, clone, destroy: what is refused, and what is mounted on the way.

import { findPool } from '../../fs/pool/disks.ts';
import type { ZfsPool } from '../../fs/pool/zfs-pool.ts';
import type { Process } from '../../fs/process.ts';

/** Why nothing was done, as zfs says it. */
export type Refusal = string | undefined;

const poolOf = (process: Process, name: string): ZfsPool | undefined =>
  findPool(process.kernel, name.split('/')[0]?.split('@')[0] ?? '');

const parentOf = (name: string): string => name.slice(0, name.lastIndexOf('/'));

/** Why no dataset of that name can be made. */
const whyNotNew = (process: Process, name: string, verb: string): Refusal => {
  const pool = poolOf(process, name);
  if (!name.includes('/')) return `cannot ${verb} '${name}': missing dataset name`;
  if (pool?.get(parentOf(name)) === undefined) return `cannot ${verb} '${name}': parent does not exist`;
  if (pool.get(name) !== undefined) return `cannot ${verb} '${name}': dataset already exists`;
  return undefined;
};

export const createDataset = (process: Process, name: string, mountpoint: string | undefined): Refusal => {
  const why = whyNotNew(process, name, 'create');
  if (why !== undefined) return why;
  const pool = poolOf(process, name) as ZfsPool;
  const { mountpoint: place } = pool.create(name, mountpoint ?? inherited(pool, name));
  mountAt(process, name, place);
  return undefined;
};

export const snapshotDataset = (process: Process, name: string): Refusal => {
  const [dataset = '', label = ''] = name.split('@');
  const pool = poolOf(process, dataset);
  if (label === '') return `cannot create snapshot '${name}': missing snapshot name`;
  if (pool?.get(dataset) === undefined) return `cannot open '${dataset}': dataset does not exist`;
  if (pool.get(name) !== undefined) return `cannot create snapshot '${name}': dataset already exists`;
  pool.snapshot(name);
  return undefined;
};

export const cloneDataset = (
  process: Process,
  snapshot: string,
  name: string,
  mountpoint: string | undefined,
): Refusal => {
  const pool = poolOf(process, snapshot);
  if (pool?.get(snapshot) === undefined || !snapshot.includes('@'))
    return `cannot open '${snapshot}': dataset does not exist`;
  const why = whyNotNew(process, name, 'create');
  if (why !== undefined) return why;
  const { mountpoint: place } = pool.clone(snapshot, name, mountpoint ?? inherited(pool, name));
  mountAt(process, name, place);
  return undefined;
};

/** `all`: with what stands on it. */
export const destroyDataset = (process: Process, name: string, all: boolean): Refusal => {
  const pool = poolOf(process, name);
  const dataset = pool?.get(name);
  if (pool === undefined || dataset === undefined) return `cannot open '${name}': dataset does not exist`;
  const below = pool
    .all()
    .filter((one) => one.name.startsWith(`${name}/`) || one.name.startsWith(`${name}@`));
  const dependent = name.includes('@') ? pool.clonesOf(name) : below;
  if (dependent.length > 0 && !all) {
    const [what, option] = name.includes('@')
      ? ['snapshot has dependent clones', '-R']
      : ['filesystem has children', '-r'];
    const names = dependent.map((one) => one.name).join('\n');
    return `cannot destroy '${name}': ${what}\nuse '${option}' to destroy the following datasets:\n${names}`;
  }
  for (const one of dependent) {
    const why = destroyDataset(process, one.name, true);
    if (why !== undefined) return why;
  }
  const mounted = process.mounts().findLast(({ source }) => source === name);
  if (mounted !== undefined) process.umount(mounted.target);
  pool.destroy(name);
  return undefined;
};

const inherited = (pool: ZfsPool, name: string): string => {
  const place = pool.get(parentOf(name))?.mountpoint ?? 'none';
  return place.startsWith('/') ? `${place}/${name.slice(name.lastIndexOf('/') + 1)}` : place;
};

const mountAt = (process: Process, source: string, target: string): void => {
  if (!target.startsWith('/')) return;
  if (process.tryStat(target) === undefined) process.mkdir(target, 0o755);
  process.mount({ source, target, type: 'zfs' });
};
