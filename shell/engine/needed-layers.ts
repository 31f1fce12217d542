// Which layers must stay: those that an image, a container or the build cache stands on.

import type { Daemon } from './daemon.ts';
import type { Digest } from './digest.ts';
import { chainIds } from './image-config.ts';

export const neededLayers = (daemon: Daemon): ReadonlySet<Digest> => {
  const needed = new Set(usedLayers(daemon));
  for (const { chain } of daemon.buildCache.all()) {
    for (const layer of daemon.layers.stack(chain || undefined)) needed.add(layer.chainId);
  }
  return needed;
};

/** Chain IDs that images and containers stand on. */
export const usedLayers = (daemon: Daemon): ReadonlySet<Digest> => {
  const needed = new Set<Digest>();
  for (const id of daemon.images.all()) {
    const config = daemon.images.get(id);
    if (config !== undefined) for (const chain of chainIds(config)) needed.add(chain);
  }
  for (const id of daemon.layers.mounts()) {
    for (const layer of daemon.layers.stack(daemon.layers.mountOf(id)?.parent)) needed.add(layer.chainId);
  }
  return needed;
};
