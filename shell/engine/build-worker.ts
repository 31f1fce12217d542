// What BuildKit stands on: base images, steps that run or write files on a layer, cache records, and finished images.

import type { Process } from '../fs/process.ts';
import type { CacheKind, CacheRecord } from './build-cache.ts';
import { newCacheId } from './build-cache.ts';
import type { StepMount } from './build-mounts.ts';
import { type BuildStep, runBuildStep } from './build-step.ts';
import { insideRoot } from './chroot.ts';
import type { Pull } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { readDaemonFile } from './daemon-file.ts';
import { removeTree } from './files.ts';
import { type ImageConfig, topLayer } from './image-config.ts';
import { findImage } from './image-lookup.ts';
import { neededLayers, usedLayers } from './needed-layers.ts';
import { DATA_ROOT } from './paths.ts';
import { pullImage } from './pull-image.ts';
import { familiarReference, normalizeReference, parseReference } from './reference.ts';
import { whileMounted } from './storage/storage-driver.ts';
import { ArchiveWriter } from './tar/archive.ts';
import type { ArchiveSource } from './tar/archive-source.ts';
import { extractArchive } from './tar/extract-archive.ts';
import { archiveEntry, entriesBelow } from './tar/tree-entries.ts';
import { parseTime, rfc3339 } from './time.ts';

/** An image that a stage stands on. */
export interface BaseImage {
  readonly config: ImageConfig;
  /** Chain ID of its top layer; empty for one without layers. */
  readonly chain: string;
  /** `docker.io/library/ubuntu:20.04` */
  readonly canonical: string;
  /** What came from the catalogue just now. */
  readonly pull: Pull | undefined;
}

/** A record with what else needs its layer. */
export interface CacheUse extends CacheRecord {
  /** An image or a container stands on its layer. */
  readonly shared: boolean;
}

export interface PruneOptions {
  /** Those too whose layers images have. */
  readonly all: boolean;
  /** Bytes that may stay. */
  readonly keep: number;
  /** Only what was not used since then (nanoseconds since 1970). */
  readonly before: bigint | undefined;
}

