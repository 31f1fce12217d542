// A map by name with structural sharing: a hash tree of 32-way branches over small buckets. A change copies only
// the path to its bucket, once per epoch; iteration is in the order of insertion.

import type { Epoch } from './epoch.ts';

const BITS = 5;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;
const BUCKET = 8;
const DEEPEST = 30;

interface Entry<V> {
  readonly name: string;
  readonly hash: number;
  readonly value: V;
  /** The place in the order of insertion. */
  readonly order: number;
}

interface Bucket<V> {
  readonly epoch: number;
  readonly branch: false;
  readonly entries: Entry<V>[];
}

interface Branch<V> {
  readonly epoch: number;
  readonly branch: true;
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
    this.#root = { epoch: epoch.now, branch: false, entries: [] };
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
    for (let shift = 0; node?.branch; shift += BITS) node = node.slots[(hash >>> shift) & MASK];
    if (node === undefined) return undefined;
    for (const entry of node.entries) if (entry.hash === hash && entry.name === name) return entry.value;
    return undefined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Adds the entry at the end of the order, or changes its value in its place. */
  set(name: string, value: V): void {
    const hash = hashOf(name);
    const { bucket, shift } = this.#ownBucket(hash);
    const at = bucket.entries.findIndex((entry) => entry.hash === hash && entry.name === name);
    const known = bucket.entries[at];
    if (known !== undefined) {
      bucket.entries[at] = { ...known, value };
      return;
    }
    bucket.entries.push({ name, hash, value, order: this.#order++ });
    this.#size++;
    if (bucket.entries.length > BUCKET && shift < DEEPEST) this.#split(bucket, hash, shift);
  }

  delete(name: string): boolean {
    if (!this.has(name)) return false;
    const hash = hashOf(name);
    const { bucket } = this.#ownBucket(hash);
    const at = bucket.entries.findIndex((entry) => entry.hash === hash && entry.name === name);
    bucket.entries.splice(at, 1);
    this.#size--;
    return true;
  }

  /** All entries in the order of their insertion. */
  entries(): [name: string, value: V][] {
    const found: Entry<V>[] = [];
    gather(this.#root, found);
    found.sort((a, b) => a.order - b.order);
    return found.map((entry) => [entry.name, entry.value]);
  }

  #ownBucket(hash: number): { bucket: Bucket<V>; shift: number } {
    const epoch = this.#epoch.now;
    let node = ownNode(this.#root, epoch);
    this.#root = node;
    let shift = 0;
    while (node.branch) {
      const slot = (hash >>> shift) & MASK;
      const child = node.slots[slot];
      const owned: TreeNode<V> =
        child === undefined ? { epoch, branch: false, entries: [] } : ownNode(child, epoch);
      node.slots[slot] = owned;
      node = owned;
      shift += BITS;
    }
    return { bucket: node, shift };
  }

  /** Turns a full bucket, reached at `shift`, into a branch of buckets. */
  #split(bucket: Bucket<V>, hash: number, shift: number): void {
    const epoch = this.#epoch.now;
    const slots = new Array<TreeNode<V> | undefined>(WIDTH).fill(undefined);
    for (const entry of bucket.entries) {
      const slot = (entry.hash >>> shift) & MASK;
      slots[slot] ??= { epoch, branch: false, entries: [] };
      const child = slots[slot];
      if (!child.branch) child.entries.push(entry);
    }
    this.#replace(bucket, { epoch, branch: true, slots }, hash, shift);
  }

  #replace(bucket: Bucket<V>, branch: Branch<V>, hash: number, shift: number): void {
    if (this.#root === bucket) {
      this.#root = branch;
      return;
    }
    let node = this.#root;
    for (let at = 0; node.branch; at += BITS) {
      const slot = (hash >>> at) & MASK;
      if (at + BITS === shift) {
        node.slots[slot] = branch;
        return;
      }
      node = node.slots[slot] as TreeNode<V>;
    }
  }
}

const ownNode = <V>(node: TreeNode<V>, epoch: number): TreeNode<V> => {
  if (node.epoch === epoch) return node;
  return node.branch
    ? { epoch, branch: true, slots: node.slots.slice() }
    : { epoch, branch: false, entries: node.entries.slice() };
};

const gather = <V>(node: TreeNode<V>, found: Entry<V>[]): void => {
  if (!node.branch) {
    found.push(...node.entries);
    return;
  }
  for (const slot of node.slots) if (slot !== undefined) gather(slot, found);
};
