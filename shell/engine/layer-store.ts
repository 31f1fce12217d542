// layerdb: which layers there are, what each stands on, and which snapshot of the storage driver holds it.
// A layer is known by its chain ID; a container's writable layer by the container's ID.

import type { Process } from '../fs/process.ts';
import type { LayerStep } from '../fs/trace.ts';
import { Compressor, ContentStore } from './content-store.ts';
import { chainId, type Digest, DigestVisitor, hexOf } from './digest.ts';
import { refuse } from './engine-error.ts';
import { listNames, readText, removeTree, writeAtomically, writeFile } from './files.ts';
import { newId } from './ids.ts';
import { imageHome } from './paths.ts';
import { type StorageDriver, whileMounted } from './storage/storage-driver.ts';
import { ArchiveWriter } from './tar/archive.ts';
import type { LayerArchive } from './tar/layer-archive.ts';
import { TarSplit } from './tar/tar-split.ts';
import type { TreeEntry } from './tar/tree-entries.ts';
import { WhileUnchanged } from './while-unchanged.ts';

/** Docker: layer/layer_store.go */
const MAX_DEPTH = 125;

export interface Layer {
  readonly chainId: Digest;
  readonly diffId: Digest;
  /** Chain ID of the layer below. */
  readonly parent: Digest | undefined;
  /** The storage driver's key. */
  readonly cacheId: string;
  /** Bytes as Docker counts them. */
  readonly size: number;
  /** Path of its tar-split; a bundled layer has none. */
  readonly split: string;
}

/** A layer's own files, without the archive they came in. */
export interface KnownTree {
  /** Bytes as Docker counts them. */
  readonly size: number;
  /** Bytes of its archive, compressed. */
  readonly compressedSize: number;
  write(path: string): void;
}

export interface WritableLayer {
  readonly mountId: string;
  readonly initId: string;
  /** Chain ID of the image layer it stands on; absent on an empty image. */
  readonly parent: Digest | undefined;
}

export class LayerStore {
  readonly driver: StorageDriver;
  readonly #blobs: ContentStore | undefined;
  readonly #process: Process;
  readonly #seen: WhileUnchanged;
  /** Directories of layers by chain ID, and of writable ones by container. */
  readonly #layers: string;
  readonly #mounts: string;

  constructor(process: Process, driver: StorageDriver) {
    this.#process = process;
    this.#seen = new WhileUnchanged(process.kernel);
    this.driver = driver;
    this.#blobs = driver.imageStore === 'containerd' ? new ContentStore(process) : undefined;
    this.#layers = `${imageHome(driver.name)}/layerdb/sha256`;
    this.#mounts = `${imageHome(driver.name)}/layerdb/mounts`;
  }

  get(chain: Digest): Layer | undefined {
    return this.#seen.get(chain, () => this.#read(chain));
  }

