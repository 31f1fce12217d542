// A map by name with structural sharing: extensible hashing, a tree of branches over leaves of a few entries. A change
// copies only the path to its leaf, once per epoch; iteration is in the order of insertion.

import type { Epoch } from './epoch.ts';

/** A leaf with so many entries is split before it takes one more. */
const FULL = 32;
/** A branch tells at most so many bits of the hash apart: it is what a change copies. */
const WIDEST = 8;
/** A leaf that has so many bits of the hash in common is not split: hardly any are left. */
const DEEPEST = 30;

/** Where a leaf's slots have what belongs to one entry; the next entry follows. */
const HASH = 0;
const NAME = 1;
const VALUE = 2;
/** Its place in the order of insertion. */
const ORDER = 3;
const STRIDE = 4;
/** So many slots more a leaf takes when all of its are taken. */
const ROOM = 4 * STRIDE;

/** Entries whose hashes have their first `depth` bits, the lowest ones, in common. */
class Leaf<V> {
  readonly epoch: number;
  readonly depth: number;
  /** Entry after entry: an object for each would take twice the memory, and be found in another place of it. */
  slots: (number | string | V)[];

  constructor(epoch: number, depth: number, slots: (number | string | V)[] = []) {
    this.epoch = epoch;
    this.depth = depth;
    this.slots = slots;
  }

  add(hash: number, name: string, value: V, order: number): void {
    const { length } = this.slots;
    if (length === 0) {
      this.slots = [hash, name, value, order];
      return;
    }
    if (length === STRIDE || length % ROOM === 0) this.slots = withRoom(this.slots);
    this.slots.push(hash, name, value, order);
  }
}

