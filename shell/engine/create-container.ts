// docker create: configuration merged with the image's, the writable layer, volumes and the documents on the disk.

import { isDirectory } from '../fs/mode.ts';
import type { Process } from '../fs/process.ts';
import { insideRoot } from './chroot.ts';
import { type Config, type Healthcheck, type HostConfig, orderedConfig } from './config.ts';
import { checkName, randomName } from './container-names.ts';
import { newEndpoints } from './container-network.ts';
import { type ContainerRecord, newRecord } from './container-record.ts';
import type { ContainerSpec } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { refuse } from './engine-error.ts';
import { makeDirectories, readText } from './files.ts';
import { fullHostConfig } from './host-config.ts';
import { newId } from './ids.ts';
import { topLayer } from './image-config.ts';
import { resolveImage } from './image-lookup.ts';
import { setupInitLayer } from './init-layer.ts';
import { mergeConfig } from './merge-config.ts';
import { planMounts } from './mount-points.ts';
import { newNetworkSettings } from './network-settings.ts';
import { isSignalWord } from './signal-words.ts';
import { whileMounted } from './storage/storage-driver.ts';
import { fillVolumes } from './volume-filling.ts';

/** What a container is made of; an empty `imageId` is FROM scratch. */
export interface Blueprint {
  imageId: string;
  name?: string;
  config: Partial<Config>;
  host: ContainerSpec['host'];
  aliases?: readonly string[];
}

/** Makes the container of an image reference. Throws no-such-image, the name's conflicts, no-command. */
export const createContainer = (daemon: Daemon, spec: ContainerSpec): string => {
  const imageId = resolveImage(daemon.images, spec.image);
  const config = { ...spec.config, Image: spec.image };
  return buildContainer(daemon, { imageId, name: spec.name, config, host: spec.host, aliases: spec.aliases })
    .ID;
};

export const buildContainer = (daemon: Daemon, blueprint: Blueprint): ContainerRecord => {
  checkHealth(blueprint.config.Healthcheck ?? {});
  const image = blueprint.imageId === '' ? undefined : daemon.images.get(blueprint.imageId);
  const merged = mergeConfig(blueprint.config, image?.config);
  const argv = [...(merged.Entrypoint ?? []), ...(merged.Cmd ?? [])];
  if (argv.length === 0) refuse('no-command');
  checkMemory(blueprint.host?.Memory ?? 0);
  if (merged.StopSignal && !isSignalWord(merged.StopSignal)) refuse('bad-signal', merged.StopSignal);
  const id = newId(daemon.kernel.random);
  const name = chooseName(daemon, blueprint.name);
  const host = fullHostConfig(hostOf(daemon, blueprint.host ?? {}));
  const config = orderedConfig({
    ...merged,
    Hostname: merged.Hostname || hostnameOf(daemon, id, host.NetworkMode),
    Labels: merged.Labels ?? {},
  });
  const record = newRecord({
    id,
    name,
    created: daemon.now(),
    imageId: blueprint.imageId,
    config,
    path: argv[0] as string,
    args: argv.slice(1),
    driver: daemon.driver.name,
    network: newNetworkSettings(newEndpoints(host.NetworkMode, id, blueprint.aliases)),
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
  daemon.containers.makeHome(id);
  daemon.containers.putHostConfig(id, host);
  daemon.containers.put(record);
  daemon.tellContainer(record, 'create');
  return record;
};

/** `container:NAME` is kept with the ID. Throws no-such-container. */
const hostOf = (daemon: Daemon, host: Partial<HostConfig>): Partial<HostConfig> => {
  const [, other] = /^container:(.*)$/.exec(host.NetworkMode ?? '') ?? [];
  return other === undefined
    ? host
    : { ...host, NetworkMode: `container:${daemon.containers.resolve(other)}` };
};

/** In the host's network a container has the host's name, in another container's that one's. */
const hostnameOf = (daemon: Daemon, id: string, mode: string): string => {
  if (mode === 'host') return (readText(daemon.process, '/etc/hostname') ?? '').trim();
  const [, other] = /^container:(.*)$/.exec(mode) ?? [];
  return other === undefined ? id.slice(0, 12) : daemon.containers.record(other).Config.Hostname;
};

const LEAST_HEALTH_NS = 1e6;

/** Throws short-health-time. */
const checkHealth = (check: Healthcheck): void => {
  for (const field of ['Interval', 'Timeout', 'StartPeriod'] as const) {
    const time = check[field] ?? 0;
    if (time !== 0 && time < LEAST_HEALTH_NS) refuse('short-health-time', field);
  }
};

const LEAST_MEMORY = 6 * 2 ** 20;

/** Throws little-memory; 0 is no limit. */
export const checkMemory = (bytes: number): void => {
  if (bytes > 0 && bytes < LEAST_MEMORY) refuse('little-memory');
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
