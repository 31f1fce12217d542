// docker save: images as one tar, a directory a layer, in the format of Docker 20.10 (image/tarexport/save.go); the
// containerd image store writes an OCI image layout.

import type { Daemon } from './daemon.ts';
import { type Digest, hexOf, sha256 } from './digest.ts';
import { refuse } from './engine-error.ts';
import { goJson } from './go-json.ts';
import { chainIds, type ImageConfig } from './image-config.ts';
import { findImage, resolveImage } from './image-lookup.ts';
import { layerPieces } from './layer-pieces.ts';
import type { Layer } from './layer-store.ts';
import { familiarName, normalizeReference, parseReference } from './reference.ts';
import { saveAsOci } from './save-oci.ts';
import { FilesArchive } from './tar/files-archive.ts';
import { compareNames } from './tar/tree-entries.ts';
import { parseTime } from './time.ts';
import { v1Images } from './v1-image.ts';

/** The pieces of the tar, in order. Throws no-such-image. */
export const saveImages = (daemon: Daemon, references: readonly string[]): Uint8Array[] => {
  const chosen = new Map<Digest, Set<string>>();
  for (const reference of references) {
    for (const [id, tag] of namedBy(daemon, reference)) {
      const tags = chosen.get(id) ?? new Set();
      if (tag !== undefined) tags.add(tag);
      chosen.set(id, tags);
    }
  }
  const pieces =
    daemon.driver.name === 'overlayfs' ? saveAsOci(daemon, chosen) : new Saving(daemon).save(chosen);
  for (const id of chosen.keys()) daemon.tellImage(id, 'save');
  return pieces;
};

/** A repository alone stands for all its tags. */
const namedBy = (daemon: Daemon, text: string): [Digest, string | undefined][] => {
  const { images } = daemon;
  if (/^(sha256:)?[0-9a-f]{64}$/.test(text)) return [[resolveImage(images, text), undefined]];
  const reference = parseReference(text);
  if (reference.tag !== undefined || reference.digest !== undefined) {
    const name = normalizeReference(text);
    const id = images.references().get(name) ?? refuse('plain', 'reference does not exist');
    return [[id, reference.tag === undefined ? undefined : name]];
  }
  const tags = [...images.references()].filter(([name]) => name.startsWith(`${familiarName(reference)}:`));
  if (tags.length > 0) return tags.map(([name, id]) => [id, name]);
  return [[findImage(images, text) ?? refuse('no-such-image', text), undefined]];
};

interface ManifestItem {
  Config: string;
  RepoTags: string[] | null;
  Layers: string[];
  Parent?: string;
}

class Saving {
  readonly #daemon: Daemon;
  readonly #files = new FilesArchive();
  /** Where the tar of a layer was put first. */
  readonly #paths = new Map<Digest, string>();

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  save(chosen: ReadonlyMap<Digest, ReadonlySet<string>>): Uint8Array[] {
    const manifest: ManifestItem[] = [];
    const repositories: Record<string, Record<string, string>> = {};
    for (const [id, tags] of chosen) {
      const layers = this.#image(id);
      const parent = this.#daemon.images.parent(id);
      manifest.push({
        Config: this.#configName(id),
        RepoTags: tags.size === 0 ? null : [...tags],
        Layers: layers.map((layer) => `${layer}/layer.tar`),
        ...(chosen.has(parent) ? { Parent: parent } : {}),
      });
      for (const tag of tags) note(repositories, tag, layers.at(-1) as string);
    }
    this.#files.text('manifest.json', `${goJson(manifest)}\n`, 0);
    if (Object.keys(repositories).length > 0) {
      this.#files.text('repositories', `${goJson(sortedByKey(repositories))}\n`, 0);
    }
    return this.#files.pieces();
  }

  /** Puts an image into the archive; gives the v1 IDs of its layers. */
  #image(id: Digest): string[] {
    const { images, layers } = this.#daemon;
    const config = images.get(id) ?? refuse('no-such-image', id);
    const chains = chainIds(config);
    if (chains.length === 0) return refuse('plain', 'empty export - not implemented');
    const time = secondsOf(config);
    const v1 = v1Images(config);
    for (const [at, { id: name, json }] of v1.entries()) {
      const layer = layers.get(chains[at] as Digest) ?? refuse('no-such-image', id);
      if (!this.#files.has(name)) this.#layer(name, json, layer, time);
    }
    this.#files.text(this.#configName(id), images.text(id) ?? '', time);
    return v1.map((image) => image.id);
  }

  #configName(id: Digest): string {
    return `${hexOf(sha256(this.#daemon.images.text(id) ?? ''))}.json`;
  }

  #layer(name: string, json: string, layer: Layer, time: number): void {
    this.#files.directory(name, time);
    this.#files.text(`${name}/VERSION`, '1.0', time);
    this.#files.text(`${name}/json`, json, time);
    const path = `${name}/layer.tar`;
    const first = this.#paths.get(layer.diffId);
    if (first !== undefined) {
      this.#files.symlink(path, `../${first}`, time);
      return;
    }
    this.#paths.set(layer.diffId, path);
    this.#files.file(path, layerPieces(this.#daemon, layer), time);
  }
}

const secondsOf = (config: ImageConfig): number => Number(parseTime(config.created) / 1_000_000_000n);

const note = (repositories: Record<string, Record<string, string>>, tag: string, layer: string): void => {
  const cut = tag.lastIndexOf(':');
  const repository = tag.slice(0, cut);
  repositories[repository] = { ...repositories[repository], [tag.slice(cut + 1)]: layer };
};

const sortedByKey = <Value>(map: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => compareNames(a, b)));