export class BuildWorker {
  readonly #daemon: Daemon;

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  /** Whether the daemon's configuration prefers it: {"features": {"buildkit": true}}. Throws daemon-file. */
  isDefault(): boolean {
    return readDaemonFile(this.#daemon.process).features?.buildkit === true;
  }

  /** From this machine, or with `pull` and where it is not here from the catalogue. Throws pull-denied, manifest-unknown. */
  base(reference: string, pull: boolean): BaseImage {
    const parsed = parseReference(reference);
    const canonical = `${parsed.domain}/${parsed.path}:${parsed.tag ?? 'latest'}`;
    const known = pull ? undefined : findImage(this.#daemon.images, reference);
    const { id, fetched } = known === undefined ? this.#fetch(reference) : { id: known, fetched: undefined };
    const config = this.#daemon.images.get(id) as ImageConfig;
    if (fetched !== undefined) this.#forget(reference, fetched);
    return { config, chain: topLayer(config) ?? '', canonical, pull: fetched };
  }

  #fetch(reference: string): { id: string; fetched: Pull | undefined } {
    const before = findImage(this.#daemon.images, reference);
    const fetched = pullImage(this.#daemon, reference);
    return { id: fetched.imageId, fetched: before === fetched.imageId ? undefined : fetched };
  }

  /** BuildKit keeps an image's layers, but docker images does not list it. */
  #forget(reference: string, { imageId, digest }: Pull): void {
    const { images } = this.#daemon;
    const familiar = familiarReference(parseReference(reference));
    images.unname(familiar);
    images.unname(`${familiar.slice(0, familiar.lastIndexOf(':'))}@${digest}`);
    if (images.referencesOf(imageId).length === 0) images.delete(imageId);
  }

  find(key: string): CacheRecord | undefined {
    const record = this.#daemon.buildCache.find(key);
    const gone =
      record !== undefined && record.chain !== '' && this.#daemon.layers.get(record.chain) === undefined;
    return gone ? undefined : record;
  }

  use(record: CacheRecord): void {
    this.#daemon.buildCache.touch(record, this.#daemon.now());
  }

  /** Notes a result: a layer just made, or what is kept for another reason. */
  keep(record: Pick<CacheRecord, 'key' | 'chain' | 'description'> & Partial<CacheRecord>): CacheRecord {
    const now = this.#daemon.now();
    const layer = record.chain === '' ? undefined : this.#daemon.layers.get(record.chain);
    const old = this.#daemon.buildCache.find(record.key);
    // Two steps may give the same layer: each has a record of its own.
    const free = layer?.cacheId.length === 25 && !this.#daemon.buildCache.has(layer.cacheId);
    const whole: CacheRecord = {
      id: old?.id ?? (free ? layer.cacheId : newCacheId(this.#daemon.kernel.random)),
      kind: 'regular',
      parent: layer?.parent ?? '',
      size: layer?.size ?? 0,
      created: now,
      ...record,
      lastUsed: now,
      usage: (old?.usage ?? 0) + 1,
    };
    this.#daemon.buildCache.put(whole);
    return whole;
  }

  /** Runs a program on `parent`; with status 0 `chain` is the layer that it made. Throws EngineError. */
  run(parent: string, step: BuildStep, client: Process): Promise<{ status: number; chain: string }> {
    return runBuildStep(this.#daemon, parent, step, client);
  }

  /** The layer that `fill` writes on top of `parent`. */
  files(parent: string, fill: (inside: Process) => void): string {
    const name = newCacheId(this.#daemon.kernel.random);
    return this.#daemon.layers.build(
      parent || undefined,
      (root) => insideRoot(this.#daemon.process, root, fill),
      name,
    ).chainId;
  }

  /** A layer that was made on nothing, put on top of `parent` as it is (COPY --link). */
  link(parent: string, chain: string): string {
    const { layers, driver } = this.#daemon;
    const layer = layers.get(chain);
    if (layer === undefined || parent === '') return chain;
    const name = newCacheId(this.#daemon.kernel.random);
    return layers.register(driver.entries(layer.cacheId, undefined), parent, name).chainId;
  }

  /** The tree of a layer and all below it, to read. */
  tree<Result>(chain: string, use: (inside: Process) => Result): Result {
    return this.#seen(chain, (root) => insideRoot(this.#daemon.process, root, use));
  }

  #seen<Result>(chain: string, use: (root: string) => Result): Result {
    const { driver } = this.#daemon;
    const key = newCacheId(this.#daemon.kernel.random);
    driver.prepare(key, this.#daemon.layers.get(chain)?.cacheId);
    try {
      return whileMounted(driver, key, use);
    } finally {
      driver.remove(key);
    }
  }

  /** A flat tar of a tree, in pieces. */
  tar(chain: string): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    const hear = (bytes: Uint8Array): void => {
      pieces.push(bytes);
    };
    const archive = new ArchiveWriter([{ raw: hear, data: hear, entry: () => {} }]);
    this.#seen(chain, (root) => {
      for (const entry of entriesBelow(this.#daemon.process, root, { whiteouts: false }))
        archiveEntry(this.#daemon.process, archive, entry);
    });
    archive.end();
    return pieces;
  }

  /** Diff IDs of the layers up to `chain`, bottom first. */
  diffIds(chain: string): string[] {
    return this.#daemon.layers
      .stack(chain || undefined)
      .map(({ diffId }) => diffId)
      .reverse();
  }

  /** Stores an image's configuration and names it. The image's ID. */
  image(json: string, tags: readonly string[]): string {
    const { images } = this.#daemon;
    const id = images.create(json);
    for (const tag of tags) {
      images.name(normalizeReference(tag), id);
      images.touch(id, this.#daemon.now());
      this.#daemon.tell('image', 'tag', id, { name: tag });
    }
    return id;
  }

  /** A writable tree for RUN --mount, gone when the function given back is called. */
  lend(chain: string, fill: ((inside: Process) => void) | undefined): { root: string; release: () => void } {
    const { driver } = this.#daemon;
    const key = newCacheId(this.#daemon.kernel.random);
    driver.prepare(key, this.#daemon.layers.get(chain)?.cacheId);
    const root = driver.mount(key);
    if (fill !== undefined) insideRoot(this.#daemon.process, root, fill);
    const release = (): void => {
      driver.unmount(key);
      driver.remove(key);
    };
    return { root, release };
  }

  /** The directory of a cache mount, made at its first use. */
  cacheMount(
    key: string,
    description: string,
    owner: { uid: number; gid: number; mode: number },
  ): { root: string; release: () => void } {
    const { driver, process } = this.#daemon;
    const record = this.find(key) ?? this.keep({ key, chain: '', kind: 'exec.cachemount', description });
    const isNew = !driver.has(record.id);
    if (isNew) driver.prepare(record.id, undefined);
    const root = driver.mount(record.id);
    if (isNew) {
      process.chmod(root, owner.mode);
      process.chown(root, owner.uid, owner.gid);
    }
    const release = (): void => {
      driver.unmount(record.id);
      this.keep({ ...record, size: driver.usage(record.id, undefined) });
    };
    return { root, release };
  }

  /** Unpacks a context that came as a tar. */
  unpack(archive: ArchiveSource): { process: Process; root: string; release: () => void } {
    const { process } = this.#daemon;
    const root = `${DATA_ROOT}/tmp/docker-builder${pickNumber(this.#daemon)}`;
    process.mkdir(root, 0o700);
    const release = (): void => removeTree(process, root);
    try {
      insideRoot(process, root, (inside) => extractArchive(inside, archive, '/'));
    } catch (error) {
      release();
      throw error;
    }
    return { process, root, release };
  }

  records(): CacheUse[] {
    const used = usedLayers(this.#daemon);
    return this.#daemon.buildCache.all().map((record) => ({ ...record, shared: used.has(record.chain) }));
  }

  /** Oldest use first, until what may stay is left. */
  prune({ all, keep, before }: PruneOptions): { ids: string[]; reclaimed: number } {
    const candidates = this.records()
      .filter(({ shared }) => all || !shared)
      .filter(({ lastUsed }) => before === undefined || parseTime(lastUsed) < before)
      .sort((a, b) => (a.lastUsed < b.lastUsed ? -1 : 1));
    let total = this.records().reduce((sum, { size, shared }) => sum + (shared ? 0 : size), 0);
    const gone: CacheUse[] = [];
    for (const record of candidates) {
      if (keep > 0 && total <= keep) break;
      gone.push(record);
      total -= record.shared ? 0 : record.size;
    }
    this.#remove(gone);
    const reclaimed = gone.reduce((sum, { size, shared }) => sum + (shared ? 0 : size), 0);
    this.#daemon.tell('builder', 'prune', '', { reclaimed: String(reclaimed) });
    return { ids: gone.map(({ id }) => id), reclaimed };
  }

  #remove(gone: readonly CacheRecord[]): void {
    const { buildCache, layers, driver } = this.#daemon;
    buildCache.remove(new Set(gone.map(({ id }) => id)));
    const needed = neededLayers(this.#daemon);
    for (const { kind, id, chain } of gone) {
      if (kind === 'exec.cachemount' && driver.has(id)) driver.remove(id);
      if (chain !== '') layers.release(chain, (layer) => needed.has(layer));
    }
  }

  now(): string {
    return rfc3339(this.#daemon.kernel.clock.now());
  }
}

const pickNumber = ({ kernel }: Daemon): number => kernel.random.next() % 1_000_000_000;

export type { BuildStep, CacheKind, StepMount };
