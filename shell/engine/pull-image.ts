// docker pull from the bundled catalogue: layers are materialised, configuration and names stored.

import type { BundledImage, BundledLayer } from '../images/catalogue.ts';
import { emptyConfig, orderedConfig } from './config.ts';
import type { Pull, PulledLayer } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { chainId, shortId } from './digest.ts';
import { refuse } from './engine-error.ts';
import { DOCKER_VERSION, encodeImageConfig, type ImageConfig } from './image-config.ts';
import { manifestDigest } from './manifest.ts';
import { familiarName, familiarReference, parseReference } from './reference.ts';

/** Throws pull-denied where there is no such repository, manifest-unknown where it has no such tag. */
export const pullImage = (daemon: Daemon, text: string): Pull => {
  const reference = parseReference(text);
  const familiar = familiarReference(reference);
  const bundled = daemon.catalogue.findImage(familiar) ?? unknownImage(daemon, text);
  const config = configOf(bundled);
  const digest = manifestDigest(encodeImageConfig(config));
  const before = daemon.images.references().get(familiar);
  const layers = bundled.layers.map((layer, at) => pullLayer(daemon, bundled, layer, at));
  const imageId = daemon.images.create(config);
  daemon.images.name(familiar, imageId);
  daemon.images.name(`${familiarName(reference)}@${digest}`, imageId);
  daemon.tell('image', 'pull', familiar, { ...config.config.Labels, name: familiarName(reference) });
  return {
    repository: reference.path,
    tag: reference.tag ?? 'latest',
    layers,
    digest,
    upToDate: before === imageId,
    canonical: `${reference.domain}/${reference.path}:${reference.tag ?? 'latest'}`,
    imageId,
  };
};

const unknownImage = (daemon: Daemon, text: string): never => {
  const reference = parseReference(text);
  const name = familiarName(reference);
  if (daemon.catalogue.hasRepository?.(name)) return refuse('manifest-unknown', familiarReference(reference));
  return refuse('pull-denied', name);
};

const configOf = (bundled: BundledImage): ImageConfig => {
  const config = orderedConfig({ ...emptyConfig(), ...structuredClone(bundled.config) } as Parameters<
    typeof orderedConfig
  >[0]);
  return {
    architecture: bundled.architecture,
    config,
    container_config: config,
    created: bundled.created,
    docker_version: DOCKER_VERSION,
    history: bundled.history.map(({ created, createdBy, emptyLayer }) => ({
      created,
      created_by: createdBy,
      ...(emptyLayer ? { empty_layer: true } : {}),
    })),
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: bundled.layers.map(({ diffId }) => diffId) },
  };
};

const pullLayer = (daemon: Daemon, bundled: BundledImage, layer: BundledLayer, at: number): PulledLayer => {
  const below = bundled.layers.slice(0, at).map(({ diffId }) => diffId);
  const parent = below.length === 0 ? undefined : chainId(below);
  const chain = chainId([...below, layer.diffId]);
  const known = daemon.layers.get(chain);
  const made =
    known ??
    daemon.layers.registerKnown(layer.diffId, parent, {
      size: layer.size,
      compressedSize: layer.compressedSize,
      write: (path) => layer.materialize(daemon.process, path),
    });
  return {
    id: shortId(layer.diffId),
    exists: known !== undefined,
    size: known === undefined ? layer.compressedSize : made.size,
  };
};
