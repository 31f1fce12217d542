// A driver whose snapshots are layers: each holds what is different from its parent, and a union mount stacks them.

import type { Process } from '../../fs/process.ts';
import { changesOf } from '../changes.ts';
import type { Change } from '../contract.ts';
import type { ArchiveWriter } from '../tar/archive.ts';
import { archiveEntry, entriesBelow, type TreeEntry } from '../tar/tree-entries.ts';
import { Unpacker } from '../tar/unpack.ts';
import type { DriverName } from './driver-names.ts';
import { type Look, type StorageDriver, whileMounted } from './storage-driver.ts';
import { usageOf } from './usage.ts';

export abstract class LayerDriver implements StorageDriver {
  abstract readonly name: DriverName;
  readonly shape = 'layers';
  readonly imageStore: 'docker' | 'containerd' = 'docker';
  protected readonly process: Process;

  constructor(process: Process) {
    this.process = process;
  }

  /** Where the union is mounted. */
  protected abstract mountPoint(key: string): string;

  abstract status(): readonly (readonly [string, string])[];
  abstract layOut(): void;
  abstract prepare(key: string, parent: string | undefined): void;
  abstract has(key: string): boolean;
  abstract mount(key: string): string;
  abstract unmount(key: string): void;
  abstract remove(key: string): void;
  abstract path(key: string): string;
  abstract metadata(key: string): Record<string, string> | null;

  commit(_key: string): void {}

  /** Sees the marks of all layers as an overlay's. */
  protected get reader(): Process {
    return this.process;
  }

  /** A mounted union has a device number of its own. */
  isMounted(key: string): boolean {
    const merged = this.process.tryLstat(this.mountPoint(key));
    return merged !== undefined && merged.dev !== this.process.lstat(this.path(key)).dev;
  }

  usage(key: string): number {
    return usageOf(this.reader, this.path(key));
  }

  entries(key: string): Iterable<TreeEntry> {
    return entriesBelow(this.reader, this.path(key));
  }

  apply(key: string, entries: Iterable<TreeEntry>, archive: ArchiveWriter | undefined): void {
    const unpacker = new Unpacker(this.reader, this.path(key));
    for (const entry of entries) {
      if (archive !== undefined) archiveEntry(this.reader, archive, entry);
      unpacker.add(entry);
    }
    unpacker.finish();
  }

  fill(key: string, write: (path: string) => void): void {
    write(this.path(key));
  }

  changes(key: string, parent: string | undefined): Change[] {
    if (parent === undefined) return changesOf(this.reader, this.path(key), undefined);
    return whileMounted(this, parent, (before) =>
      changesOf(this.reader, this.path(key), before, this.process),
    );
  }

  look(key: string): Look {
    return { process: this.reader, path: this.path(key) };
  }

  link(_key: string): string | undefined {
    return undefined;
  }
}
