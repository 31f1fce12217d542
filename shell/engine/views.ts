// What panes show of the engine: layer stacks, what lies in a layer, what the union answers, bytes used and saved.

import type { FileKind } from '../fs/mode.ts';

export interface LayerView {
  /** Name of its directory under the storage driver's. */
  id: string;
  /** First 12 characters. */
  short: string;
  /** Where the storage driver has no union, the whole tree of a container: a copy, or a snapshot that shares its blocks. */
  kind: 'upper' | 'init' | 'image' | 'copy' | 'snapshot';
  /** The layer's directory on the host. */
  path: string;
  /** The same directory as mounts name it when it is a lower layer: a short link in overlay2/l. */
  link: string | undefined;
  /** `RUN echo …`, `ADD file:… in /`; empty for upper and init. */
  createdBy: string;
  /** As Docker counts it; of a snapshot, the bytes that it does not share. */
  size: number;
  /** Names of the other containers that stand on the same layer. */
  sharedWith: readonly string[];
}

export interface ContainerView {
  id: string;
  name: string;
  image: string;
  running: boolean;
  paused: boolean;
  /** Top first: upper, init, image layers down to the base; or a copy, or a snapshot, alone. */
  layers: readonly LayerView[];
  /** The mounted union while it runs, or the copy. */
  merged: string | undefined;
}

/**
 * What a row of a layer is to the layers around it:
 * added (nowhere below), copied-up (stands over one below), whiteout, opaque (a directory that hides those below),
 * changed and deleted (in a copy, where what was there before is gone),
 * shadowed (an upper layer of this stack hides it), plain (a directory that merges, or a file of the base).
 */
export type Sign =
  | 'added'
  | 'copied-up'
  | 'whiteout'
  | 'opaque'
  | 'changed'
  | 'deleted'
  | 'shadowed'
  | 'plain';

export interface LayerRow {
  /** From the container's root: `/etc/nginx`. */
  path: string;
  name: string;
  kind: FileKind;
  size: number;
  mode: number;
  /** Target of a symlink. */
  target?: string;
  sign: Sign;
}

export interface MergedRow extends LayerRow {
  /** Position in the container's `layers` of the layer that answers. */
  layer: number;
  /** Layers that take part in a merged directory. */
  merges: readonly number[];
}

export interface BytesView {
  /** All layers of all containers and images, each once. */
  used: number;
  /** What a full copy of its image for each container would take, images included. */
  fullCopies: number;
  saved: number;
}

export interface Views {
  containers(): ContainerView[];
  /** Rows of one directory of one layer of a container; sorted by name. Empty if the layer has no such directory. */
  layerEntries(container: string, layer: number, directory: string): LayerRow[];
  /** Every row of a small layer (an upper), depth first, up to `limit` rows; of a copy, what is different in it. */
  layerTree(container: string, layer: number, limit?: number): LayerRow[];
  mergedEntries(container: string, directory: string): MergedRow[];
  bytes(): BytesView;
}
