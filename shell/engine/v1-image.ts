// The images of Docker before 1.10, one a layer: archives still carry them for whoever reads no manifest.json.

import { emptyConfig, orderedConfig } from './config.ts';
import { chainId, type Digest, hexOf, sha256 } from './digest.ts';
import { goJson } from './go-json.ts';
import type { ImageConfig } from './image-config.ts';

export interface V1Image {
  /** 64 digits. */
  readonly id: string;
  readonly json: string;
}

/** One for each layer, bottom first. */
export const v1Images = (config: ImageConfig): V1Image[] => {
  const diffIds = config.rootfs.diff_ids ?? [];
  const made: V1Image[] = [];
  for (const at of diffIds.keys()) {
    const parent = made.at(-1)?.id;
    const top = at === diffIds.length - 1;
    const facts = top ? topFacts(config) : { created: EPOCH, container_config: orderedConfig(emptyConfig()) };
    const id = hexOf(idOf(facts, chainId(diffIds.slice(0, at + 1)), parent));
    const json = goJson({ id, ...(parent === undefined ? {} : { parent }), ...facts, os: config.os });
    made.push({ id, json });
  }
  return made;
};

const EPOCH = '1970-01-01T00:00:00Z';

type Facts = Record<string, unknown>;

/** Keys in the order of Docker's structure. */
const topFacts = (config: ImageConfig): Facts => {
  const facts: Facts = {
    comment: config.comment,
    created: config.created,
    container: config.container,
    container_config: orderedConfig(config.container_config),
    docker_version: config.docker_version,
    author: config.author,
    config: orderedConfig(config.config),
    architecture: config.architecture,
    os: config.os,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== ''));
};

/** The digest of what it says, of its layer and of its parent; the keys sorted. */
const idOf = (facts: Facts, layer: Digest, parent: string | undefined): Digest => {
  const all: Facts = {
    ...facts,
    layer_id: layer,
    ...(parent === undefined ? {} : { parent: `sha256:${parent}` }),
  };
  return sha256(
    goJson(
      Object.fromEntries(
        Object.keys(all)
          .sort()
          .map((key) => [key, all[key]]),
      ),
    ),
  );
};
