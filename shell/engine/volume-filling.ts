// An empty volume takes what the image has at its mount point: files, owner and mode (Docker: container/archive copy).

import type { Process } from '../fs/process.ts';
import type { RecordMount } from './container-record.ts';
import { entriesBelow } from './tar/tree-entries.ts';
import { Unpacker } from './tar/unpack.ts';

/** `inside` sees the container's tree, `host` the volume. */
export const fillVolumes = (host: Process, inside: Process, point: RecordMount): void => {
  const source = inside.tryStat(point.Destination);
  if (source === undefined || source.kind !== 'directory') return;
  if (host.readdir(point.Source).length > 0) return;
  copyTree(inside, point.Destination, host, point.Source);
  host.chown(point.Source, source.uid, source.gid);
  host.chmod(point.Source, source.mode & 0o7777);
};

/** Copies what is below `from` in one process's view to the directory `to` in another's. */
const copyTree = (source: Process, from: string, target: Process, to: string): void => {
  const unpacker = new Unpacker(target, to, source);
  for (const entry of entriesBelow(source, from, { whiteouts: false })) unpacker.add(entry);
  unpacker.finish();
};
