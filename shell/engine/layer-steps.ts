// Tells the trace what becomes of a container's writable layer: no call of the union shows that, the engine does it.

import type { Kernel } from '../fs/kernel.ts';
import type { LayerStep } from '../fs/trace.ts';
import { type ContainerRecord, nameOf } from './container-record.ts';
import type { ContainerStore } from './container-store.ts';
import type { LayerStore } from './layer-store.ts';
import type { StorageDriver } from './storage/storage-driver.ts';

/** Where layers and their containers are looked up, and who is told. */
interface Stores {
  readonly kernel: Kernel;
  readonly driver: StorageDriver;
  readonly layers: LayerStore;
  readonly containers: ContainerStore;
}

/** Call it while the layer is there. */
export const tellLayer = (
  { kernel: { trace }, driver, layers }: Stores,
  record: Readonly<ContainerRecord>,
  action: LayerStep['action'],
): void => {
  if (!trace.on) return;
  const mount = layers.mountOf(record.ID);
  if (mount === undefined) return;
  const stack = layers.stack(mount.parent);
  const copied = driver.shape === 'copies' ? stack.reduce((sum, { size }) => sum + size, 0) : 0;
  trace.emit({
    kind: 'layer',
    action,
    name: nameOf(record),
    layer: driver.path(mount.mountId),
    below: stack.length,
    bytes: action === 'made' ? copied : driver.usage(mount.mountId, mount.initId),
    shape: driver.shape,
  });
};

/** What an event of a container means for its layer. One that is to be removed at once does not stay. */
export const tellLayerOf = (stores: Stores, record: Readonly<ContainerRecord>, event: string): void => {
  if (!stores.kernel.trace.on) return;
  if (event === 'create') tellLayer(stores, record, 'made');
  if (event === 'die' && !stores.containers.hostConfig(record.ID).AutoRemove)
    tellLayer(stores, record, 'kept');
};
