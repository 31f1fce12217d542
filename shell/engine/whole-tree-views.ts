// What panes show of a driver whose snapshots are whole trees: each container is one full copy, and nothing is shared.

import type { ContainerRecord } from './container-record.ts';
import type { Change } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { usageOf } from './storage/usage.ts';
import type { BytesView, LayerRow, LayerView, Sign } from './views.ts';

/** The one layer of a container: the directory it runs on, with everything in it. */
export const copyOf = (daemon: Daemon, record: ContainerRecord): LayerView[] => {
  const mount = daemon.layers.mountOf(record.ID);
  if (mount === undefined) return [];
  const path = daemon.driver.path(mount.mountId);
  return [
    {
      id: mount.mountId,
      short: mount.mountId.slice(0, 12),
      kind: 'copy',
      path,
      link: undefined,
      createdBy: '',
      size: usageOf(daemon.process, path),
      sharedWith: [],
    },
  ];
};

/** What is different in a container's copy from what it was copied from. */
export const changedRows = (daemon: Daemon, container: string, limit: number): LayerRow[] => {
  const { driver, layers, process } = daemon;
  const mount = layers.mountOf(container);
  if (mount === undefined) return [];
  const changes = driver.changes(mount.mountId, mount.initId).slice(0, limit);
  return changes.map(({ kind, path }) => {
    const file = driver.path(kind === 'deleted' ? mount.initId : mount.mountId) + path;
    const stat = process.lstat(file);
    return {
      path,
      name: path.slice(path.lastIndexOf('/') + 1),
      kind: stat.kind,
      size: stat.size,
      mode: stat.mode,
      ...(stat.kind === 'symlink' ? { target: process.readlink(file) } : {}),
      sign: stat.kind === 'directory' && kind === 'changed' ? 'plain' : signs[kind],
    };
  });
};

const signs = { added: 'added', changed: 'changed', deleted: 'deleted' } satisfies Record<
  Change['kind'],
  Sign
>;

/** Every image layer is a copy of all below it; every container is two, its own and the one it was made from. */
export const copiedBytes = (daemon: Daemon): BytesView => {
  const { containers, driver, layers, process } = daemon;
  const images = layers
    .all()
    .flatMap((chain) => layers.stack(chain))
    .reduce((sum, layer) => sum + layer.size, 0);
  const mounts = containers.ids().flatMap((id) => layers.mountOf(id) ?? []);
  const copies = mounts
    .flatMap(({ mountId, initId }) => [mountId, initId])
    .reduce((sum, key) => sum + usageOf(process, driver.path(key)), 0);
  return { used: images + copies, fullCopies: images + copies, saved: 0 };
};
