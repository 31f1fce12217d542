// A map by name with structural sharing: a hash tree of 32-way branches over small buckets. A change copies only
// the path to its bucket, once per epoch; iteration is in the order of insertion.

import { Bucket } from './bucket.ts';
import type { Epoch } from './epoch.ts';

const BITS = 5;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;
const FULL = 8;
const DEEPEST = 30;

interface Branch<V> {
  readonly epoch: number;
  readonly slots: (TreeNode<V> | undefined)[];
}

type TreeNode<V> = Bucket<V> | Branch<V>;

const hashOf = (name: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  // Signed, so that it stays a small integer.
  return (hash ^ (hash >>> 15)) | 0;
};

/** Values by name. The map itself is a small value: `fork` shares everything with it and costs nothing. */
export class PersistentMap<V> {
  readonly #epoch: Epoch;
  #root: TreeNode<V>;
  #size = 0;
  #order = 0;

  constructor(epoch: Epoch) {
    this.#epoch = epoch;
    this.#root = new Bucket(epoch.now);
  }

  get size(): number {
    return this.#size;
  }

  /** A map with the same entries that may change without changing this one, from the next epoch on. */
  fork(): PersistentMap<V> {
    const map = new PersistentMap<V>(this.#epoch);
    map.#root = this.#root;
    map.#size = this.#size;
    map.#order = this.#order;
    return map;
  }

  get(name: string): V | undefined {
    const hash = hashOf(name);
    let node: TreeNode<V> | undefined = this.#root;
    for (let shift = 0; ; shift += BITS) {
      if (node === undefined) return undefined;
      if (node instanceof Bucket) return node.get(hash, name);
      node = node.slots[(hash >>> shift) & MASK];
    }
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Adds the entry at the end of the order, or changes its value in its place. */
  set(name: string, value: V): void {
    const hash = hashOf(name);
    const epoch = this.#epoch.now;
    let above: Branch<V> | undefined;
    let node = own(this.#root, epoch);
    this.#root = node;
    let shift = 0;
    for (; !(node instanceof Bucket); shift += BITS) {
      above = node;
      node = ownSlot(node, (hash >>> shift) & MASK, epoch);
    }
    if (!node.set(hash, name, value, this.#order)) return;
    this.#order++;
    this.#size++;
    if (node.size <= FULL || shift >= DEEPEST) return;
    const branch = split(node, shift, epoch);
    if (above === undefined) this.#root = branch;
    else above.slots[(hash >>> (shift - BITS)) & MASK] = branch;
  }

  /** Takes the entry out; false when there is none. */
  delete(name: string): boolean {
    if (!this.has(name)) return false;
    if (this.#size === 1) {
      // Empty: the tree that has grown goes, and numbers begin anew.
      this.#root = new Bucket(this.#epoch.now);
      this.#size = this.#order = 0;
      return true;
    }
    const hash = hashOf(name);
    const epoch = this.#epoch.now;
    let node = own(this.#root, epoch);
    this.#root = node;
    for (let shift = 0; !(node instanceof Bucket); shift += BITS)
      node = ownSlot(node, (hash >>> shift) & MASK, epoch);
    node.delete(hash, name);
    this.#size--;
    return true;
  }

  /** All entries in the order of their insertion. */
  entries(): [name: string, value: V][] {
    return this.map((name, value) => [name, value]);
  }

  /** What `make` makes of every entry, in the order of their insertion. */
  map<R>(make: (name: string, value: V) => R): R[] {
    if (this.#size === 0) return [];
    const { names, values } = inOrder(this.#root, this.#size);
    const made = new Array<R>(names.length);
    for (let at = 0; at < names.length; at++) made[at] = make(names[at] as string, values[at] as V);
    return made;
  }
}

const own = <V>(node: TreeNode<V>, epoch: number): TreeNode<V> => {
  if (node.epoch === epoch) return node;
  return node instanceof Bucket ? node.copy(epoch) : { epoch, slots: node.slots.slice() };
};

/** The node in a slot of an owned branch, owned too; an empty bucket where there was none. */
const ownSlot = <V>(branch: Branch<V>, slot: number, epoch: number): TreeNode<V> => {
  const child = branch.slots[slot];
  if (child !== undefined && child.epoch === epoch) return child;
  const owned = child === undefined ? new Bucket<V>(epoch) : own(child, epoch);
  branch.slots[slot] = owned;
  return owned;
};

/** A branch at `shift` in place of a bucket that has grown too big. */
const split = <V>(bucket: Bucket<V>, shift: number, epoch: number): Branch<V> => {
  const slots = new Array<TreeNode<V> | undefined>(WIDTH).fill(undefined);
  const { hashes, names, values, orders } = bucket;
  for (let at = 0; at < names.length; at++) {
    const hash = hashes[at] as number;
    const slot = (hash >>> shift) & MASK;
    const known = slots[slot] as Bucket<V> | undefined;
    const child = known ?? new Bucket<V>(epoch);
    if (known === undefined) slots[slot] = child;
    child.set(hash, names[at] as string, values[at] as V, orders[at] as number);
  }
  return { epoch, slots };
};

interface Columns<V> {
  readonly names: string[];
  readonly values: V[];
}

/** How many places may stand empty for each entry before sorting is cheaper than leaving them. */
const SPARSE = 4;

/** The entries by their place in the order: put there directly where most places are taken, else sorted. */
const inOrder = <V>(root: TreeNode<V>, size: number): Columns<V> => {
  const buckets: Bucket<V>[] = [];
  gather(root, buckets);
  let first = Number.MAX_SAFE_INTEGER;
  let last = 0;
  for (const { orders } of buckets) {
    for (let at = 0; at < orders.length; at++) {
      const order = orders[at] as number;
      if (order < first) first = order;
      if (order > last) last = order;
    }
  }
  if (last - first >= size * SPARSE) return sorted(buckets);
  const spread = { names: new Array<string>(last - first + 1), values: new Array<V>(last - first + 1) };
  for (const { orders, names, values } of buckets) {
    for (let at = 0; at < orders.length; at++) {
      const place = (orders[at] as number) - first;
      spread.names[place] = names[at] as string;
      spread.values[place] = values[at] as V;
    }
  }
  return size === spread.names.length ? spread : closedUp(spread);
};

const closedUp = <V>(spread: Columns<V>): Columns<V> => {
  const closed: Columns<V> = { names: [], values: [] };
  for (let place = 0; place < spread.names.length; place++) {
    const name = spread.names[place];
    if (name === undefined) continue;
    closed.names.push(name);
    closed.values.push(spread.values[place] as V);
  }
  return closed;
};

const sorted = <V>(buckets: readonly Bucket<V>[]): Columns<V> => {
  const found: { order: number; name: string; value: V }[] = [];
  for (const { orders, names, values } of buckets) {
    for (let at = 0; at < names.length; at++)
      found.push({ order: orders[at] as number, name: names[at] as string, value: values[at] as V });
  }
  found.sort((a, b) => a.order - b.order);
  return { names: found.map(({ name }) => name), values: found.map(({ value }) => value) };
};

const gather = <V>(node: TreeNode<V>, buckets: Bucket<V>[]): void => {
  if (node instanceof Bucket) {
    buckets.push(node);
    return;
  }
  for (const slot of node.slots) if (slot !== undefined) gather(slot, buckets);
};
