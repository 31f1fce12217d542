// docker save from the containerd image store: an OCI image layout (image-spec, image-layout.md), and beside it the
// manifest.json of Docker's own format, so that every engine can load it.

import type { Daemon } from './daemon.ts';
import { type Digest, hexOf, sha256 } from './digest.ts';
import { refuse } from './engine-error.ts';
import { goJson } from './go-json.ts';
import { chainIds, type ImageConfig } from './image-config.ts';
import { layerPieces } from './layer-pieces.ts';
import type { Layer } from './layer-store.ts';
import { parseReference } from './reference.ts';
import { FilesArchive } from './tar/files-archive.ts';

const TYPES = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
} as const;

interface Descriptor {
  mediaType: string;
  digest: Digest;
  size: number;
  annotations?: Record<string, string>;
}

/** The pieces of the tar, in order; `chosen` are the images with the names they are saved under. */
export const saveAsOci = (daemon: Daemon, chosen: ReadonlyMap<Digest, ReadonlySet<string>>): Uint8Array[] =>
  new Layout(daemon).save(chosen);

class Layout {
  readonly #daemon: Daemon;
  readonly #files = new FilesArchive();

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  save(chosen: ReadonlyMap<Digest, ReadonlySet<string>>): Uint8Array[] {
    const manifests: Descriptor[] = [];
    const items: unknown[] = [];
    this.#files.directory('blobs', 0);
    this.#files.directory('blobs/sha256', 0);
    for (const [id, tags] of chosen) {
      const { config, layers, manifest } = this.#image(id);
      const names = tags.size === 0 ? [undefined] : [...tags];
      for (const name of names) manifests.push(name === undefined ? manifest : named(manifest, name));
      items.push({
        Config: blobPath(config.digest),
        RepoTags: tags.size === 0 ? null : [...tags],
        Layers: layers.map(({ digest }) => blobPath(digest)),
      });
    }
    const index = { schemaVersion: 2, mediaType: TYPES.index, manifests };
    this.#files.text('index.json', goJson(index), 0);
    this.#files.text('manifest.json', goJson(items), 0);
    this.#files.text('oci-layout', goJson({ imageLayoutVersion: '1.0.0' }), 0);
    return this.#files.pieces();
  }

  #image(id: Digest): { config: Descriptor; layers: Descriptor[]; manifest: Descriptor } {
    const { images, layers: store } = this.#daemon;
    const parsed: ImageConfig = images.get(id) ?? refuse('no-such-image', id);
    const config = this.#blob(TYPES.config, [encode(images.text(id) ?? '')]);
    const layers = chainIds(parsed).map((chain) =>
      this.#layer(store.get(chain) ?? refuse('no-such-image', id)),
    );
    const document = { schemaVersion: 2, mediaType: TYPES.manifest, config, layers };
    return { config, layers, manifest: this.#blob(TYPES.manifest, [encode(goJson(document))]) };
  }

  #layer(layer: Layer): Descriptor {
    return this.#blob(TYPES.layer, layerPieces(this.#daemon, layer), layer.diffId);
  }

  #blob(mediaType: string, data: readonly Uint8Array[], known?: Digest): Descriptor {
    const digest = known ?? sha256(Buffer.concat(data));
    this.#files.file(blobPath(digest), data, 0);
    return { mediaType, digest, size: data.reduce((sum, piece) => sum + piece.length, 0) };
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const blobPath = (digest: Digest): string => `blobs/sha256/${hexOf(digest)}`;

const named = (manifest: Descriptor, name: string): Descriptor => {
  const { domain, path, tag = 'latest' } = parseReference(name);
  return {
    ...manifest,
    annotations: {
      'io.containerd.image.name': `${domain}/${path}:${tag}`,
      'org.opencontainers.image.ref.name': tag,
    },
  };
};
