// docker load: images out of an archive. All of it is read and checked before anything is stored.

import type { ImageLoad, LoadedImage, LoadedLayer } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { chainId, type Digest, shortId } from './digest.ts';
import { isEngineError } from './engine-error.ts';
import { newId } from './ids.ts';
import { type ArchivedImage, readImageArchive } from './image-archive.ts';
import { decodeImageConfig, type ImageConfig } from './image-config.ts';
import { neededLayers } from './needed-layers.ts';
import { DATA_ROOT } from './paths.ts';
import { familiarReference, parseReference } from './reference.ts';
import { type ArchiveSource, inMemory } from './tar/archive-source.ts';
import { type LayerArchive, readLayerArchive } from './tar/layer-archive.ts';
import { ArchiveError } from './tar/read-archive.ts';

interface Checked {
  readonly image: ArchivedImage;
  readonly config: ImageConfig;
  readonly tags: readonly string[];
  /** Bottom first; undefined: the machine has it. */
  readonly layers: readonly (LayerArchive | undefined)[];
}

/** Throws ArchiveError: then nothing has been loaded. */
export const loadImages = (daemon: Daemon, source: ArchiveSource, unpacked = inMemory): ImageLoad => {
  const seen = new Map<ArchiveSource, LayerArchive>();
  const layerOf = (data: ArchiveSource): LayerArchive => {
    const layer = seen.get(data) ?? readLayerArchive(data, unpacked);
    seen.set(data, layer);
    return layer;
  };
  const images = readImageArchive(source, importDirectory(daemon), unpacked);
  const checked = images.map((image) => check(daemon, image, layerOf));
  const layers: LoadedLayer[] = [];
  try {
    for (const each of checked) layers.push(...storeLayers(daemon, each));
  } catch (error) {
    const needed = neededLayers(daemon);
    for (const { chain } of layers.reverse()) daemon.layers.release(chain, (layer) => needed.has(layer));
    throw error;
  }
  return { layers, images: checked.map((each) => storeImage(daemon, each)) };
};

const importDirectory = ({ kernel }: Daemon): string =>
  `${DATA_ROOT}/tmp/docker-import-${Number.parseInt(newId(kernel.random).slice(0, 7), 16)}`;

const check = (
  daemon: Daemon,
  image: ArchivedImage,
  layerOf: (data: ArchiveSource) => LayerArchive,
): Checked => {
  const config = configOf(image.config);
  const diffIds = config.rootfs.diff_ids ?? [];
  if (diffIds.length !== image.layers.length) {
    throw new ArchiveError(
      `invalid manifest, layers length mismatch: expected ${image.layers.length}, got ${diffIds.length}`,
    );
  }
  const layers = image.layers.map(({ data }, at) => {
    if (daemon.layers.get(chainId(diffIds.slice(0, at + 1))) !== undefined) return undefined;
    const layer = layerOf(data);
    if (layer.diffId === diffIds[at]) return layer;
    throw new ArchiveError(
      `invalid diffID for layer ${at}: expected ${JSON.stringify(diffIds[at])}, got ${JSON.stringify(layer.diffId)}`,
    );
  });
  return { image, config, tags: image.tags.map(tagOf), layers };
};

const configOf = (json: string): ImageConfig => {
  let config: ImageConfig;
  try {
    config = decodeImageConfig(json);
  } catch {
    throw new ArchiveError('invalid image JSON');
  }
  if (config.rootfs.type !== 'layers') throw new ArchiveError('invalid image JSON, no RootFS key');
  if (!isWellFormed(config)) throw new ArchiveError('invalid image JSON');
  if (config.os !== 'linux') {
    throw new ArchiveError(`cannot load ${config.os} image on linux`);
  }
  return config;
};

const isWellFormed = ({ rootfs: { diff_ids = [] }, history, config, created }: ImageConfig): boolean =>
  Array.isArray(diff_ids) &&
  diff_ids.every((id) => typeof id === 'string' && /^sha256:[0-9a-f]{64}$/.test(id)) &&
  Array.isArray(history) &&
  history.every((step) => typeof step === 'object' && step !== null && typeof step.created === 'string') &&
  typeof config === 'object' &&
  typeof created === 'string';

const tagOf = (tag: string): string => {
  try {
    const reference = parseReference(tag);
    if (reference.tag !== undefined) return familiarReference(reference);
  } catch (error) {
    if (!isEngineError(error)) throw error;
  }
  throw new ArchiveError(`invalid tag ${JSON.stringify(tag)}`);
};

const storeLayers = (daemon: Daemon, { config, layers }: Checked): LoadedLayer[] => {
  const stored: LoadedLayer[] = [];
  const diffIds = config.rootfs.diff_ids ?? [];
  for (const [at, layer] of layers.entries()) {
    const chain = chainId(diffIds.slice(0, at + 1));
    if (layer === undefined || daemon.layers.get(chain) !== undefined) continue;
    const { size } = daemon.layers.registerArchive(
      layer,
      at === 0 ? undefined : chainId(diffIds.slice(0, at)),
    );
    stored.push({ chain, id: shortId(diffIds[at] as Digest), size });
  }
  return stored;
};

const storeImage = (daemon: Daemon, { image, tags }: Checked): LoadedImage => {
  const found = daemon.images.idOf(image.config);
  const known = daemon.images.get(found) === undefined ? undefined : found;
  const parent = image.parent !== undefined && daemon.images.get(image.parent) ? image.parent : undefined;
  const id = known ?? daemon.images.create(image.config, parent);
  const renamed = tags.flatMap((tag): [string, string][] => {
    const before = daemon.images.references().get(tag);
    daemon.images.name(tag, id);
    return before === undefined || before === id ? [] : [[tag, before]];
  });
  daemon.tellImage(id, 'load');
  return { id, tags, renamed };
};
