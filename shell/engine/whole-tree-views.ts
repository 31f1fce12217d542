// What panes show of a driver whose snapshots are whole trees: each container is one of them, a full copy or one that
// shares its blocks.

import type { Stat } from '../fs/stat.ts';
import type { ContainerRecord } from './container-record.ts';
import type { Change } from './contract.ts';
import type { Daemon } from './daemon.ts';
import type { WritableLayer } from './layer-store.ts';
import type { Look } from './storage/storage-driver.ts';
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
      kind: daemon.driver.shape === 'copies' ? 'copy' : 'snapshot',
      path,
      link: undefined,
      createdBy: '',
      size: daemon.driver.ownBytes?.(mount.mountId) ?? sizeOfCopy(daemon, mount, changes, sizes),
      sharedWith: [],
    },
  ];
};

/** A tree that changes no more is measured once. */
const sizeOfInit = ({ driver }: Daemon, initId: string, sizes: Map<string, number>): number => {
  const size = sizes.get(initId) ?? sizeBelow(driver.look(initId));
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
  const [copy, init] = [daemon.driver.look(mountId), daemon.driver.look(initId)];
  let size = sizeOfInit(daemon, initId, sizes);
  for (const { kind, path } of changes) {
    const now = kind === 'deleted' ? undefined : copy.process.lstat(copy.path + path);
    const old = kind === 'added' ? undefined : init.process.lstat(init.path + path);
    const simple = [now, old].every(
      (stat) => stat === undefined || stat.kind === 'directory' || stat.nlink === 1,
    );
    if (!simple || now?.kind !== (old ?? now)?.kind) return sizeBelow(copy);
    if (now === undefined && old?.kind === 'directory') size -= sizeBelow(init, path);
    else size += bytesOf(now) - bytesOf(old);
  }
  return size;
};

const sizeBelow = ({ process, path }: Look, below = ''): number => usageOf(process, path + below || '/');

const bytesOf = (stat: Stat | undefined): number =>
  stat === undefined || stat.kind === 'directory' ? 0 : stat.size;

/** What is different in a container's copy from what it was copied from. */
export const changedRows = (daemon: Daemon, container: string, changes: readonly Change[]): LayerRow[] => {
  const { driver, layers } = daemon;
  const mount = layers.mountOf(container);
  if (mount === undefined) return [];
  return changes.map(({ kind, path }) => {
    const { process, path: root } = driver.look(kind === 'deleted' ? mount.initId : mount.mountId);
    const file = root + path;
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
    const [layer] = view.layers;
    return sum + init + (layer?.kind === 'copy' ? layer.size : init + (layer?.size ?? 0));
  }, 0);
  return { used: images + copies, fullCopies: images + copies, saved: 0 };
};

/** The same where snapshots share what they have not changed. */
export const sharedBytes = (
  daemon: Daemon,
  views: readonly ContainerView[],
  sizes: Map<string, number>,
): BytesView => {
  const { driver, layers } = daemon;
  const own = (key: string): number => driver.ownBytes?.(key) ?? 0;
  // A layer changes no more: it is measured once.
  const ownOfLayer = (key: string): number => {
    const size = sizes.get(`own ${key}`) ?? own(key);
    sizes.set(`own ${key}`, size);
    return size;
  };
  const images = layers.all().reduce((sum, chain) => sum + ownOfLayer(layers.get(chain)?.cacheId ?? ''), 0);
  const used = mountsOf(daemon, views).reduce(
    (sum, { mountId, initId }) => sum + own(mountId) + ownOfLayer(initId),
    images,
  );
  const { fullCopies } = copiedBytes(daemon, views, sizes);
  // Blocks of many small files take more than their bytes.
  return { used, fullCopies, saved: Math.max(0, fullCopies - used) };
};

const mountsOf = ({ layers }: Daemon, views: readonly ContainerView[]): WritableLayer[] =>
  views.flatMap(({ id }) => layers.mountOf(id) ?? []);
