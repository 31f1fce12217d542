// The files of a container that does not run, with its volumes where they would be: for docker cp.

import type { Process } from '../fs/process.ts';
import { mountVolumes } from './container-mounts.ts';
import { nameOf } from './container-record.ts';
import type { Daemon } from './daemon.ts';
import { refuse } from './engine-error.ts';
import { whileMounted } from './storage/storage-driver.ts';

export const withStoppedFiles = <Result>(
  daemon: Daemon,
  id: string,
  use: (inside: Process) => Result,
): Result => {
  const record = daemon.containers.record(id);
  const mount = daemon.layers.mountOf(id) ?? refuse('no-such-container', id);
  return whileMounted(daemon.driver, mount.mountId, (root) => {
    const tag = { id, name: nameOf(record) };
    const sandbox = daemon.runtime.open(daemon.process, root, tag, record.Config.Hostname);
    try {
      mountVolumes(daemon.process, sandbox.inside, record);
      return use(sandbox.inside);
    } finally {
      sandbox.close();
    }
  });
};
