// docker rmi: names go first, then the image, its untagged parents and the layers that nothing needs any more.

import type { Removal } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { type Digest, shortId } from './digest.ts';
import { EngineError, isEngineError, refuse } from './engine-error.ts';
import { topLayer } from './image-config.ts';
import { resolveImage } from './image-lookup.ts';
import { repositoryOf } from './image-store.ts';
import { neededLayers } from './needed-layers.ts';
import { normalizeReference } from './reference.ts';

export interface RemoveOptions {
  force?: boolean;
  noPrune?: boolean;
}

/** Throws no-such-image, reference-in-use, image-in-use, image-in-repositories, image-has-children. */
export const removeImage = (daemon: Daemon, text: string, options: RemoveOptions = {}): Removal[] => {
  const id = resolveImage(daemon.images, text);
  const reference = asReference(daemon, text, id);
  return reference === undefined
    ? removeById(daemon, id, options)
    : removeByName(daemon, id, { text, reference }, options);
};

/** The familiar reference, when `text` is a name and not an ID. */
const asReference = (daemon: Daemon, text: string, id: Digest): string | undefined => {
  try {
    const reference = normalizeReference(text);
    return daemon.images.references().get(reference) === id ? reference : undefined;
  } catch (error) {
    if (isEngineError(error)) return undefined;
    throw error;
  }
};

const removeByName = (
  daemon: Daemon,
  id: Digest,
  { text, reference }: { text: string; reference: string },
  options: RemoveOptions,
): Removal[] => {
  const user = containersOf(daemon, id)[0];
  if (!options.force && user !== undefined && isSingle(daemon.images.referencesOf(id))) {
    refuse('reference-in-use', text, shortId(user), shortId(id));
  }
  const removals: Removal[] = [untag(daemon, id, reference)];
  const repository = repositoryOf(reference);
  const rest = daemon.images.referencesOf(id).filter((name) => repositoryOf(name) === repository);
  // Digests alone do not keep a repository's name on the image.
  if (rest.every(isDigest)) for (const digest of rest) removals.push(untag(daemon, id, digest));
  if (daemon.images.referencesOf(id).length > 0) return removals;
  return [...removals, ...deleteImage(daemon, id, options, true)];
};

const removeById = (daemon: Daemon, id: Digest, options: RemoveOptions): Removal[] => {
  const names = daemon.images.referencesOf(id);
  if (!isSingle(names)) return deleteImage(daemon, id, options, false);
  const conflict = conflictOf(daemon, id, { soft: !options.force, names: false });
  if (conflict !== undefined) throw conflict;
  const removals = names.map((name) => untag(daemon, id, name));
  return [...removals, ...deleteImage(daemon, id, options, false)];
};

const isDigest = (name: string): boolean => name.includes('@');

/** One tag at most, and digests of its repository only. */
const isSingle = (names: readonly string[]): boolean =>
  names.filter((name) => !isDigest(name)).length <= 1 && new Set(names.map(repositoryOf)).size <= 1;

/** What speaks against deleting the image, in Docker's order; `soft` ones give way to force. */
const conflictOf = (
  daemon: Daemon,
  id: Digest,
  ask: { soft: boolean; names: boolean },
): EngineError | undefined => {
  const short = shortId(id);
  if (daemon.images.children(id).length > 0) return new EngineError('image-has-children', short);
  const users = containersOf(daemon, id);
  const running = users.find((user) => daemon.containers.peek(user)?.State.Running === true);
  if (running !== undefined) return new EngineError('image-in-use-running', short, shortId(running));
  if (!ask.soft) return undefined;
  if (ask.names && daemon.images.referencesOf(id).length > 0)
    return new EngineError('image-in-repositories', short);
  return users[0] === undefined ? undefined : new EngineError('image-in-use', short, shortId(users[0]));
};

const untag = (daemon: Daemon, id: Digest, reference: string): Removal => {
  daemon.images.unname(reference);
  daemon.tellImage(id, 'untag');
  return { kind: 'untagged', reference };
};

/** The image with all its names, then its untagged parents. `quiet`: what still needs it keeps it, without an error. */
const deleteImage = (daemon: Daemon, id: Digest, options: RemoveOptions, quiet: boolean): Removal[] => {
  const conflict = conflictOf(daemon, id, { soft: !options.force, names: true });
  if (conflict !== undefined && quiet) return [];
  if (conflict !== undefined) throw conflict;
  const parent = daemon.images.parent(id);
  const config = daemon.images.get(id);
  const untagged = daemon.images.referencesOf(id).map((name) => untag(daemon, id, name));
  daemon.images.delete(id);
  daemon.tellImage(id, 'delete');
  const needed = neededLayers(daemon);
  const released = daemon.layers.release(config && topLayer(config), (chain) => needed.has(chain));
  // containerd tells of the image alone.
  const told = daemon.driver.imageStore === 'containerd' ? [id] : [id, ...released];
  const deleted = told.map((each): Removal => ({ kind: 'deleted', id: each }));
  const removals = [...untagged, ...deleted];
  if (options.noPrune || parent === '' || daemon.images.get(parent) === undefined) return removals;
  return [...removals, ...deleteImage(daemon, parent, {}, true)];
};

/** IDs of the containers that were made from the image. */
export const containersOf = (daemon: Daemon, id: Digest): string[] =>
  daemon.containers.ids().filter((container) => daemon.containers.peek(container)?.Image === id);
