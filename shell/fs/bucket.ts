// A handful of a persistent map's entries, in columns: a search reads the hashes, which lie together, and one name.

export class Bucket<V> {
  readonly epoch: number;
  readonly hashes: number[] = [];
  readonly names: string[] = [];
  readonly values: V[] = [];
  /** The places in the map's order of insertion. */
  readonly orders: number[] = [];

  constructor(epoch: number) {
    this.epoch = epoch;
  }

  get size(): number {
    return this.names.length;
  }

  get(hash: number, name: string): V | undefined {
    const at = this.#find(hash, name);
    return at < 0 ? undefined : this.values[at];
  }

  /** Sets the value of an entry; true when the entry is new. */
  set(hash: number, name: string, value: V, order: number): boolean {
    const at = this.#find(hash, name);
    if (at >= 0) {
      this.values[at] = value;
      return false;
    }
    this.hashes.push(hash);
    this.names.push(name);
    this.values.push(value);
    this.orders.push(order);
    return true;
  }

  delete(hash: number, name: string): void {
    const at = this.#find(hash, name);
    if (at < 0) return;
    takeOut(this.hashes, at);
    takeOut(this.names, at);
    takeOut(this.values, at);
    takeOut(this.orders, at);
  }

  copy(epoch: number): Bucket<V> {
    const bucket = new Bucket<V>(epoch);
    for (let at = 0; at < this.names.length; at++) {
      bucket.hashes.push(this.hashes[at] as number);
      bucket.names.push(this.names[at] as string);
      bucket.values.push(this.values[at] as V);
      bucket.orders.push(this.orders[at] as number);
    }
    return bucket;
  }

  #find(hash: number, name: string): number {
    const { hashes } = this;
    for (let at = 0; at < hashes.length; at++) if (hashes[at] === hash && this.names[at] === name) return at;
    return -1;
  }
}

/** The last one takes its place: the order of a column means nothing. */
const takeOut = <T>(column: T[], at: number): void => {
  const last = column.pop() as T;
  if (at < column.length) column[at] = last;
};
