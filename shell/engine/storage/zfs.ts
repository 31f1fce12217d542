// The zfs driver: a snapshot is a dataset, a clone of a snapshot of its parent's, mounted while somebody needs it. It
// costs next to nothing, and a change costs the records that it changes (Docker: daemon/graphdriver/zfs).

import { fail } from '../../fs/errno.ts';
import { createPool, findPool } from '../../fs/pool/disks.ts';
import type { SharedTree } from '../../fs/pool/shared-tree.ts';
import type { ZfsPool } from '../../fs/pool/zfs-pool.ts';
import { onFilesystem } from '../chroot.ts';
import { makeDirectory } from '../files.ts';
import { DATA_ROOT } from '../paths.ts';
import type { Look } from './storage-driver.ts';
import { WholeTreeDriver } from './whole-tree.ts';

/** The pool that is made for it: the host's own disk has ext4. */
const POOL = 'zpool-docker';
const GRAPH = `${DATA_ROOT}/zfs/graph`;

export class Zfs extends WholeTreeDriver {
  readonly name = 'zfs';
  readonly shape = 'snapshots';

  status(): readonly (readonly [string, string])[] {
    const pool = this.#pool;
    return [
      ['Zpool', POOL],
      ['Zpool Health', 'ONLINE'],
      ['Parent Dataset', POOL],
      ['Space Used By Parent', String(pool.used())],
      ['Space Available', String(pool.free)],
      ['Parent Quota', 'no'],
      ['Compression', 'off'],
    ];
  }

  layOut(): void {
    const { kernel } = this.process;
    if (findPool(kernel, POOL) === undefined) createPool(kernel, POOL);
    makeDirectory(this.process, `${DATA_ROOT}/zfs`, 0o710);
    makeDirectory(this.process, GRAPH, 0o710);
  }

  /** The snapshot in between has the nanoseconds of the time as its name, and goes with its last clone. */
  prepare(key: string, parent: string | undefined): void {
    const pool = this.#pool;
    if (parent === undefined) {
      pool.create(dataset(key), 'legacy');
      return;
    }
    const snapshot = this.#freeName(dataset(parent));
    pool.snapshot(snapshot);
    pool.clone(snapshot, dataset(key), 'legacy');
    pool.destroyLater(snapshot);
  }

  has(key: string): boolean {
    return this.#pool.get(dataset(key)) !== undefined;
  }

  override mount(key: string): string {
    const path = this.path(key);
    if (this.isMounted(key)) return path;
    makeDirectory(this.process, path, 0o755);
    this.process.mount({ source: dataset(key), target: path, type: 'zfs' });
    return path;
  }

  override isMounted(key: string): boolean {
    const place = this.process.tryLstat(this.path(key));
    return place !== undefined && place.dev !== this.process.lstat(GRAPH).dev;
  }

  override unmount(key: string): void {
    if (!this.isMounted(key)) return;
    this.process.umount(this.path(key), { lazy: true });
    this.process.rmdir(this.path(key));
  }

  remove(key: string): void {
    if (!this.has(key)) return;
    this.unmount(key);
    this.#pool.destroy(dataset(key));
  }

  path(key: string): string {
    return `${GRAPH}/${key}`;
  }

  override look(key: string): Look {
    return { process: onFilesystem(this.process, this.#tree(key)), path: '' };
  }

  ownBytes(key: string): number {
    return this.#tree(key).ownBytes();
  }

  override metadata(key: string): Record<string, string> {
    return { Dataset: dataset(key), Mountpoint: this.path(key) };
  }

  #tree(key: string): SharedTree {
    return this.#pool.get(dataset(key))?.tree ?? fail('ENOENT', dataset(key));
  }

  get #pool(): ZfsPool {
    this.layOut();
    return findPool(this.process.kernel, POOL) as ZfsPool;
  }

  #freeName(name: string): string {
    let nanoseconds = this.process.kernel.clock.now() % 1_000_000_000n;
    while (this.#pool.get(`${name}@${nanoseconds}`) !== undefined) nanoseconds++;
    return `${name}@${nanoseconds}`;
  }
}

const dataset = (key: string): string => `${POOL}/${key}`;
