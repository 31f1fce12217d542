// What panes show of a driver whose snapshots are whole trees: each container is one full copy, and nothing is shared.

import type { Stat } from '../fs/stat.ts';
import type { ContainerRecord } from './container-record.ts';
import type { Change } from './contract.ts';
import type { Daemon } from './daemon.ts';
import type { WritableLayer } from './layer-store.ts';
import { usageOf } from './storage/usage.ts';
import type { BytesView, ContainerView, LayerRow, LayerView, Sign } from './views.ts';

/** The one layer of a container: the directory it runs on, with everything in it; `changes` are what is different there. */
export const copyOf = (
  daemon: Daemon,
  record: ContainerRecord,
  changes: readonly Change[],
  sizes: Map<string, number>,
): LayerView[] => {
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
      size: sizeOfCopy(daemon, mount, changes, sizes),
      sharedWith: [],
    },
  ];
};

/** A tree that changes no more is measured once. */
const sizeOfInit = ({ driver, process }: Daemon, initId: string, sizes: Map<string, number>): number => {
  const size = sizes.get(initId) ?? usageOf(process, driver.path(initId));
  sizes.set(initId, size);
  return size;
};

/** Bytes of the copy: what it began with, and the difference; all of it again when hard links are among the changes. */
const sizeOfCopy = (
  daemon: Daemon,
  { mountId, initId }: WritableLayer,
  changes: readonly Change[],
  sizes: Map<string, number>,
): number => {
  const { driver, process } = daemon;
  let size = sizeOfInit(daemon, initId, sizes);
  for (const { kind, path } of changes) {
    const now = kind === 'deleted' ? undefined : process.lstat(driver.path(mountId) + path);
    const old = kind === 'added' ? undefined : process.lstat(driver.path(initId) + path);
    const simple = [now, old].every(
      (stat) => stat === undefined || stat.kind === 'directory' || stat.nlink === 1,
    );
    if (!simple || now?.kind !== (old ?? now)?.kind) return usageOf(process, driver.path(mountId));
    if (now === undefined && old?.kind === 'directory') size -= usageOf(process, driver.path(initId) + path);
    else size += bytesOf(now) - bytesOf(old);
  }
  return size;
};

const bytesOf = (stat: Stat | undefined): number =>
  stat === undefined || stat.kind === 'directory' ? 0 : stat.size;

/** What is different in a container's copy from what it was copied from. */
export const changedRows = (daemon: Daemon, container: string, changes: readonly Change[]): LayerRow[] => {
  const { driver, layers, process } = daemon;
  const mount = layers.mountOf(container);
  if (mount === undefined) return [];
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
export const copiedBytes = (
  daemon: Daemon,
  views: readonly ContainerView[],
  sizes: Map<string, number>,
): BytesView => {
  const { layers } = daemon;
  const images = layers
    .all()
    .flatMap((chain) => layers.stack(chain))
    .reduce((sum, layer) => sum + layer.size, 0);
  const copies = views.reduce((sum, view) => {
    const mount = layers.mountOf(view.id);
    const init = mount === undefined ? 0 : sizeOfInit(daemon, mount.initId, sizes);
    return sum + init + (view.layers[0]?.size ?? 0);
  }, 0);
  return { used: images + copies, fullCopies: images + copies, saved: 0 };
};
