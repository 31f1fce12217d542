// The engine's images: what `docker images`, `history`, `tag`, `rmi`, `pull` and `image inspect` ask.

import { orderedConfig } from './config.ts';
import type {
  HistoryEntry,
  ImageInspect,
  ImageLoad,
  ImageSummary,
  Images,
  Pull,
  Removal,
} from './contract.ts';
import type { Daemon } from './daemon.ts';
import type { Digest } from './digest.ts';
import { refuse } from './engine-error.ts';
import { chainIds, type ImageConfig, topLayer } from './image-config.ts';
import { findImage, resolveImage } from './image-lookup.ts';
import { loadImages } from './load-images.ts';
import { usedLayers } from './needed-layers.ts';
import { pullImage } from './pull-image.ts';
import { normalizeReference } from './reference.ts';
import { containersOf, removeImage } from './remove-image.ts';
import { saveImages } from './save-images.ts';
import type { ArchiveSource } from './tar/archive-source.ts';
import { parseTime } from './time.ts';

export class ImageService implements Images {
  readonly #daemon: Daemon;

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  list(options: { all?: boolean; reference?: string; dangling?: boolean } = {}): ImageSummary[] {
    const parents = new Set(this.#daemon.images.all().map((id) => this.#daemon.images.parent(id)));
    return this.#daemon.images
      .all()
      .map((id) => this.#summary(id, parents.has(id)))
      .filter((image) => options.all || !image.intermediate)
      .filter((image) => options.dangling === undefined || image.dangling === options.dangling)
      .filter((image) => options.reference === undefined || matches(image, options.reference))
      .sort((a, b) => (a.created > b.created ? -1 : a.created < b.created ? 1 : 0));
  }

  resolve(reference: string): string {
    return resolveImage(this.#daemon.images, reference);
  }

  find(reference: string): string | undefined {
    return findImage(this.#daemon.images, reference);
  }

  inspect(reference: string): ImageInspect {
    const id = this.resolve(reference);
    const config = this.#config(id);
    const top = topLayer(config);
    const layer = top === undefined ? undefined : this.#daemon.layers.get(top);
    const names = this.#daemon.images.referencesOf(id);
    const size = this.#size(id, config);
    return {
      Id: id,
      RepoTags: names.filter((name) => !name.includes('@')),
      RepoDigests: names.filter((name) => name.includes('@')),
      Parent: this.#daemon.images.parent(id),
      Comment: config.comment ?? config.history.at(-1)?.comment ?? '',
      Created: config.created,
      Container: config.container ?? '',
      ContainerConfig: orderedConfig(config.container_config),
      DockerVersion: config.docker_version,
      Author: config.author ?? '',
      Config: orderedConfig(config.config),
      Architecture: config.architecture,
      Os: config.os,
      Size: size,
      VirtualSize: size,
      GraphDriver: {
        Data: layer === undefined ? null : this.#daemon.driver.metadata(layer.cacheId),
        Name: this.#daemon.driver.name,
      },
      RootFS: {
        Type: 'layers',
        ...(config.rootfs.diff_ids === undefined ? {} : { Layers: [...config.rootfs.diff_ids] }),
      },
      Metadata: { LastTagTime: this.#daemon.images.lastUpdated(id) },
    };
  }

  history(reference: string): HistoryEntry[] {
    const id = this.resolve(reference);
    const config = this.#config(id);
    const chains = chainIds(config);
    let layer = 0;
    const entries = config.history.map((step): HistoryEntry => {
      const chain = step.empty_layer ? undefined : chains[layer++];
      return {
        id: '<missing>',
        created: parseTime(step.created),
        createdBy: step.created_by ?? '',
        tags: [],
        size: chain === undefined ? 0 : (this.#daemon.layers.get(chain)?.size ?? 0),
        comment: step.comment ?? '',
      };
    });
    this.#nameSteps(entries, id);
    return entries.reverse();
  }

  tag(source: string, target: string): void {
    const id = this.resolve(source);
    const reference = normalizeReference(target);
    this.#daemon.images.name(reference, id);
    this.#daemon.images.touch(id, this.#daemon.now());
    this.#daemon.tellImage(id, 'tag', reference);
  }

  remove(reference: string, options: { force?: boolean; noPrune?: boolean } = {}): Removal[] {
    return removeImage(this.#daemon, reference, options);
  }

  prune({
    all = false,
    fits = () => true,
  }: Parameters<Images['prune']>[0] = {}): ReturnType<Images['prune']> {
    const before = this.diskUsage();
    const removals: Removal[] = [];
    for (const image of this.list()) {
      const unused = containersOf(this.#daemon, image.id).length === 0;
      const goes = unused && fits(image) && (all ? !image.intermediate : image.dangling);
      if (!goes || this.find(image.id) === undefined) continue;
      const names = all ? image.tags : [];
      if (names.length === 0) removals.push(...removeImage(this.#daemon, image.id));
      for (const name of names) removals.push(...removeImage(this.#daemon, name));
    }
    const reclaimed = before - this.diskUsage();
    this.#daemon.tell('image', 'prune', '', { reclaimed: String(reclaimed) });
    return { removals, reclaimed };
  }

  imported(id: string): void {
    this.#daemon.tellImage(id, 'import');
  }

  pull(reference: string): Pull {
    return pullImage(this.#daemon, reference);
  }

  save(references: readonly string[]): Uint8Array[] {
    return saveImages(this.#daemon, references);
  }

  load(archive: ArchiveSource, unpacked?: (bytes: Uint8Array) => ArchiveSource): ImageLoad {
    return loadImages(this.#daemon, archive, unpacked);
  }

  layers(reference: string): { chain: string; size: number }[] {
    return chainIds(this.#config(this.resolve(reference))).map((chain) => ({
      chain,
      size: this.#daemon.layers.get(chain)?.size ?? 0,
    }));
  }

  diskUsage(): number {
    // What BuildKit alone keeps counts as its cache.
    return [...usedLayers(this.#daemon)].reduce(
      (sum, chain) => sum + (this.#daemon.layers.get(chain)?.size ?? 0),
      this.#daemon.images.contentTotal(),
    );
  }

  #summary(id: Digest, isParent: boolean): ImageSummary {
    const config = this.#config(id);
    const names = this.#daemon.images.referencesOf(id);
    const tags = names.filter((name) => !name.includes('@'));
    return {
      id,
      tags,
      digests: names.filter((name) => name.includes('@')),
      parent: this.#daemon.images.parent(id),
      created: parseTime(config.created),
      size: this.#size(id, config),
      labels: config.config.Labels ?? {},
      dangling: names.length === 0 && !isParent,
      intermediate: names.length === 0 && isParent,
      containers: containersOf(this.#daemon, id).length,
    };
  }

  #size(id: Digest, config: ImageConfig): number {
    const unpacked = chainIds(config).reduce(
      (sum, chain) => sum + (this.#daemon.layers.get(chain)?.size ?? 0),
      0,
    );
    return unpacked + this.#daemon.images.contentSize(id);
  }

  #config(id: Digest): ImageConfig {
    return this.#daemon.images.get(id) ?? refuse('no-such-image', id);
  }

  /** The image IDs of the steps, from the top one down its parents; a pulled image has no parents. */
  #nameSteps(entries: HistoryEntry[], top: Digest): void {
    let id = top;
    for (let at = entries.length - 1; at >= 0 && id !== ''; at--) {
      const entry = entries[at] as HistoryEntry;
      entry.id = id;
      entry.tags = this.#daemon.images.referencesOf(id).filter((name) => !name.includes('@'));
      id = this.#daemon.images.parent(id);
    }
  }
}

/** `docker images NAME`: a repository, or a reference with its tag; `*` stands for anything but a slash. */
const matches = (image: ImageSummary, pattern: string): boolean => {
  const tagged = /:[^/]*$/.test(pattern);
  const expression = new RegExp(`^${pattern.split('*').map(escape).join('[^/]*')}$`);
  return [...image.tags, ...image.digests].some((name) =>
    expression.test(tagged ? name : name.replace(/[:@][^/]*$/, '')),
  );
};

const escape = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
