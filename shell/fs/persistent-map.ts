// A map by name with structural sharing: a hash tree of 32-way branches over short chains of entries. A change copies
// only the path to its entry, once per epoch; iteration is in the order of insertion.

import type { Epoch } from './epoch.ts';

const BITS = 5;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;
/** Chains longer than this become branches: a branch takes the memory of six entries. */
const CHAIN = 4;
/** The last shift: no bits of the hash are left below. */
const DEEPEST = 30;

/** A name and its value; never changed. */
class Entry<V> {
  readonly hash: number;
  readonly name: string;
  readonly value: V;
  /** Its place in the order of insertion. */
  readonly order: number;
  /** Another entry that the bits of the hash have not told apart yet. */
  readonly next: Entry<V> | undefined;

  constructor(hash: number, name: string, value: V, order: number, next: Entry<V> | undefined) {
    this.hash = hash;
    this.name = name;
    this.value = value;
    this.order = order;
    this.next = next;
  }
}

type TreeNode<V> = Branch<V> | Entry<V> | undefined;

class Branch<V> {
  readonly epoch: number;
  readonly slots: TreeNode<V>[];

  constructor(epoch: number, slots: TreeNode<V>[] = new Array<TreeNode<V>>(WIDTH).fill(undefined)) {
    this.epoch = epoch;
    this.slots = slots;
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

const computeHash = (name: string): number => {
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
  // What was found last, or not: one call asks for the same name several times over.
  #foundName: string | undefined;
  #found: Entry<V> | undefined;

  constructor(epoch: Epoch) {
    this.#epoch = epoch;
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
    if (name === this.#foundName) return this.#found?.value;
    const hash = hashOf(name);
    let node: TreeNode<V> = this.#root;
    for (let shift = 0; node instanceof Branch; shift += BITS) node = node.slots[(hash >>> shift) & MASK];
    const found = find(node, hash, name);
    this.#foundName = name;
    this.#found = found;
    return found?.value;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Adds the entry at the end of the order, or changes its value in its place. */
  set(name: string, value: V): void {
    this.#root = this.#put(this.#root, 0, hashOf(name), name, value);
  }

  /** Takes the entry out; false when there is none. */
  delete(name: string): boolean {
    return this.take(name) !== undefined;
  }

  /** Takes the entry out and gives its value; undefined when there is none. */
  take(name: string): V | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    this.#found = undefined;
    this.#size--;
    if (this.#size > 0) this.#root = cut(this.#root, 0, hashOf(name), name, this.#epoch.now);
    else {
      // The tree that has grown goes, and the order begins anew.
      this.#root = undefined;
      this.#order = 0;
    }
    return value;
  }

  /** All entries in the order of their insertion. */
  entries(): [name: string, value: V][] {
    return this.map((name, value) => [name, value]);
  }

  /** What `make` makes of every entry, in the order of their insertion. */
  map<R>(make: (name: string, value: V) => R): R[] {
    const found: Entry<V>[] = [];
    gather(this.#root, found);
    return inOrder(found).map(({ name, value }) => make(name, value));
  }

  /** The tree with the entry in it. */
  #put(node: TreeNode<V>, shift: number, hash: number, name: string, value: V): TreeNode<V> {
    if (!(node instanceof Branch) && (shift > DEEPEST || !isFull(node, hash, name)))
      return this.#chain(hash, name, value, node);
    const epoch = this.#epoch.now;
    const branch = node instanceof Branch ? own(node, epoch) : spread(node, shift, epoch);
    const slot = (hash >>> shift) & MASK;
    branch.slots[slot] = this.#put(branch.slots[slot], shift + BITS, hash, name, value);
    return branch;
  }

  /** A chain that begins with the entry and goes on with the others. */
  #chain(hash: number, name: string, value: V, others: Entry<V> | undefined): Entry<V> {
    const known = find(others, hash, name);
    const order = known?.order ?? this.#order++;
    if (known === undefined) this.#size++;
    this.#foundName = name;
    this.#found = new Entry(hash, name, value, order, known === undefined ? others : without(others, name));
    return this.#found;
  }
}

const find = <V>(first: Entry<V> | undefined, hash: number, name: string): Entry<V> | undefined => {
  let entry = first;
  while (entry !== undefined && (entry.hash !== hash || entry.name !== name)) entry = entry.next;
  return entry;
};

const without = <V>(entry: Entry<V> | undefined, name: string): Entry<V> | undefined => {
  if (entry === undefined) return undefined;
  if (entry.name === name) return entry.next;
  return new Entry(entry.hash, entry.name, entry.value, entry.order, without(entry.next, name));
};

const own = <V>(branch: Branch<V>, epoch: number): Branch<V> =>
  branch.epoch === epoch ? branch : new Branch<V>(epoch, branch.slots.slice());

/** The tree without an entry that is in it. */
const cut = <V>(node: TreeNode<V>, shift: number, hash: number, name: string, epoch: number): TreeNode<V> => {
  if (!(node instanceof Branch)) return without(node, name);
  const branch = own(node, epoch);
  const slot = (hash >>> shift) & MASK;
  branch.slots[slot] = cut(branch.slots[slot], shift + BITS, hash, name, epoch);
  return branch;
};

/** Whether a chain has no room for one more name. */
const isFull = <V>(first: Entry<V> | undefined, hash: number, name: string): boolean => {
  let length = 0;
  for (let entry = first; entry !== undefined; entry = entry.next) length++;
  return length >= CHAIN && find(first, hash, name) === undefined;
};

/** A branch at `shift` in place of a chain. */
const spread = <V>(first: Entry<V> | undefined, shift: number, epoch: number): Branch<V> => {
  const branch = new Branch<V>(epoch);
  for (let entry = first; entry !== undefined; entry = entry.next) {
    const { hash, name, value, order } = entry;
    const slot = (hash >>> shift) & MASK;
    const others = branch.slots[slot] as Entry<V> | undefined;
    branch.slots[slot] = new Entry(hash, name, value, order, others);
  }
  return branch;
};

/** How many places may stand empty for each entry before sorting is cheaper than leaving them. */
const SPARSE = 4;

/** Put at their places directly where most places are taken, else sorted. */
const inOrder = <V>(entries: Entry<V>[]): Entry<V>[] => {
  let first = Number.MAX_SAFE_INTEGER;
  let last = 0;
  for (const { order } of entries) {
    if (order < first) first = order;
    if (order > last) last = order;
  }
  if (last - first >= entries.length * SPARSE) return entries.sort((a, b) => a.order - b.order);
  const places = new Array<Entry<V> | undefined>(Math.max(0, last - first + 1)).fill(undefined);
  for (const entry of entries) places[entry.order - first] = entry;
  return places.filter((entry) => entry !== undefined);
};

const gather = <V>(node: TreeNode<V>, found: Entry<V>[]): void => {
  if (node instanceof Branch) {
    for (const slot of node.slots) if (slot !== undefined) gather(slot, found);
    return;
  }
  for (let entry = node; entry !== undefined; entry = entry.next) found.push(entry);
};
