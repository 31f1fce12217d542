// A driver whose snapshots are whole trees. There is no union: a container runs on its tree as it is, and what a snapshot
// changes is found by comparing it with its parent's tree (Docker: daemon/graphdriver/fsdiff.go, NaiveDiffDriver).

import type { Process } from '../../fs/process.ts';
import { changesOf } from '../changes.ts';
import { insideRoot } from '../chroot.ts';
import type { Change } from '../contract.ts';
import { removeTree } from '../files.ts';
import type { ArchiveWriter } from '../tar/archive.ts';
import { archiveEntry, entriesBelow, entriesOfChanges, type TreeEntry } from '../tar/tree-entries.ts';
import { changesBetween } from '../tree-changes.ts';
import type { DriverName } from './driver-names.ts';
import { LayerOnTree } from './layer-on-tree.ts';
import { type Look, type StorageDriver, whileMounted } from './storage-driver.ts';
import { usageOf } from './usage.ts';

export abstract class WholeTreeDriver implements StorageDriver {
  abstract readonly name: DriverName;
  abstract readonly shape: 'copies' | 'snapshots';
  readonly imageStore = 'docker';
  protected readonly process: Process;

  constructor(process: Process) {
    this.process = process;
  }

  abstract status(): readonly (readonly [string, string])[];
  abstract layOut(): void;
  abstract prepare(key: string, parent: string | undefined): void;
  abstract has(key: string): boolean;
  abstract remove(key: string): void;
  abstract path(key: string): string;

  /** Nothing has to be noted: those on top have trees of their own. */
  commit(): void {}

  /** The tree is there without a mount, unless a driver says otherwise. */
  mount(key: string): string {
    this.process.lstat(this.path(key));
    return this.path(key);
  }

  isMounted(_key: string): boolean {
    return false;
  }

  unmount(_key: string): void {}

  usage(key: string, parent: string | undefined): number {
    const look = this.look(key);
    if (parent === undefined) return usageOf(look.process, look.path || '/');
    return changedBytes(look, this.changes(key, parent));
  }

  *entries(key: string, parent: string | undefined): Generator<TreeEntry> {
    const was = this.isMounted(key);
    const path = this.mount(key);
    try {
      if (parent === undefined) yield* entriesBelow(this.process, path);
      else yield* entriesOfChanges(this.process, path, this.changes(key, parent));
    } finally {
      if (!was) this.unmount(key);
    }
  }

  apply(key: string, entries: Iterable<TreeEntry>, archive: ArchiveWriter | undefined): void {
    // Symbolic links of the parent are in the way of entries here, and must not lead out.
    whileMounted(this, key, (path) =>
      insideRoot(this.process, path, (inside) => {
        const layer = new LayerOnTree(inside, this.process);
        for (const entry of entries) {
          if (archive !== undefined) archiveEntry(this.process, archive, entry);
          layer.add(entry);
        }
        layer.finish();
      }),
    );
  }

  /** An empty snapshot takes the files at once; over a parent's they come by way of a draft. */
  fill(key: string, write: (path: string) => void): void {
    whileMounted(this, key, (path) => {
      if (this.process.readdir(path).length === 0) return write(path);
      const draft = `${path}-draft`;
      this.process.mkdir(draft, 0o755);
      write(draft);
      this.apply(key, entriesBelow(this.process, draft), undefined);
      removeTree(this.process, draft);
    });
  }

  changes(key: string, parent: string | undefined): Change[] {
    const now = this.look(key);
    if (parent === undefined) return changesOf(now.process, now.path, undefined);
    return changesBetween(now, this.look(parent));
  }

  look(key: string): Look {
    return { process: this.process, path: this.path(key) };
  }

  link(): undefined {}

  metadata(_key: string): Record<string, string> | null {
    return null;
  }
}

/** Sizes of what was added or changed, directories not, hard links once (Docker: archive.ChangesSize). */
const changedBytes = ({ process, path: root }: Look, changes: readonly Change[]): number => {
  const seen = new Set<number>();
  let sum = 0;
  for (const { kind, path } of changes) {
    if (kind === 'deleted') continue;
    const stat = process.lstat(root + path);
    if (stat.kind === 'directory' || seen.has(stat.ino)) continue;
    if (stat.nlink > 1) seen.add(stat.ino);
    sum += stat.size;
  }
  return sum;
};
