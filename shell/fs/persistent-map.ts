// A map by name with structural sharing: extensible hashing, a tree of branches over leaves of a few entries. A change
// copies only the path to its leaf, once per epoch; iteration is in the order of insertion, where somebody wants that.

import type { Epoch } from './epoch.ts';
import { COLUMNS, Leaf } from './map-leaf.ts';

/** A leaf with so many entries is split before it takes one more. */
const FULL = 32;
/** A branch tells at most so many bits of the hash apart: it is what a change copies. */
const WIDEST = 8;
/** A leaf that has so many bits of the hash in common is not split: hardly any are left. */
const DEEPEST = 30;

type TreeNode<V> = Branch<V> | Leaf<V>;

/**
 * Goes on by the bits of the hash after the first `depth`, as many as tell its slots apart. A leaf in which fewer of
 * them are in common stands in several slots.
 */
class Branch<V> {
  readonly epoch: number;
  readonly depth: number;
  /** A power of two of them. */
  slots: TreeNode<V>[];

  constructor(epoch: number, depth: number, slots: TreeNode<V>[]) {
    this.epoch = epoch;
    this.depth = depth;
    this.slots = slots;
  }

  copy(epoch: number): Branch<V> {
    return new Branch(epoch, this.depth, this.slots.slice());
  }

  slotOf(hash: number): TreeNode<V> {
    return this.slots[(hash >>> this.depth) & (this.slots.length - 1)] as TreeNode<V>;
  }

  /** Puts a node into all slots that lead to it. */
  hang(hash: number, node: TreeNode<V>): void {
    const step = 1 << (node.depth - this.depth);
    for (let at = (hash >>> this.depth) & (step - 1); at < this.slots.length; at += step)
      this.slots[at] = node;
  }
}

// The name that was hashed last: one call looks for the same name in several maps.
let lastName = '';
let lastHash = 0;

const hashOf = (name: string): number => {
  if (name !== lastName) {
    lastName = name;
    lastHash = computeHash(name);
  }
  return lastHash;
};

/**
 * Names that differ in the last bits of their last letter only, as numbered ones do, have hashes that differ at the top
 * only: they share a leaf, since who asks for one of them often asks for the next one then. There are at most eight.
 */
const computeHash = (name: string): number => {
  const last = name.charCodeAt(name.length - 1);
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length - 1; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (last >>> 3), 0x01000193);
  // Signed, so that it stays a small integer.
  return (hash ^ (hash >>> 15) ^ (last << 29)) | 0;
};

/** Where a name was looked for, and the place of its entry there; -1 where there is none. */
class Found<V> {
  name: string | undefined;
  leaf: Leaf<V> | undefined;
  at = -1;
}

/** Stands for what nobody has looked for yet. */
const nothing = new Found<unknown>();

/** Values by name. The map itself is a small value: `fork` shares everything with it and costs nothing. */
export class PersistentMap<V> {
  readonly #epoch: Epoch;
  readonly #ordered: boolean;
  #root: TreeNode<V>;
  #size = 0;
  #order = 0;
  // What was looked for last: one call asks for the same name several times over, or for two of them in turns.
  #recent: Found<V> = nothing as Found<V>;
  #older: Found<V> = nothing as Found<V>;

  /** Iteration over a map that is not `ordered` is in no order; its entries take less memory. */
  constructor(epoch: Epoch, ordered = true) {
    this.#epoch = epoch;
    this.#ordered = ordered;
    this.#root = this.#emptyLeaf();
  }

  get size(): number {
    return this.#size;
  }

