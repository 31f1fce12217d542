// The images that cowsh carries along, as a registry would hand them out.

import diffIds from './data/diff-ids.json' with { type: 'json' };
import images from './data/images.json' with { type: 'json' };
import { loadTree } from './load-tree.ts';
import { type TreeWriter, writeTree } from './write-tree.ts';

export type { EntryAttributes, TreeWriter } from './write-tree.ts';

export interface BundledLayer {
  /** The name of its data file; images that share a layer share the name. */
  readonly name: string;
  /** `sha256:…` of the layer's tar. */
  readonly diffId: string;
}

export interface BundledHistory {
  readonly created: string;
  /** As `docker history` shows it: `/bin/sh -c #(nop)  CMD ["bash"]`. */
  readonly createdBy: string;
  /** The step made no layer. */
  readonly empty: boolean;
}

/** The part of an image's configuration that is not the usual nothing, in Docker's key names. */
export interface BundledConfig {
  readonly Env: readonly string[];
  readonly Cmd: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly StopSignal?: string;
}

export interface BundledImage {
  /** Every familiar reference that names it: `ubuntu:24.04`, `ubuntu:latest`. */
  readonly references: readonly string[];
  /** RFC 3339. */
  readonly created: string;
  readonly architecture: 'amd64';
  readonly os: 'linux';
  readonly config: BundledConfig;
  /** Oldest first; the steps that are not empty are the layers, in order. */
  readonly history: readonly BundledHistory[];
  /** Lowest first. */
  readonly layers: readonly BundledLayer[];
}

interface ImageData {
  readonly references: readonly string[];
  readonly created: string;
  readonly layers: readonly string[];
  readonly config: BundledConfig;
  /** An instruction each; `+` before one that made a layer, `!` before a command line that did. */
  readonly history: readonly string[];
}

/** The bundled image of a familiar reference (`ubuntu`, `ubuntu:20.04`, `docker.io/library/ubuntu:20.04`). */
export const findImage = (reference: string): BundledImage | undefined => {
  const name = reference.replace(/^(docker\.io\/)?(library\/)?/, '');
  const tagged = name.includes(':') ? name : `${name}:latest`;
  const data = (images as readonly ImageData[]).find((image) => image.references.includes(tagged));
  return data && describe(data);
};

/** All bundled images. */
export const bundledImages = (): BundledImage[] => (images as readonly ImageData[]).map(describe);

/** True when there are bundled images in this repository (`ubuntu`), whatever their tags. */
export const hasRepository = (repository: string): boolean =>
  images.some((image) => image.references.some((reference) => reference.startsWith(`${repository}:`)));

/** Writes the tree of a layer into the directory `into`. */
export const materialize = <Dir>(layer: BundledLayer, into: Dir, writer: TreeWriter<Dir>): void =>
  writeTree(loadTree(layer.name), into, writer);

const describe = (data: ImageData): BundledImage => {
  const layers = data.layers.map((name): BundledLayer => ({ name, diffId: diffIdOf(name) }));
  return {
    references: data.references,
    created: data.created,
    architecture: 'amd64',
    os: 'linux',
    config: data.config,
    history: describeHistory(data, layers),
    layers,
  };
};

const describeHistory = (data: ImageData, layers: readonly BundledLayer[]): BundledHistory[] => {
  let layer = 0;
  return data.history.map((step) => {
    const empty = !/^[+!]/.test(step);
    const command = step.startsWith('!')
      ? step.slice(1)
      : `/bin/sh -c #(nop) ${step.startsWith('+') ? step.slice(1) : ` ${step}`}`;
    const id = empty ? '' : (layers[layer++]?.diffId.replace('sha256:', '') ?? '');
    return { created: data.created, createdBy: command.replace('{layer}', id), empty };
  });
};

const diffIdOf = (layer: string): string => (diffIds as Readonly<Record<string, string>>)[layer] ?? '';
