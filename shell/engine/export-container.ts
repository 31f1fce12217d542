// docker export: a container's merged tree as one flat tar, without volumes and without whiteouts.

import type { Daemon } from './daemon.ts';
import { refuse } from './engine-error.ts';
import { whileMounted } from './storage/storage-driver.ts';
import { ArchiveWriter } from './tar/archive.ts';
import { archiveEntry, entriesBelow } from './tar/tree-entries.ts';

/** The pieces of the tar, in order. */
export const exportContainer = (daemon: Daemon, id: string): Uint8Array[] => {
  const mount = daemon.layers.mountOf(id) ?? refuse('no-such-container', id);
  const pieces: Uint8Array[] = [];
  const hear = (bytes: Uint8Array): void => {
    pieces.push(bytes);
  };
  const archive = new ArchiveWriter([{ raw: hear, data: hear, entry: () => {} }]);
  whileMounted(daemon.driver, mount.mountId, (root) => {
    for (const entry of entriesBelow(daemon.process, root, { whiteouts: false })) {
      archiveEntry(daemon.process, archive, entry);
    }
  });
  archive.end();
  return pieces;
};
