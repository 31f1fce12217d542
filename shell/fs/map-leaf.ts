// A leaf of a persistent map: a few entries, of which one is looked for by its hash, then by its name.

/** A leaf's slots are columns, one after the other: looking for a hash reads few lines of memory, found or not. */
const HASHES = 0;
const NAMES = 1;
const VALUES = 2;
/** Places in the order of insertion; a map that keeps none has no such column. */
const ORDERS = 3;
export const COLUMNS = 4;
/** A leaf that has no room left takes as much again, but for no more entries than that. */
const ROOM = 6;

type Slots<V> = (number | string | V)[];

/** Entries whose hashes have their first `depth` bits, the lowest ones, in common. */
export class Leaf<V> {
  readonly epoch: number;
  depth: number;
  /** An object for each entry would take twice the memory, and be found in another place of it. */
  slots: Slots<V>;
  /** For how many entries the columns have room. */
  room: number;
  size = 0;

  constructor(epoch: number, depth: number, room: number, slots: Slots<V>) {
    this.epoch = epoch;
    this.depth = depth;
    this.room = room;
    this.slots = slots;
  }

  copy(epoch: number): Leaf<V> {
    const copy = new Leaf<V>(epoch, this.depth, this.room, this.slots.slice());
    copy.size = this.size;
    return copy;
  }

  /** Where the entry is in each column; -1 when it is not there. */
  find(hash: number, name: string): number {
    const { slots, room, size } = this;
    for (let at = 0; at < size; at++) if (slots[at] === hash && slots[room + at] === name) return at;
    return -1;
  }

  hash(at: number): number {
    return this.slots[at] as number;
  }

  name(at: number): string {
    return this.slots[NAMES * this.room + at] as string;
  }

  value(at: number): V {
    return this.slots[VALUES * this.room + at] as V;
  }

  order(at: number): number {
    return this.slots[ORDERS * this.room + at] as number;
  }

  setValue(at: number, value: V): void {
    this.slots[VALUES * this.room + at] = value;
  }

  add(hash: number, name: string, value: V, order: number): void {
    if (this.size === this.room) this.#makeRoom();
    const { slots, room } = this;
    const at = this.size++;
    slots[at] = hash;
    slots[NAMES * room + at] = name;
    slots[VALUES * room + at] = value;
    if (ORDERS * room < slots.length) slots[ORDERS * room + at] = order;
  }

  /** Takes out the entry that is there; the last one takes its place. */
  cut(at: number): void {
    const last = this.size - 1;
    this.#move(last, at);
    this.#empty(last);
  }

  /** Parts with the entries whose hashes have the next bit: they are a leaf of their own from now on. */
  split(): Leaf<V> {
    const { epoch, size, room, slots } = this;
    const bit = 1 << this.depth++;
    const other = new Leaf<V>(epoch, this.depth, room, new Array(slots.length));
    let kept = 0;
    for (let at = 0; at < size; at++) {
      const hash = this.hash(at);
      if ((hash & bit) !== 0) other.add(hash, this.name(at), this.value(at), this.order(at));
      else this.#move(at, kept++);
    }
    this.#empty(kept);
    return other;
  }

  #move(from: number, to: number): void {
    if (from === to) return;
    const { slots, room } = this;
    for (let column = HASHES; column < slots.length; column += room)
      slots[column + to] = slots[column + from] as V;
  }

  /** Ends before `size`: what stands behind is held by nobody. */
  #empty(size: number): void {
    const { slots, room } = this;
    for (let column = HASHES; column < slots.length; column += room)
      for (let at = size; at < this.size; at++) slots[column + at] = 0;
    this.size = size;
  }

  /** Arrays that grow by themselves take room for half as many again. */
  #makeRoom(): void {
    const { slots, room, size } = this;
    const wider = room + Math.min(room, ROOM);
    const columns = slots.length / room;
    const wide: Slots<V> = new Array(wider * columns);
    for (let column = HASHES; column < columns; column++)
      for (let at = 0; at < size; at++) wide[column * wider + at] = slots[column * room + at] as V;
    this.slots = wide;
    this.room = wider;
  }
}
