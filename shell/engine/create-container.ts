// docker create: configuration merged with the image's, the writable layer, volumes and the documents on the disk.

import { isDirectory } from '../fs/mode.ts';
import type { Process } from '../fs/process.ts';
import { insideRoot } from './chroot.ts';
import { type Config, orderedConfig } from './config.ts';
import { checkName, randomName } from './container-names.ts';
import { type ContainerRecord, homeOf, newRecord } from './container-record.ts';
import type { ContainerSpec } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { refuse } from './engine-error.ts';
import { makeDirectories } from './files.ts';
import { fullHostConfig } from './host-config.ts';
import { newId } from './ids.ts';
import { topLayer } from './image-config.ts';
import { resolveImage } from './image-lookup.ts';
import { setupInitLayer } from './init-layer.ts';
import { mergeConfig } from './merge-config.ts';
import { planMounts } from './mount-points.ts';
import { whileMounted } from './storage/storage-driver.ts';
import { fillVolumes } from './volume-filling.ts';

/** What a container is made of; an empty `imageId` is FROM scratch. */
export interface Blueprint {
  imageId: string;
  name?: string;
  config: Partial<Config>;
  host: ContainerSpec['host'];
}

/** Makes the container of an image reference. Throws no-such-image, the name's conflicts, no-command. */
export const createContainer = (daemon: Daemon, spec: ContainerSpec): string => {
  const imageId = resolveImage(daemon.images, spec.image);
  const config = { ...spec.config, Image: spec.image };
  return buildContainer(daemon, { imageId, name: spec.name, config, host: spec.host }).ID;
};

export const buildContainer = (daemon: Daemon, blueprint: Blueprint): ContainerRecord => {
  const image = blueprint.imageId === '' ? undefined : daemon.images.get(blueprint.imageId);
  const merged = mergeConfig(blueprint.config, image?.config);
  const argv = [...(merged.Entrypoint ?? []), ...(merged.Cmd ?? [])];
  if (argv.length === 0) refuse('no-command');
  const id = newId(daemon.kernel.random);
  const name = chooseName(daemon, blueprint.name);
  const config = orderedConfig({
    ...merged,
    Hostname: merged.Hostname || id.slice(0, 12),
    Labels: merged.Labels ?? {},
  });
  const host = fullHostConfig(blueprint.host ?? {});
  const record = newRecord({
    id,
    name,
    created: daemon.now(),
    imageId: blueprint.imageId,
    config,
    path: argv[0] as string,
    args: argv.slice(1),
    driver: daemon.driver.name,
  });
  const top = image === undefined ? undefined : topLayer(image);
  daemon.layers.createMount(id, top, (root) => setupInitLayer(daemon.process, root));
  try {
    record.MountPoints = planMounts(daemon, config, host);
    prepareTree(daemon, record);
  } catch (error) {
    daemon.layers.removeMount(id);
    throw error;
  }
  makeHome(daemon.process, id);
  daemon.containers.putHostConfig(id, host);
  daemon.containers.put(record);
  daemon.tell('container', 'create', id, { image: config.Image, name });
  return record;
};

const chooseName = (daemon: Daemon, asked: string | undefined): string => {
  const taken = daemon.containers.names();
  if (asked === undefined || asked === '') return randomName(daemon.kernel.random, (name) => taken.has(name));
  const name = checkName(asked);
  const holder = taken.get(name);
  return holder === undefined ? name : refuse('name-in-use', name, holder);
};

/**
 * What Docker writes into a new container's tree: its working directory; and into new volumes: what the image has there.
 * The union is mounted for it even when there is nothing to write.
 */
const prepareTree = (daemon: Daemon, record: ContainerRecord): void => {
  const mount = daemon.layers.mountOf(record.ID) ?? refuse('no-such-container', record.ID);
  const volumes = Object.values(record.MountPoints).filter((point) => point.CopyData);
  const { WorkingDir } = record.Config;
  whileMounted(daemon.driver, mount.mountId, (root) => {
    insideRoot(daemon.process, root, (inside) => {
      if (WorkingDir !== '') makeWorkingDirectory(inside, WorkingDir);
      for (const point of volumes) fillVolumes(daemon.process, inside, point);
    });
  });
};

export const makeWorkingDirectory = (inside: Process, path: string): void => {
  if (!path.startsWith('/')) refuse('bad-working-directory', path);
  const stat = inside.tryStat(path);
  if (stat !== undefined && !isDirectory(stat.mode)) refuse('path-is-no-directory', path);
  makeDirectories(inside, path.replace(/\/+$/, '') || '/', 0o755);
};

const makeHome = (process: Process, id: string): void => {
  const home = homeOf(id);
  process.mkdir(home, 0o710);
  process.mkdir(`${home}/checkpoints`, 0o700);
  process.mkdir(`${home}/mounts`, 0o710);
};
