// docker rm: the writable layer, the init layer and the documents of a container that does not run.

import type { Daemon } from './daemon.ts';
import { tellLayer } from './layer-steps.ts';
import { neededLayers } from './needed-layers.ts';

/** Precondition: the container is not running. With `volumes` its anonymous volumes go too, unless others use them. */
export const removeContainer = (daemon: Daemon, id: string, { volumes = false } = {}): void => {
  const record = daemon.containers.get(id);
  if (record === undefined) return;
  const below = daemon.layers.mountOf(id)?.parent;
  tellLayer(daemon, record, 'removed');
  daemon.layers.removeMount(id);
  // The image may have been removed while the container kept its layers.
  if (daemon.images.get(record.Image) === undefined) {
    const needed = neededLayers(daemon);
    daemon.layers.release(below, (chain) => needed.has(chain));
  }
  daemon.containers.removeHome(id);
  if (volumes) {
    for (const point of Object.values(record.MountPoints)) {
      const anonymous = point.Type === 'volume' && point.Spec.Source === undefined;
      if (anonymous && daemon.volumes.has(point.Name) && usersOf(daemon, point.Name).length === 0)
        removeVolume(daemon, point.Name);
    }
  }
  daemon.tellContainer(record, 'destroy');
};

export const removeVolume = (daemon: Daemon, name: string): void => {
  daemon.volumes.remove(name);
  daemon.tell('volume', 'destroy', name, { driver: 'local' });
};

/** IDs of the containers that have the volume mounted. */
export const usersOf = (daemon: Daemon, volume: string): string[] =>
  daemon.containers
    .ids()
    .filter((id) =>
      Object.values(daemon.containers.peek(id)?.MountPoints ?? {}).some((point) => point.Name === volume),
    );
