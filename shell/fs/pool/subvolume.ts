// A subvolume of a btrfs: a tree of its own, with numbers and a device of its own, at a place in another one. A node of
// the filesystem is named by the subvolume's number and the inode's number in it.

import type { SavedDisk } from '../disk-filesystem.ts';
import { fail } from '../errno.ts';
import type { NodeId } from '../stat.ts';
import type { SharedTree } from './shared-tree.ts';

/** The root directory's inode number (BTRFS_FIRST_FREE_OBJECTID), and the first number of a subvolume but the top one. */
export const FIRST_FREE = 256;
/** BTRFS_FS_TREE_OBJECTID: the subvolume at the top. */
export const TOP = 5;

const RANGE = 2 ** 32;

export const nodeOf = (subvolume: number, inode: NodeId): NodeId => subvolume * RANGE + inode;
export const subvolumeOf = (node: NodeId): number => Math.floor(node / RANGE);
export const inodeOf = (node: NodeId): NodeId => node % RANGE;

export interface Subvolume {
  readonly id: number;
  /** The subvolume that it stands in; the top one stands in itself. */
  readonly parent: number;
  /** The directory there in whose place it is seen. */
  readonly place: NodeId;
  readonly tree: SharedTree;
  /** When it was made, in seconds and generations. */
  readonly created: bigint;
  readonly generation: number;
  readonly uuid: string;
  /** Of the subvolume that it is a snapshot of. */
  readonly origin: string | undefined;
  /** Subvolumes that stand in this one, by their places. */
  readonly below: Map<NodeId, number>;
}

interface Saved {
  readonly subvolume: Subvolume;
  readonly tree: SavedDisk;
  readonly below: ReadonlyMap<NodeId, number>;
}

export interface SavedSubvolumes {
  readonly all: readonly Saved[];
  readonly next: number;
  readonly generation: number;
}

export class Subvolumes {
  #all = new Map<number, Subvolume>();
  #next = FIRST_FREE;
  /** Counts what a commit would: every subvolume that is made or deleted. */
  generation = 7;

  /** ESTALE for a node of one that was deleted. */
  of(node: NodeId): Subvolume {
    return this.#all.get(subvolumeOf(node)) ?? fail('ESTALE');
  }

  get(id: number): Subvolume | undefined {
    return this.#all.get(id);
  }

  all(): Subvolume[] {
    return [...this.#all.values()];
  }

  nextId(): number {
    return this.#next++;
  }

  add(subvolume: Subvolume): void {
    this.#all.set(subvolume.id, subvolume);
    if (subvolume.id !== TOP) this.#all.get(subvolume.parent)?.below.set(subvolume.place, subvolume.id);
    this.generation++;
  }

  delete({ id, parent, place }: Subvolume): void {
    this.#all.delete(id);
    this.#all.get(parent)?.below.delete(place);
    this.generation++;
  }

  /** The node that is seen where `inode` of the subvolume is: itself, or the root of the subvolume that stands there. */
  seen(subvolume: Subvolume, inode: NodeId): NodeId {
    const below = subvolume.below.size === 0 ? undefined : this.#all.get(subvolume.below.get(inode) ?? 0);
    return below === undefined ? nodeOf(subvolume.id, inode) : nodeOf(below.id, below.tree.root);
  }

  /** The path of a subvolume from the top of the filesystem; '' for the top one. */
  path({ id, parent, place }: Subvolume): string {
    if (id === TOP) return '';
    const above = this.#all.get(parent) as Subvolume;
    return this.path(above) + above.tree.path(place);
  }

  save(): SavedSubvolumes {
    const all = this.all().map((subvolume) => ({
      subvolume,
      tree: subvolume.tree.save(),
      below: new Map(subvolume.below),
    }));
    return { all, next: this.#next, generation: this.generation };
  }

  restore({ all, next, generation }: SavedSubvolumes): void {
    this.#all = new Map();
    for (const { subvolume, tree, below } of all) {
      subvolume.tree.restore(tree);
      subvolume.below.clear();
      for (const [place, id] of below) subvolume.below.set(place, id);
      this.#all.set(subvolume.id, subvolume);
    }
    this.#next = next;
    this.generation = generation;
  }
}
