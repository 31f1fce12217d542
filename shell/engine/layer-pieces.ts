// The tar of a layer that is in the store.

import type { Daemon } from './daemon.ts';
import { readBytes } from './files.ts';
import type { Layer } from './layer-store.ts';
import { ArchiveWriter } from './tar/archive.ts';
import { assembleLayer } from './tar/assemble-layer.ts';
import { concat } from './tar/header.ts';
import { archiveEntry, chunks } from './tar/tree-entries.ts';

/** The layer's tar: as it came, or as it is made of its files. */
export const layerPieces = (daemon: Daemon, layer: Layer): Uint8Array[] => {
  const split = readBytes(daemon.process, layer.split);
  if (split !== undefined) {
    const { process, path } = daemon.driver.look(layer.cacheId);
    return [...assembleLayer(split, (name) => chunks(process, `${path}/${name}`))];
  }
  const pieces: Uint8Array[] = [];
  const hear = (bytes: Uint8Array): void => {
    pieces.push(bytes);
  };
  const archive = new ArchiveWriter([{ raw: hear, data: hear, entry: () => {} }]);
  const below = layer.parent === undefined ? undefined : daemon.layers.get(layer.parent)?.cacheId;
  for (const entry of daemon.driver.entries(layer.cacheId, below))
    archiveEntry(daemon.process, archive, entry);
  archive.end();
  return [concat(pieces)];
};
