// What images have for themselves, and what they share.

import type { ImageSummary } from '../../engine/contract.ts';
import type { Docker } from './docker-command.ts';

interface ImageUsage {
  readonly image: ImageSummary;
  /** Bytes of layers that other images have too. */
  readonly shared: number;
}

/** Each image with what it shares with the others in the list. */
export const imageUsage = (docker: Docker): ImageUsage[] => {
  const list = docker.engine.images
    .list()
    .map((image) => ({ image, layers: docker.engine.images.layers(image.id) }));
  const users = new Map<string, number>();
  for (const { layers } of list)
    for (const { chain } of layers) users.set(chain, (users.get(chain) ?? 0) + 1);
  return list.map(({ image, layers }) => ({
    image,
    shared: layers.reduce((sum, { chain, size }) => sum + ((users.get(chain) ?? 0) > 1 ? size : 0), 0),
  }));
};
