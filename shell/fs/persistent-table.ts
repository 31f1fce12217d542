// A table of records by small whole numbers, kept as a tree of 32-way nodes with structural sharing:
// a snapshot is the root, and a change copies only the path to it, once per epoch.

import type { Epoch } from './epoch.ts';

const BITS = 5;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;
/** A power of two. */
const RECENT = 8;

/** A record that knows in which epoch it was made. */
export interface Owned {
  epoch: number;
}

interface Branch {
  epoch: number;
  slots: (Branch | Owned | undefined)[];
}

/** The value of a whole table at one moment; opaque, shareable, never changed. */
export interface SavedTable {
  readonly root: Branch;
  readonly shift: number;
  readonly next: number;
  readonly size: number;
}

/** With all its slots at once: an array that grows has room for more than there will ever be. */
const newBranch = (epoch: number): Branch => ({ epoch, slots: new Array(WIDTH).fill(undefined) });

/** Records of one kind by number. Numbers are given out by `add`, from 1, and are not reused. */
export class PersistentTable<T extends Owned> {
  readonly #epoch: Epoch;
  readonly #copy: (record: T, epoch: number) => T;
  #root: Branch;
  #shift = BITS;
  #next = 1;
  #size = 0;
  // Records that were asked for last, at the place of their number's last bits: one call asks for the same few, a
  // directory's and a file's, several times over.
  readonly #recentIds = new Array<number>(RECENT).fill(0);
  readonly #recent = new Array<T | undefined>(RECENT).fill(undefined);

  /** `copy` makes the record that a change of the present epoch may write to; `first` is the first number given. */
  constructor(epoch: Epoch, copy: (record: T, epoch: number) => T, first = 1) {
    this.#epoch = epoch;
    this.#next = first;
    this.#copy = copy;
    this.#root = newBranch(epoch.now);
  }

  get size(): number {
    return this.#size;
  }

  /** The number that the next `add` gives. */
  get next(): number {
    return this.#next;
  }

  /** The record, for reading only; undefined when there is none of that number. */
  get(id: number): T | undefined {
    const place = id & (RECENT - 1);
    if (this.#recentIds[place] === id) return this.#recent[place];
    if (id >= this.#next) return undefined;
    let node: Branch | undefined = this.#root;
    for (let shift = this.#shift; shift > 0; shift -= BITS) {
      node = node.slots[(id >>> shift) & MASK] as Branch | undefined;
      if (node === undefined) return undefined;
    }
    const record = node.slots[id & MASK] as T | undefined;
    this.#recentIds[place] = id;
    this.#recent[place] = record;
    return record;
  }

  /** Adds a record and gives its number. */
  add(record: T): number {
    const id = this.#next++;
    while (id >>> (this.#shift + BITS) > 0) this.#grow();
    const leaf = this.#ownLeaf(id);
    leaf.slots[id & MASK] = record;
    this.#size++;
    return id;
  }

  /** The record, for changing: itself when this epoch made it, else its copy put in its place. */
  own(id: number): T {
    const record = this.get(id);
    if (record === undefined) throw new Error(`no record ${id} to own`);
    if (record.epoch === this.#epoch.now) return record;
    const copy = this.#copy(record, this.#epoch.now);
    this.#ownLeaf(id).slots[id & MASK] = copy;
    this.#recent[id & (RECENT - 1)] = copy;
    return copy;
  }

  delete(id: number): void {
    if (this.get(id) === undefined) return;
    this.#ownLeaf(id).slots[id & MASK] = undefined;
    this.#recentIds[id & (RECENT - 1)] = 0;
    this.#recent[id & (RECENT - 1)] = undefined;
    this.#size--;
  }

  save(): SavedTable {
    return { root: this.#root, shift: this.#shift, next: this.#next, size: this.#size };
  }

  restore(saved: SavedTable): void {
    this.#recentIds.fill(0);
    this.#recent.fill(undefined);
    this.#root = saved.root;
    this.#shift = saved.shift;
    this.#next = saved.next;
    this.#size = saved.size;
  }

  #grow(): void {
    const root = newBranch(this.#epoch.now);
    root.slots[0] = this.#root;
    this.#root = root;
    this.#shift += BITS;
  }

  #ownLeaf(id: number): Branch {
    this.#root = this.#ownBranch(this.#root);
    let node = this.#root;
    for (let shift = this.#shift; shift > 0; shift -= BITS) {
      const slot = (id >>> shift) & MASK;
      const child = this.#ownBranch((node.slots[slot] as Branch | undefined) ?? newBranch(this.#epoch.now));
      node.slots[slot] = child;
      node = child;
    }
    return node;
  }

  #ownBranch(node: Branch): Branch {
    return node.epoch === this.#epoch.now ? node : { epoch: this.#epoch.now, slots: node.slots.slice() };
  }
}

/**
 * The records of a table, WIDTH at a time and each group of them once: groups in `seen`, which tables that were one
 * have in common, are left out, and those that are given are added to it.
 */
export function* newGroups<T extends Owned>(saved: SavedTable, seen: Set<object>): Generator<T[]> {
  const visit = function* (branch: Branch, shift: number): Generator<T[]> {
    if (seen.has(branch)) return;
    seen.add(branch);
    const held = branch.slots.filter((slot) => slot !== undefined);
    if (shift === 0) yield held as T[];
    else for (const child of held) yield* visit(child as Branch, shift - BITS);
  };
  yield* visit(saved.root, saved.shift);
}

/** The numbers whose records differ between two moments of one table; costs as much as they differ. */
export const changedIds = (before: SavedTable, after: SavedTable): number[] => {
  const changed: number[] = [];
  const shift = Math.max(before.shift, after.shift);
  collect(lift(before, shift), lift(after, shift), shift, 0, changed);
  return changed;
};

const lift = (saved: SavedTable, shift: number): Branch => {
  let root = saved.root;
  for (let at = saved.shift; at < shift; at += BITS) root = { epoch: 0, slots: [root] };
  return root;
};

const collect = (
  before: Branch | undefined,
  after: Branch | undefined,
  shift: number,
  prefix: number,
  out: number[],
): void => {
  if (before === after) return;
  for (let slot = 0; slot < WIDTH; slot++) {
    const a = before?.slots[slot];
    const b = after?.slots[slot];
    if (a === b) continue;
    const id = prefix | (slot << shift);
    if (shift === 0) out.push(id);
    else collect(a as Branch | undefined, b as Branch | undefined, shift - BITS, id, out);
  }
};