/** A copy with room for entries to come: an array that grows by itself takes room for half as many again. */
const withRoom = <T>(slots: readonly T[]): T[] => {
  const { length } = slots;
  const copy = new Array<T>(length - (length % ROOM) + ROOM);
  for (let at = 0; at < length; at++) copy[at] = slots[at] as T;
  copy.length = length;
  return copy;
};

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
  #found: V | undefined;

  constructor(epoch: Epoch) {
    this.#epoch = epoch;
    this.#root = new Leaf<V>(epoch.now, 0);
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
    if (name === this.#foundName) return this.#found;
    const hash = hashOf(name);
    let node = this.#root;
    while (node instanceof Branch) node = node.slotOf(hash);
    const at = find(node.slots, hash, name);
    this.#foundName = name;
    this.#found = at < 0 ? undefined : (node.slots[at + VALUE] as V);
    return this.#found;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Adds the entry at the end of the order, or changes its value in its place. */
  set(name: string, value: V): void {
    const hash = hashOf(name);
    const isNew = !this.has(name);
    const leaf = this.#ownLeaf(hash, isNew);
    if (isNew) {
      leaf.add(hash, name, value, this.#order++);
      this.#size++;
    } else leaf.slots[find(leaf.slots, hash, name) + VALUE] = value;
    this.#foundName = name;
    this.#found = value;
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
    if (this.#size > 0) {
      const hash = hashOf(name);
      cut(this.#ownLeaf(hash, false).slots, hash, name);
    } else {
      // The tree that has grown goes, and the order begins anew.
      this.#root = new Leaf<V>(this.#epoch.now, 0);
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
    const made: R[] = [];
    this.forEach((name, value) => {
      made.push(make(name, value));
    });
    return made;
  }

  /** Visits every entry in the order of their insertion. */
  forEach(visit: (name: string, value: V) => void): void {
    const leaves: Leaf<V>[] = [];
    gather(this.#root, leaves);
    const { names, values } = inOrder(leaves, this.#size);
    for (let at = 0; at < names.length; at++) {
      const name = names[at];
      if (name !== undefined) visit(name, values[at] as V);
    }
  }

  /** The leaf in which the hash belongs, for changing; where `isFor` an entry more, with room for it. */
  #ownLeaf(hash: number, isNew: boolean): Leaf<V> {
    const epoch = this.#epoch.now;
    let above: Branch<V> | undefined;
    let node = this.#root;
    for (;;) {
      if (node.epoch !== epoch) {
        node = copy(node, epoch);
        this.#hang(above, hash, node);
      }
      if (node instanceof Branch) above = node;
      else if (isNew && isFull(node)) above = this.#split(above, hash, node);
      else return node;
      node = above.slotOf(hash);
    }
  }

  /** Puts two halves in the place of a leaf; the branch in which they stand. */
  #split(above: Branch<V> | undefined, hash: number, leaf: Leaf<V>): Branch<V> {
    const { epoch, depth } = leaf;
    let branch = above;
    if (branch === undefined || depth === branch.depth + WIDEST) {
      branch = new Branch<V>(epoch, depth, [leaf]);
      this.#hang(above, hash, branch);
    }
    // Each slot of a branch that grows twice as wide leads to where it led, whatever the next bit is.
    if (branch.slots.length === 1 << (depth - branch.depth)) branch.slots = branch.slots.concat(branch.slots);
    const bit = 1 << depth;
    branch.hang(hash & ~bit, half(leaf, 0));
    branch.hang(hash | bit, half(leaf, bit));
    return branch;
  }

  #hang(above: Branch<V> | undefined, hash: number, node: TreeNode<V>): void {
    if (above === undefined) this.#root = node;
    else above.hang(hash, node);
  }
}

const isFull = ({ slots, depth }: Leaf<unknown>): boolean => slots.length >= FULL * STRIDE && depth < DEEPEST;

const copy = <V>(node: TreeNode<V>, epoch: number): TreeNode<V> =>
  node instanceof Branch
    ? new Branch(epoch, node.depth, node.slots.slice())
    : new Leaf(epoch, node.depth, withRoom(node.slots));

/** Where in a leaf the entry begins; -1 when it is not there. */
const find = (slots: readonly unknown[], hash: number, name: string): number => {
  for (let at = 0; at < slots.length; at += STRIDE)
    if (slots[at] === hash && slots[at + NAME] === name) return at;
  return -1;
};

/** Takes an entry out that is there; the last one takes its place. */
const cut = (slots: unknown[], hash: number, name: string): void => {
  const at = find(slots, hash, name);
  const order = slots.pop();
  const value = slots.pop();
  const last = slots.pop();
  const lastsHash = slots.pop();
  if (at === slots.length) return;
  slots[at + HASH] = lastsHash;
  slots[at + NAME] = last;
  slots[at + VALUE] = value;
  slots[at + ORDER] = order;
};

/** Those entries of a leaf whose hashes have `bit`, which is the next one or 0, at the place of the next one. */
const half = <V>({ epoch, depth, slots }: Leaf<V>, bit: number): Leaf<V> => {
  const part = new Leaf<V>(epoch, depth + 1);
  for (let at = 0; at < slots.length; at += STRIDE) {
    const hash = slots[at + HASH] as number;
    if ((hash & (1 << depth)) === bit)
      part.add(hash, slots[at + NAME] as string, slots[at + VALUE] as V, slots[at + ORDER] as number);
  }
  return part;
};

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
  for (const { slots } of leaves)
    for (let at = 0; at < slots.length; at += STRIDE) {
      const place = (slots[at + ORDER] as number) - first;
      names[place] = slots[at + NAME] as string;
      values[place] = slots[at + VALUE] as V;
    }
  return { names, values };
};

const bounds = (leaves: readonly Leaf<unknown>[]): { first: number; last: number } => {
  let first = Number.MAX_SAFE_INTEGER;
  let last = 0;
  for (const { slots } of leaves)
    for (let at = ORDER; at < slots.length; at += STRIDE) {
      const order = slots[at] as number;
      if (order < first) first = order;
      if (order > last) last = order;
    }
  return { first, last };
};

const sorted = <V>(leaves: readonly Leaf<V>[]): Listing<V> => {
  const entries: { order: number; name: string; value: V }[] = [];
  for (const { slots } of leaves)
    for (let at = 0; at < slots.length; at += STRIDE)
      entries.push({
        order: slots[at + ORDER] as number,
        name: slots[at + NAME] as string,
        value: slots[at + VALUE] as V,
      });
  entries.sort((a, b) => a.order - b.order);
  return { names: entries.map(({ name }) => name), values: entries.map(({ value }) => value) };
};
