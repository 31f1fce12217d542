// The inodes of one disk. A directory's entries may be left for later: they are made when somebody looks for the first
// time, and nobody can tell, for all times are as if they had been there.

import type { Clock } from './clock.ts';
import type { Epoch } from './epoch.ts';
import { fail } from './errno.ts';
import type { Fill, NewInode } from './filesystem.ts';
import { type Inode, newInode } from './inode.ts';
import { isDirectory, kindOf } from './mode.ts';
import { PersistentTable, type SavedTable } from './persistent-table.ts';
import type { Dirent, NodeId } from './stat.ts';

export interface SavedInodes {
  readonly table: SavedTable;
  readonly unfilled: number;
}

export class InodeTable {
  readonly #epoch: Epoch;
  readonly #clock: Clock;
  readonly #table: PersistentTable<Inode>;
  /** Directories whose entries are still to be made. */
  #unfilled = 0;
  /** The time while entries are made that were there all along. */
  #pastTime: bigint | undefined;

  constructor(epoch: Epoch, clock: Clock, first?: NodeId) {
    this.#epoch = epoch;
    this.#clock = clock;
    this.#table = new PersistentTable<Inode>(epoch, (inode, now) => inode.copy(now), first);
  }

  /** A second table that is as this one is now; both share all inodes until one of them changes some. */
  fork(root: NodeId): InodeTable {
    this.fillAll(root);
    const copy = new InodeTable(this.#epoch, this.#clock);
    copy.#table.restore(this.#table.save());
    this.#epoch.now++;
    return copy;
  }

  get size(): number {
    return this.#table.size;
  }

  now(): bigint {
    return this.#pastTime ?? this.#clock.now();
  }

  make(made: NewInode): Inode {
    return newInode(made, this.#epoch, this.now());
  }

  add(inode: Inode): NodeId {
    return this.#table.add(inode);
  }

  find(node: NodeId): Inode | undefined {
    return this.#table.get(node);
  }

  /** For reading; a directory's entries may be missing. Throws ESTALE. */
  get(node: NodeId): Inode {
    return this.#table.get(node) ?? fail('ESTALE');
  }

  /** False for 0, which is no file. */
  isDirectory(node: NodeId): boolean {
    return node !== 0 && isDirectory(this.get(node).mode);
  }

  /** A file's path from `root`; one that was made without a name has its number for one (d_tmpfile). */
  path(root: NodeId, node: NodeId): string {
    const names: string[] = [];
    for (let at = node; at !== root; at = this.get(at).parent) names.push(this.get(at).name || `#${at}`);
    return `/${names.reverse().join('/')}`;
  }

  /** For changing. */
  own(node: NodeId): Inode {
    return this.#table.own(node);
  }

  delete(node: NodeId): void {
    this.#table.delete(node);
  }

  /** For reading, a directory with its entries. */
  directory(node: NodeId): Inode {
    const inode = this.get(node);
    const { fill } = inode;
    if (fill === undefined) return inode;
    this.#unfilled--;
    return this.#fill(node, undefined, () => fill.all((inode.entries?.size ?? 0) > 0));
  }

  /** For changing, a directory with its entries. */
  ownDirectory(node: NodeId): Inode {
    const inode = this.#table.own(node);
    if (inode.fill === undefined) return inode;
    this.directory(node);
    return this.#table.own(node);
  }

  /** A directory's entries, what was made last at the end. */
  list(node: NodeId): Dirent[] {
    const { entries } = this.directory(node);
    return entries?.map((name, ino) => ({ name, ino, type: kindOf(this.get(ino).mode) })) ?? [];
  }

  /** The entry of that name; 0 when there is none. Only this one is made, where that can be done. */
  entry(dir: NodeId, name: string): NodeId {
    const { entries, fill } = this.get(dir);
    const found = entries?.get(name);
    if (found !== undefined || fill === undefined) return found ?? 0;
    let done = false;
    this.#fill(dir, fill, () => {
      done = fill.one?.(name) ?? false;
    });
    return (done ? this.get(dir) : this.directory(dir)).entries?.get(name) ?? 0;
  }

  /** Leaves the entries of a directory for later; they are made at once when it has some already. */
  fillLater(node: NodeId, fill: Fill): void {
    if ((this.directory(node).entries?.size ?? 0) > 0) {
      fill.all(false);
      return;
    }
    this.own(node).fill = fill;
    this.#unfilled++;
  }

  /** True when the directory has the entry, which is then the last one. */
  keep(dir: NodeId, name: string): boolean {
    const { entries } = this.own(dir);
    const node = entries?.get(name);
    if (entries === undefined || node === undefined) return false;
    entries.delete(name);
    entries.set(name, node);
    return true;
  }

  /** Has `make` make entries as if they had been there; `left` makes the others. */
  #fill(node: NodeId, left: Fill | undefined, make: () => void): Inode {
    const inode = this.own(node);
    const { atime, mtime, ctime } = inode;
    const outer = this.#pastTime;
    inode.fill = undefined;
    this.#pastTime = ctime;
    make();
    this.#pastTime = outer;
    return Object.assign(this.own(node), { atime, mtime, ctime, fill: left });
  }

  /** Makes all that is still to be made at and below a directory: a disk's sums count it. */
  fillAll(node: NodeId): void {
    if (this.#unfilled === 0) return;
    for (const [, child] of this.directory(node).entries?.entries() ?? [])
      if (isDirectory(this.get(child).mode)) this.fillAll(child);
  }

  save(): SavedInodes {
    return { table: this.#table.save(), unfilled: this.#unfilled };
  }

  restore({ table, unfilled }: SavedInodes): void {
    this.#table.restore(table);
    this.#unfilled = unfilled;
  }
}