  /** A map with the same entries that may change without changing this one, from the next epoch on. */
  fork(): PersistentMap<V> {
    const map = new PersistentMap<V>(this.#epoch, this.#ordered);
    map.#root = this.#root;
    map.#size = this.#size;
    map.#order = this.#order;
    return map;
  }

  get(name: string): V | undefined {
    const { leaf, at } = this.#find(name);
    return at < 0 ? undefined : (leaf as Leaf<V>).value(at);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Adds the entry at the end of the order, or changes its value in its place. */
  set(name: string, value: V): void {
    const found = this.#find(name);
    const isNew = found.at < 0;
    const hash = hashOf(name);
    const leaf = this.#ownLeaf(hash, isNew);
    if (isNew) {
      found.at = leaf.size;
      leaf.add(hash, name, value, this.#order++);
      this.#size++;
    } else leaf.setValue(found.at, value);
    found.leaf = leaf;
  }

  /** Takes the entry out; false when there is none. */
  delete(name: string): boolean {
    return this.take(name) !== undefined;
  }

  /** Takes the entry out and gives its value; undefined when there is none. */
  take(name: string): V | undefined {
    const found = this.#find(name);
    if (found.at < 0) return undefined;
    const value = (found.leaf as Leaf<V>).value(found.at);
    if (--this.#size > 0) {
      found.leaf = this.#ownLeaf(hashOf(name), false);
      found.leaf.cut(found.at);
      found.at = -1;
    } else {
      // The tree that has grown goes, and the order begins anew.
      this.#root = this.#emptyLeaf();
      this.#order = 0;
      this.#recent = this.#older = nothing as Found<V>;
    }
    return value;
  }

  /** All entries, in the order of their insertion where the map keeps it. */
  entries(): [name: string, value: V][] {
    return this.map((name, value) => [name, value]);
  }

  /** What `make` makes of every entry, in the same order. */
  map<R>(make: (name: string, value: V) => R): R[] {
    const made: R[] = [];
    this.forEach((name, value) => {
      made.push(make(name, value));
    });
    return made;
  }

  /** Visits every entry, in the same order. */
  forEach(visit: (name: string, value: V) => void): void {
    const leaves: Leaf<V>[] = [];
    gather(this.#root, leaves);
    const { names, values } = this.#ordered ? inOrder(leaves, this.#size) : asTheyStand(leaves);
    for (let at = 0; at < names.length; at++) {
      const name = names[at];
      if (name !== undefined) visit(name, values[at] as V);
    }
  }

  #find(name: string): Found<V> {
    if (this.#recent.name === name) return this.#recent;
    const found = this.#older.name === name ? this.#older : this.#lookFor(name);
    this.#older = this.#recent;
    this.#recent = found;
    return found;
  }

  /** What was found before the last time gives way. */
  #lookFor(name: string): Found<V> {
    const hash = hashOf(name);
    let node = this.#root;
    while (node instanceof Branch) node = node.slotOf(hash);
    const found = this.#older === nothing ? new Found<V>() : this.#older;
    found.name = name;
    found.leaf = node;
    found.at = node.find(hash, name);
    return found;
  }

  /**
   * The leaf in which the hash of what was found last belongs, for changing; with room for one entry more where it
   * `isNew`. A copy has the same places; a leaf that is split, or loses an entry, may have others.
   */
  #ownLeaf(hash: number, isNew: boolean): Leaf<V> {
    const epoch = this.#epoch.now;
    if (this.#older.leaf === this.#recent.leaf && this.#older !== nothing) this.#older.name = undefined;
    let above: Branch<V> | undefined;
    let node = this.#root;
    for (;;) {
      if (node.epoch !== epoch) {
        node = node.copy(epoch);
        this.#hang(above, hash, node);
      }
      if (node instanceof Branch) above = node;
      else if (isNew && isFull(node)) above = this.#split(above, hash, node);
      else return node;
      node = above.slotOf(hash);
    }
  }

  /** Splits a leaf of this epoch; the branch in which both parts stand. */
  #split(above: Branch<V> | undefined, hash: number, leaf: Leaf<V>): Branch<V> {
    const { epoch, depth } = leaf;
    let branch = above;
    if (branch === undefined || depth === branch.depth + WIDEST) {
      branch = new Branch<V>(epoch, depth, [leaf]);
      this.#hang(above, hash, branch);
    }
    // Each slot of a branch that grows twice as wide leads to where it led, whatever the next bit is.
    if (branch.slots.length === 1 << (depth - branch.depth)) branch.slots = branch.slots.concat(branch.slots);
    branch.hang(hash | (1 << depth), leaf.split());
    return branch;
  }

  #emptyLeaf(): Leaf<V> {
    return new Leaf<V>(this.#epoch.now, 0, 1, new Array(this.#ordered ? COLUMNS : COLUMNS - 1));
  }

  #hang(above: Branch<V> | undefined, hash: number, node: TreeNode<V>): void {
    if (above === undefined) this.#root = node;
    else above.hang(hash, node);
  }
}

const isFull = ({ size, depth }: Leaf<unknown>): boolean => size >= FULL && depth < DEEPEST;

/** All leaves, each of them once. */
const gather = <V>(node: TreeNode<V>, leaves: Leaf<V>[]): void => {
  if (node instanceof Leaf) leaves.push(node);
  else
    node.slots.forEach((child, slot) => {
      if (slot >>> (child.depth - node.depth) === 0) gather(child, leaves);
    });
};

/** How many places may stand empty for each entry before sorting is cheaper than leaving them. */
const SPARSE = 4;

interface Listing<V> {
  /** Undefined at a place that stands empty. */
  readonly names: readonly (string | undefined)[];
  readonly values: readonly (V | undefined)[];
}

/** Put at their places directly where most places are taken, else sorted. */
const inOrder = <V>(leaves: readonly Leaf<V>[], size: number): Listing<V> => {
  const { first, last } = bounds(leaves);
  if (last - first >= size * SPARSE) return sorted(leaves);
  const places = Math.max(0, last - first + 1);
  const names = new Array<string | undefined>(places).fill(undefined);
  const values = new Array<V | undefined>(places).fill(undefined);
  for (const leaf of leaves)
    for (let at = 0; at < leaf.size; at++) {
      const place = leaf.order(at) - first;
      names[place] = leaf.name(at);
      values[place] = leaf.value(at);
    }
  return { names, values };
};

const asTheyStand = <V>(leaves: readonly Leaf<V>[]): Listing<V> => {
  const names: string[] = [];
  const values: V[] = [];
  for (const leaf of leaves)
    for (let at = 0; at < leaf.size; at++) {
      names.push(leaf.name(at));
      values.push(leaf.value(at));
    }
  return { names, values };
};

const bounds = (leaves: readonly Leaf<unknown>[]): { first: number; last: number } => {
  let first = Number.MAX_SAFE_INTEGER;
  let last = 0;
  for (const leaf of leaves)
    for (let at = 0; at < leaf.size; at++) {
      const order = leaf.order(at);
      if (order < first) first = order;
      if (order > last) last = order;
    }
  return { first, last };
};

const sorted = <V>(leaves: readonly Leaf<V>[]): Listing<V> => {
  const entries: { order: number; name: string; value: V }[] = [];
  for (const leaf of leaves)
    for (let at = 0; at < leaf.size; at++)
      entries.push({ order: leaf.order(at), name: leaf.name(at), value: leaf.value(at) });
  entries.sort((a, b) => a.order - b.order);
  return { names: entries.map(({ name }) => name), values: entries.map(({ value }) => value) };
};
