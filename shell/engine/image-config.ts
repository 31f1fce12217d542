// An image's configuration: the JSON whose digest is the image ID. Keys stand in the order in which Docker writes them.

import { type Config, emptyConfig, orderedConfig } from './config.ts';
import { chainId, type Digest, EMPTY_DIFF_ID } from './digest.ts';
import { goJson } from './go-json.ts';
import { NEVER } from './time.ts';

export const DOCKER_VERSION = '20.10.24+dfsg1';

interface HistoryStep {
  created: string;
  author?: string;
  created_by?: string;
  comment?: string;
  empty_layer?: boolean;
}

export interface ImageConfig {
  architecture: string;
  author?: string;
  comment?: string;
  config: Config;
  container?: string;
  container_config: Config;
  created: string;
  docker_version: string;
  history: HistoryStep[];
  os: string;
  rootfs: { type: 'layers'; diff_ids?: Digest[] };
}

/** What a step adds to its parent's configuration. */
export interface ChildStep {
  /** The container it was committed from. */
  container?: string;
  containerConfig: Partial<Config>;
  config: Partial<Config>;
  /** EMPTY_DIFF_ID: the step made no layer. */
  diffId: Digest;
  author?: string;
  comment?: string;
  created: string;
  /** Joined to the history's created_by. */
  command: readonly string[];
}

/** The configuration of the image that `step` makes of `parent` (undefined: scratch). */
export const childConfig = (parent: ImageConfig | undefined, step: ChildStep): ImageConfig => {
  const empty = step.diffId === EMPTY_DIFF_ID;
  const diffIds = [...(parent?.rootfs.diff_ids ?? []), ...(empty ? [] : [step.diffId])];
  const history: HistoryStep = {
    created: step.created,
    ...optional('author', step.author),
    ...optional('created_by', step.command.join(' ')),
    ...optional('comment', step.comment),
    ...(empty ? { empty_layer: true } : {}),
  };
  return {
    architecture: parent?.architecture ?? 'amd64',
    ...optional('author', step.author),
    config: orderedConfig(step.config),
    ...optional('container', step.container),
    container_config: orderedConfig(step.containerConfig),
    created: step.created,
    docker_version: DOCKER_VERSION,
    history: [...(parent?.history ?? []), history],
    os: 'linux',
    rootfs: diffIds.length > 0 ? { type: 'layers', diff_ids: diffIds } : { type: 'layers' },
  };
};

/** The bytes that Docker stores and hashes. */
export const encodeImageConfig = (config: ImageConfig): string => goJson(config);

/** What other builders leave out is nothing. */
export const decodeImageConfig = (json: string): ImageConfig => {
  const known = JSON.parse(json) as Partial<ImageConfig>;
  return {
    ...known,
    architecture: known.architecture ?? '',
    config: orderedConfig(known.config ?? {}),
    container_config: known.container_config ?? emptyConfig(),
    created: known.created ?? NEVER,
    docker_version: known.docker_version ?? '',
    history: known.history ?? [],
    os: known.os ?? 'linux',
    rootfs: known.rootfs ?? { type: 'layers' },
  };
};

/** Chain ID of the image's top layer; undefined for an image without layers. */
export const topLayer = (config: ImageConfig): Digest | undefined => {
  const diffIds = config.rootfs.diff_ids ?? [];
  return diffIds.length === 0 ? undefined : chainId(diffIds);
};

/** Chain IDs of all layers, bottom first. */
export const chainIds = (config: ImageConfig): Digest[] => {
  const chains: Digest[] = [];
  for (const diffId of config.rootfs.diff_ids ?? []) {
    const below = chains.at(-1);
    chains.push(below === undefined ? diffId : chainId([below, diffId]));
  }
  return chains;
};

const optional = (key: string, value: string | undefined): Record<string, string> =>
  value === undefined || value === '' ? {} : { [key]: value };