  #read(chain: Digest): Layer | undefined {
    const home = `${this.#layers}/${hexOf(chain)}`;
    const cacheId = readText(this.#process, `${home}/cache-id`);
    if (cacheId === undefined) return undefined;
    return {
      chainId: chain,
      cacheId,
      diffId: readText(this.#process, `${home}/diff`) ?? '',
      parent: readText(this.#process, `${home}/parent`),
      size: Number(readText(this.#process, `${home}/size`) ?? 0),
      split: `${home}/tar-split.json.gz`,
    };
  }

  /** The layer and all below it, top first. */
  stack(chain: Digest | undefined): Layer[] {
    const layers: Layer[] = [];
    for (let at = chain; at !== undefined; ) {
      const layer = this.get(at);
      if (layer === undefined) break;
      layers.push(layer);
      at = layer.parent;
    }
    return layers;
  }

  all(): readonly Digest[] {
    return this.#seen.get('all', () => listNames(this.#process, this.#layers).map((hex) => `sha256:${hex}`));
  }

  /**
   * Makes a layer of tar entries on top of `parent`; one that is there already is given back. `name` is the storage
   * driver's key, where it is not to be a random one. Throws max-depth.
   */
  register(entries: Iterable<TreeEntry>, parent: Digest | undefined, name?: string): Layer {
    const cacheId = this.#prepare(parent, name);
    const digest = new DigestVisitor();
    const split = new TarSplit();
    const compressor = this.#blobs && new Compressor();
    const archive = new ArchiveWriter([digest, split, ...(compressor ? [compressor] : [])]);
    this.driver.apply(cacheId, entries, archive);
    archive.end();
    const diffId = digest.finish();
    if (compressor) this.#blobs?.put(diffId, compressor.finish());
    return this.#store(cacheId, diffId, parent, undefined, split.finish());
  }

  /** Makes a layer whose diff ID is known and whose tree comes whole. */
  registerKnown(diffId: Digest, parent: Digest | undefined, layer: KnownTree): Layer {
    const cacheId = this.#prepare(parent);
    this.driver.fill(cacheId, layer.write);
    this.#blobs?.putSized(diffId, layer.compressedSize);
    return this.#store(cacheId, diffId, parent, this.#blobs ? undefined : layer.size, undefined);
  }

  /** Makes a layer of an archive from elsewhere, which is to come out again as it came in. */
  registerArchive(layer: LayerArchive, parent: Digest | undefined): Layer {
    const cacheId = this.#prepare(parent);
    const compressor = this.#blobs && new Compressor();
    try {
      this.driver.apply(cacheId, layer.entries, compressor && new ArchiveWriter([compressor]));
    } catch (error) {
      this.driver.remove(cacheId);
      throw error;
    }
    if (compressor) this.#blobs?.put(layer.diffId, compressor.finish());
    return this.#store(cacheId, layer.diffId, parent, undefined, layer.split());
  }

  /** Takes a layer away, and all below it that nothing needs any more. `needed` says what images and containers hold. */
  release(chain: Digest | undefined, needed: (chain: Digest) => boolean): Digest[] {
    const removed: Digest[] = [];
    for (const layer of this.stack(chain)) {
      if (needed(layer.chainId)) break;
      this.#tell('removed', layer);
      removeTree(this.#process, `${this.#layers}/${hexOf(layer.chainId)}`);
      this.driver.remove(layer.cacheId);
      this.#blobs?.remove(layer.diffId);
      removed.push(layer.chainId);
    }
    return removed;
  }

  /** A container's writable layer on an init layer that `setup` fills through the union. */
  createMount(id: string, parent: Digest | undefined, setup: (root: string) => void): WritableLayer {
    // containerd knows a container's snapshot by the container's ID.
    const mountId = this.#blobs ? id : newId(this.#process.kernel.random);
    const initId = `${mountId}-init`;
    this.driver.prepare(initId, parent === undefined ? undefined : this.#cacheOf(parent));
    whileMounted(this.driver, initId, setup);
    this.driver.prepare(mountId, initId);
    const home = `${this.#mounts}/${id}`;
    this.#process.mkdir(home, 0o755);
    writeFile(this.#process, `${home}/mount-id`, mountId);
    writeFile(this.#process, `${home}/init-id`, initId);
    if (parent !== undefined) writeFile(this.#process, `${home}/parent`, parent);
    return { mountId, initId, parent };
  }

  mountOf(id: string): WritableLayer | undefined {
    const mountId = readText(this.#process, `${this.#mounts}/${id}/mount-id`);
    const initId = readText(this.#process, `${this.#mounts}/${id}/init-id`);
    if (mountId === undefined || initId === undefined) return undefined;
    return { mountId, initId, parent: readText(this.#process, `${this.#mounts}/${id}/parent`) };
  }

  /** IDs of the containers that have a writable layer. */
  mounts(): string[] {
    return listNames(this.#process, this.#mounts);
  }

  removeMount(id: string): void {
    const mount = this.mountOf(id);
    if (mount === undefined) return;
    this.driver.unmount(mount.mountId);
    this.driver.remove(mount.mountId);
    this.driver.remove(mount.initId);
    removeTree(this.#process, `${this.#mounts}/${id}`);
  }

  /** A throw-away writable layer directly on `parent`; what is written through its mount becomes a layer. */
  build(parent: Digest | undefined, fill: (root: string) => void, name?: string): Layer {
    const key = newId(this.#process.kernel.random);
    const below = parent === undefined ? undefined : this.#cacheOf(parent);
    this.driver.prepare(key, below);
    try {
      whileMounted(this.driver, key, fill);
      return this.register(this.driver.entries(key, below), parent, name);
    } finally {
      this.driver.remove(key);
    }
  }

  #prepare(parent: Digest | undefined, name?: string): string {
    if (this.stack(parent).length >= MAX_DEPTH) refuse('max-depth');
    const cacheId = name ?? newId(this.#process.kernel.random);
    this.driver.prepare(cacheId, parent === undefined ? undefined : this.#cacheOf(parent));
    return cacheId;
  }

  #cacheOf(chain: Digest): string {
    return this.get(chain)?.cacheId ?? refuse('no-such-image', chain);
  }

  #store(
    cacheId: string,
    diffId: Digest,
    parent: Digest | undefined,
    knownSize: number | undefined,
    split: Uint8Array | undefined,
  ): Layer {
    const chain = chainId(parent === undefined ? [diffId] : [parent, diffId]);
    const known = this.get(chain);
    if (known !== undefined) {
      this.driver.remove(cacheId);
      return known;
    }
    const below = parent === undefined ? undefined : this.#cacheOf(parent);
    const size = knownSize ?? this.driver.usage(cacheId, below);
    const home = `${this.#layers}/${hexOf(chain)}`;
    this.#process.mkdir(home, 0o700);
    if (split !== undefined) writeFile(this.#process, `${home}/tar-split.json.gz`, split);
    writeFile(this.#process, `${home}/size`, String(size));
    writeFile(this.#process, `${home}/cache-id`, cacheId);
    writeFile(this.#process, `${home}/diff`, diffId);
    if (parent !== undefined) writeAtomically(this.#process, `${home}/parent`, parent, 0o644);
    const layer = { chainId: chain, diffId, parent, cacheId, size, split: `${home}/tar-split.json.gz` };
    this.#tell('stored', layer);
    return layer;
  }

  /** No call of the union shows what becomes of an image's layer. */
  #tell(action: LayerStep['action'], { cacheId, parent, size }: Layer): void {
    const { trace } = this.#process.kernel;
    if (!trace.on) return;
    const { shape } = this.driver;
    const layer = this.driver.path(cacheId);
    trace.emit({ kind: 'layer', action, layer, below: this.stack(parent).length, bytes: size, shape });
  }
}
