// Tells the trace what becomes of a container's writable layer: no call of the union shows that, the engine does it.

import type { LayerStep } from '../fs/trace.ts';
import { type ContainerRecord, nameOf } from './container-record.ts';
import type { Daemon } from './daemon.ts';

/** Call it while the layer is there. */
export const tellLayer = (
  daemon: Daemon,
  record: Readonly<ContainerRecord>,
  action: LayerStep['action'],
): void => {
  const { trace } = daemon.kernel;
  if (!trace.on) return;
  const { driver, layers } = daemon;
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
export const tellLayerOf = (daemon: Daemon, record: Readonly<ContainerRecord>, event: string): void => {
  if (!daemon.kernel.trace.on) return;
  if (event === 'create') tellLayer(daemon, record, 'made');
  if (event === 'die' && !daemon.containers.hostConfig(record.ID).AutoRemove)
    tellLayer(daemon, record, 'kept');
};
