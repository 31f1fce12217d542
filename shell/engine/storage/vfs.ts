// The vfs driver: a snapshot is a directory with the whole tree, copied file by file from its parent. There is no union:
// a container runs on its directory as it is, and a change costs nothing more, because everything was copied before.

import type { Process } from '../../fs/process.ts';
import { changesOf } from '../changes.ts';
import { insideRoot } from '../chroot.ts';
import type { Change } from '../contract.ts';
import { makeDirectory, removeTree } from '../files.ts';
import { DATA_ROOT, VFS_HOME } from '../paths.ts';
import type { ArchiveWriter } from '../tar/archive.ts';
import { archiveEntry, entriesBelow, entriesOfChanges, type TreeEntry } from '../tar/tree-entries.ts';
import { changesBetween } from '../tree-changes.ts';
import { copyTree } from './copy-tree.ts';
import { LayerOnTree } from './layer-on-tree.ts';
import type { StorageDriver } from './storage-driver.ts';
import { usageOf } from './usage.ts';

export class Vfs implements StorageDriver {
  readonly name = 'vfs';
  readonly wholeTrees = true;
  readonly #process: Process;

  constructor(process: Process) {
    this.#process = process;
  }

  status(): readonly (readonly [string, string])[] {
    return [];
  }

  layOut(): void {
    makeDirectory(this.#process, `${DATA_ROOT}/vfs`, 0o710);
    makeDirectory(this.#process, VFS_HOME, 0o710);
  }

  prepare(key: string, parent: string | undefined): void {
    const path = this.path(key);
    this.#process.mkdir(path, 0o755);
    if (parent !== undefined) copyTree(this.#process, this.path(parent), path);
  }

  /** Nothing has to be noted: those on top have copies of their own. */
  commit(): void {}

  has(key: string): boolean {
    return this.#process.tryLstat(this.path(key)) !== undefined;
  }

  mount(key: string): string {
    this.#process.lstat(this.path(key));
    return this.path(key);
  }

  isMounted(): boolean {
    return false;
  }

  unmount(): void {}

  remove(key: string): void {
    removeTree(this.#process, this.path(key));
  }

  usage(key: string, parent: string | undefined): number {
    if (parent === undefined) return usageOf(this.#process, this.path(key));
    return changedBytes(this.#process, this.path(key), this.changes(key, parent));
  }

  entries(key: string, parent: string | undefined): Iterable<TreeEntry> {
    if (parent === undefined) return entriesBelow(this.#process, this.path(key));
    return entriesOfChanges(this.#process, this.path(key), this.changes(key, parent));
  }

  apply(key: string, entries: Iterable<TreeEntry>, archive: ArchiveWriter | undefined): void {
    // Symbolic links of the parent are in the way of entries here, and must not lead out.
    insideRoot(this.#process, this.path(key), (inside) => {
      const layer = new LayerOnTree(inside, this.#process);
      for (const entry of entries) {
        if (archive !== undefined) archiveEntry(this.#process, archive, entry);
        layer.add(entry);
      }
      layer.finish();
    });
  }

  /** An empty snapshot takes the files at once; over a copy of a parent they come by way of a draft. */
  fill(key: string, write: (path: string) => void): void {
    if (this.#process.readdir(this.path(key)).length === 0) return write(this.path(key));
    const draft = `${this.path(key)}-draft`;
    this.#process.mkdir(draft, 0o755);
    write(draft);
    this.apply(key, entriesBelow(this.#process, draft), undefined);
    removeTree(this.#process, draft);
  }

  path(key: string): string {
    return `${VFS_HOME}/${key}`;
  }

  changes(key: string, parent: string | undefined): Change[] {
    if (parent === undefined) return changesOf(this.#process, this.path(key), undefined);
    return changesBetween(this.#process, this.path(key), this.path(parent));
  }

  link(): undefined {}

  metadata(): null {
    return null;
  }
}

/** Sizes of what was added or changed, directories not, hard links once (Docker: archive.ChangesSize). */
const changedBytes = (process: Process, root: string, changes: readonly Change[]): number => {
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
