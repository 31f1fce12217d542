// docker commit: a container's writable layer becomes an image's layer.

import { applyChanges } from './build/commit-changes.ts';
import { type Config, orderedConfig } from './config.ts';
import type { ContainerRecord } from './container-record.ts';
import type { CommitOptions } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { type Digest, EMPTY_DIFF_ID } from './digest.ts';
import { refuse } from './engine-error.ts';
import { endHealth, watchHealth } from './health/container-health.ts';
import { childConfig } from './image-config.ts';
import { normalizeReference } from './reference.ts';

/** The new image's ID. `CREATED BY` in its history is the container's command. */
export const commitContainer = (daemon: Daemon, id: string, options: CommitOptions): Digest => {
  const reference = options.reference === undefined ? undefined : normalizeReference(options.reference);
  const record = daemon.containers.record(id);
  const config = applyChanges(record.Config, options.changes ?? []);
  const pauses = record.State.Running && !record.State.Paused && options.pause !== false;
  if (pauses) tellPause(daemon, record);
  const imageId = imageOfContainer(daemon, {
    container: id,
    parent: record.Image,
    step: record.Config,
    config,
    author: options.author,
    comment: options.comment,
  });
  if (reference !== undefined) {
    daemon.images.name(reference, imageId);
    daemon.tellImage(imageId, 'tag', reference);
  }
  const comment = options.comment ?? '';
  daemon.tellContainer(record, 'commit', { comment, imageID: imageId, imageRef: reference ?? '' });
  if (pauses) daemon.tellContainer(record, 'unpause');
  return imageId;
};

/** Nothing runs meanwhile anyway; but its health is watched anew from then on. */
const tellPause = (daemon: Daemon, record: ContainerRecord): void => {
  watchHealth(
    daemon,
    daemon.containers.update(record.ID, ({ State }) => endHealth(daemon, record.ID, State)),
  );
  daemon.tellContainer(record, 'pause');
};

export interface Commit {
  container: string;
  /** Image ID; empty for scratch. */
  parent: Digest;
  step: Partial<Config>;
  config: Partial<Config>;
  author?: string;
  comment?: string;
}

/** Registers the container's layer and makes the image on it. Throws max-depth. */
export const imageOfContainer = (daemon: Daemon, commit: Commit): Digest => {
  const mount = daemon.layers.mountOf(commit.container) ?? refuse('no-such-container', commit.container);
  const layer = daemon.layers.register(daemon.driver.entries(mount.mountId, mount.initId), mount.parent);
  const imageId = imageOfLayer(daemon, layer.diffId, commit);
  if (layer.diffId === EMPTY_DIFF_ID)
    daemon.layers.release(layer.chainId, (chain) => chain !== layer.chainId);
  return imageId;
};

/** The image that a layer (EMPTY_DIFF_ID: none) makes of its parent. */
export const imageOfLayer = (
  daemon: Daemon,
  diffId: Digest,
  commit: Omit<Commit, 'container'> & { container?: string },
): Digest => {
  const parent = commit.parent === '' ? undefined : daemon.images.get(commit.parent);
  const created = daemon.now();
  const config = childConfig(parent, {
    container: commit.container,
    containerConfig: orderedConfig(commit.step),
    config: commit.config,
    diffId,
    author: commit.author,
    comment: commit.comment,
    created,
    command: commit.step.Cmd ?? [],
  });
  const imageId = daemon.images.create(config, commit.parent);
  daemon.images.touch(imageId, created);
  return imageId;
};
