// What layers are called on the screen. Layers count from the base, which is 1.
import type { ContainerView, LayerView } from '../../shell/index.ts';
import { cut } from '../text/width.ts';
import type { LayerNames } from './trace-words.ts';

/** `upper`, `init`, `L2`. */
export function shortName(container: ContainerView, index: number): string {
  const layer = container.layers[index];
  if (layer === undefined) return '?';
  return layer.kind === 'image' ? `L${height(container, index)}` : layer.kind;
}

/** 1 for the base. */
export function height(container: ContainerView, index: number): number {
  return container.layers.length - index;
}

/** What made the layer, without the parts that say nothing: digests, the shell that ran it. */
export function origin(layer: LayerView): string {
  return layer.createdBy
    .replace(/^\/bin\/sh -c #\(nop\)\s+/, '')
    .replace(/^\/bin\/sh -c /, 'RUN ')
    .replace(/file:[0-9a-f]{12,}/, 'file:…')
    .replace(/\s+/g, ' ')
    .trim();
}

const ORIGIN_WIDTH = 24;

/** Names layers by their directory, for the trace. Directories of no container keep a short form of their path. */
export function layerNames(containers: readonly ContainerView[]): LayerNames {
  const names = new Map<string, string>();
  for (const container of containers) {
    container.layers.forEach((layer, index) => {
      const name = longName(container, layer, index);
      names.set(layer.path, name);
      if (layer.link !== undefined) names.set(layer.link, name);
    });
  }
  return {
    of: (directory) => names.get(directory) ?? anonymous(directory),
    known: (directory) => names.has(directory),
  };
}

function longName(container: ContainerView, layer: LayerView, index: number): string {
  if (layer.kind === 'upper') return `${container.name}'s upper`;
  if (layer.kind === 'copy') return `${container.name}'s copy`;
  if (layer.kind === 'snapshot') return `${container.name}'s snapshot`;
  if (layer.kind === 'init') return `${container.name}'s init layer`;
  return `layer ${height(container, index)} (${cut(origin(layer), ORIGIN_WIDTH)})`;
}

function anonymous(directory: string): string {
  const id = /\/(?:overlay2|aufs\/diff)\/([0-9a-f]{12})[^/]*(?:\/diff)?$/.exec(directory)?.[1];
  const snapshot = /\/snapshots\/(\d+)\/fs$/.exec(directory)?.[1];
  if (snapshot !== undefined) return `snapshot ${snapshot}`;
  return id === undefined ? directory : `layer ${id}`;
}
