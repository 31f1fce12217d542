// The images that cowsh carries along, as a registry would hand them out.

import type { Process } from '../fs/process.ts';
import images from './data/images.json' with { type: 'json' };
import layerFacts from './data/layers.json' with { type: 'json' };
import { writeTreeAt } from './disk-writer.ts';
import { loadTree } from './load-tree.ts';

export interface BundledLayer {
  /** The name of its data file; images that share a layer share the name. */
  readonly name: string;
  /** `sha256:…` of the layer's tar. */
  readonly diffId: string;
  /** Bytes as Docker counts them: files once, symbolic links their target's length. */
  readonly size: number;
  /** Bytes of the blob that a pull fetches. */
  readonly compressedSize: number;
  /** Makes the layer's tree in the existing directory `path`. */
  materialize(process: Process, path: string): void;
}

export interface BundledHistory {
  readonly created: string;
  /** As `docker history` shows it: `/bin/sh -c #(nop)  CMD ["bash"]`. */
  readonly createdBy: string;
  readonly emptyLayer?: true;
}

/** The part of an image's configuration that is not the usual nothing, in Docker's key names. */
export interface BundledConfig {
  Env: string[];
  Cmd: string[];
  Entrypoint?: string[];
  ExposedPorts?: Record<string, object>;
  Labels?: Record<string, string>;
  StopSignal?: string;
}

export interface BundledImage {
  /** Docker's familiar name: `ubuntu`. */
  readonly repository: string;
  readonly tags: readonly string[];
  readonly architecture: 'amd64';
  /** RFC 3339. */
  readonly created: string;
  readonly config: BundledConfig;
  /** Bottom first; the steps that are not empty are the layers, in order. */
  readonly history: readonly BundledHistory[];
  /** Bottom first. */
  readonly layers: readonly BundledLayer[];
}

interface ImageData {
  readonly repository: string;
  readonly tags: readonly string[];
  readonly created: string;
  readonly layers: readonly string[];
  readonly config: BundledConfig;
  /** An instruction each; `+` before one that made a layer, `!` before a command line that did. */
  readonly history: readonly string[];
}

const catalogue = images as unknown as readonly ImageData[];

/** The bundled image of a familiar reference (`ubuntu`, `ubuntu:20.04`, `docker.io/library/ubuntu:20.04`). */
export const findImage = (reference: string): BundledImage | undefined => {
  const familiar = reference.replace(/^(docker\.io\/)?(library\/)?/, '');
  const [repository, tag = 'latest'] = familiar.split(':');
  const data = catalogue.find((image) => image.repository === repository && image.tags.includes(tag));
  return data && describe(data);
};

/** All bundled images. */
export const bundledImages = (): BundledImage[] => catalogue.map(describe);

/** True when there are bundled images in this repository (`ubuntu`), whatever their tags. */
export const hasRepository = (repository: string): boolean =>
  catalogue.some((image) => image.repository === repository.replace(/^(docker\.io\/)?(library\/)?/, ''));

const describe = (data: ImageData): BundledImage => {
  const layers = data.layers.map(describeLayer);
  const { repository, tags, created, config } = data;
  return {
    repository,
    tags,
    architecture: 'amd64',
    created,
    config,
    history: describeHistory(data, layers),
    layers,
  };
};

interface LayerFacts {
  readonly diffId: string;
  readonly size: number;
  readonly compressedSize: number;
}

const facts: Readonly<Record<string, LayerFacts>> = layerFacts;

const describeLayer = (name: string): BundledLayer => ({
  name,
  ...(facts[name] ?? { diffId: '', size: 0, compressedSize: 0 }),
  materialize: (process, path) => writeTreeAt(process, path, loadTree(name)),
});

const describeHistory = (data: ImageData, layers: readonly BundledLayer[]): BundledHistory[] => {
  const { created } = data;
  let layer = 0;
  return data.history.map((step) => {
    if (!/^[+!]/.test(step)) return { created, createdBy: `/bin/sh -c #(nop)  ${step}`, emptyLayer: true };
    const id = layers[layer++]?.diffId.replace('sha256:', '') ?? '';
    const command = step.slice(1).replace('{layer}', id);
    return { created, createdBy: step.startsWith('!') ? command : `/bin/sh -c #(nop) ${command}` };
  });
};
