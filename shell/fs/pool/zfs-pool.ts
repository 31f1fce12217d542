// A zpool: datasets, each a filesystem to be mounted, snapshots of them, and clones of those. What they have in common
// they share, in records of 128 KiB (zfs(8), zfsprops(7)).

import type { Clock } from '../clock.ts';
import type { Epoch } from '../epoch.ts';
import { fail } from '../errno.ts';
import type { Trace } from '../trace.ts';
import { Census, RECORD_BLOCKS, type Tally } from './census.ts';
import { PoolSpace } from './pool-space.ts';
import { SharedTree } from './shared-tree.ts';

export interface ZfsOptions {
  readonly name: string;
  readonly epoch: Epoch;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly nextDev: () => number;
  /** Capacity in bytes. */
  readonly size: number;
}

/** A filesystem (`pool/name`) or a snapshot (`pool/name@when`), which nobody writes to. */
export interface Dataset {
  readonly name: string;
  readonly tree: SharedTree;
  /** The snapshot that it is a clone of. */
  readonly origin: string | undefined;
  readonly created: bigint;
  mountpoint: string;
  /** A snapshot that goes when its last clone does. */
  deferred: boolean;
}

/** The root directory's number (ZFS: master node, ZFS_ROOT_OBJ of a fresh filesystem). */
const ROOT = 34;

// What a change takes besides the data, measured on a pool with blocks of 4 KiB: everything that points to it is written
// anew, and twice (the uberblock's own blocks are not counted).
/** A clone's own object set, when it is written to for the first time. */
const OBJECT_SET = 80 * 1024;
/** A block of 32 inodes. */
const DNODES = 8 * 1024;
/** A block of pointers to 128 records. */
const INDIRECT = 16 * 1024;
const BLOCK = 4096;

interface SavedZfs {
  readonly datasets: readonly (readonly [Dataset, unknown, { mountpoint: string; deferred: boolean }])[];
}

export class ZfsPool {
  readonly name: string;
  readonly size: number;
  readonly #options: ZfsOptions;
  readonly #space: PoolSpace;
  #datasets = new Map<string, Dataset>();

  constructor(options: ZfsOptions) {
    this.#options = options;
    this.name = options.name;
    this.size = options.size;
    this.#space = new PoolSpace(options.size, () => Math.ceil(this.used() / BLOCK));
    this.#add(options.name, undefined, 'none');
  }

  /** All datasets and snapshots, a dataset's snapshots behind it. */
  all(): Dataset[] {
    return [...this.#datasets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  get(name: string): Dataset | undefined {
    return this.#datasets.get(name);
  }

  /** Preconditions of all that make something: the name is free, and its parent is there. */
  create(name: string, mountpoint: string): Dataset {
    return this.#add(name, undefined, mountpoint);
  }

  snapshot(name: string): void {
    const [dataset = ''] = name.split('@');
    this.#add(name, this.#datasets.get(dataset), '-');
  }

  clone(snapshot: string, name: string, mountpoint: string): Dataset {
    const origin = this.#datasets.get(snapshot) ?? fail('ENOENT');
    this.#options.trace.emit({ kind: 'snapshot', type: 'zfs', from: snapshot, to: name });
    return this.#add(name, origin, mountpoint, snapshot);
  }

  clonesOf(snapshot: string): Dataset[] {
    return this.all().filter(({ origin }) => origin === snapshot);
  }

  /** What `zfs destroy` takes away, and the origin that waited for it. EBUSY while clones stand on a snapshot. */
  destroy(name: string): void {
    const dataset = this.#datasets.get(name) ?? fail('ENOENT');
    if (this.clonesOf(name).length > 0) fail('EBUSY');
    this.#datasets.delete(name);
    const { origin } = dataset;
    if (origin === undefined || this.#datasets.get(origin)?.deferred !== true) return;
    if (this.clonesOf(origin).length === 0) this.destroy(origin);
  }

  /** Takes a snapshot away as soon as no clone needs it. */
  destroyLater(snapshot: string): void {
    const dataset = this.#datasets.get(snapshot) ?? fail('ENOENT');
    if (this.clonesOf(snapshot).length === 0) this.destroy(snapshot);
    else dataset.deferred = true;
  }

  /** Bytes in use in the whole pool. */
  used(): number {
    return this.#bytes(this.all(), new Census());
  }

  get free(): number {
    return this.size - this.used();
  }

  /**
   * Bytes that are charged to the dataset: of a snapshot, what nobody else has; of a filesystem, all of it and of what is
   * below it, but for what a clone has from its origin.
   */
  usedBy({ name, origin }: Dataset): number {
    const snapshot = name.includes('@');
    const inside = (other: Dataset): boolean =>
      other.name === name ||
      (!snapshot && (other.name.startsWith(`${name}/`) || other.name.startsWith(`${name}@`)));
    const elsewhere = this.all().filter((other) => (snapshot ? !inside(other) : other.name === origin));
    const census = new Census();
    this.#bytes(elsewhere, census);
    return this.#bytes(this.all().filter(inside), census);
  }

  /** Bytes that can be reached through the dataset, whoever else has them. */
  referenced(dataset: Dataset): number {
    return bytesOf(new Census().add(dataset.tree.table)) + OBJECT_SET;
  }

  save(): SavedZfs {
    return {
      datasets: [...this.#datasets.values()].map((dataset) => [
        dataset,
        dataset.tree.save(),
        { mountpoint: dataset.mountpoint, deferred: dataset.deferred },
      ]),
    };
  }

  restore(saved: unknown): void {
    this.#datasets = new Map();
    for (const [dataset, tree, changing] of (saved as SavedZfs).datasets) {
      dataset.tree.restore(tree);
      this.#datasets.set(dataset.name, Object.assign(dataset, changing));
    }
  }

  #bytes(datasets: readonly Dataset[], census: Census): number {
    return datasets
      .map(({ tree }) => census.add(tree.table))
      .reduce((sum, tally) => sum + bytesOf(tally) + (tally.metadata > 0 ? OBJECT_SET : 0), 0);
  }

  #add(name: string, from: Dataset | undefined, mountpoint: string, origin?: string): Dataset {
    const { epoch, clock, nextDev, size, trace } = this.#options;
    const dataset: Dataset = {
      name,
      origin,
      mountpoint,
      created: clock.now(),
      deferred: false,
      tree: new SharedTree({
        type: 'zfs',
        dev: nextDev(),
        epoch,
        clock,
        size,
        trace,
        space: this.#space,
        unit: RECORD_BLOCKS,
        ...(from === undefined ? { rootNumber: ROOT } : { origin: from.tree }),
      }),
    };
    this.#datasets.set(name, dataset);
    return dataset;
  }
}

const bytesOf = ({ metadata, records, indirect }: Tally): number =>
  metadata * DNODES + records * BLOCK + indirect * INDIRECT;
