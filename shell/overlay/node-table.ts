// The overlay's nodes by number, with the names that lead to them. They live in persistent tables, so that a restored
// machine has the very nodes that open descriptors name.

import type { Epoch } from '../fs/epoch.ts';
import { fail } from '../fs/errno.ts';
import { Holders, type SavedHolders } from '../fs/holders.ts';
import { PersistentMap } from '../fs/persistent-map.ts';
import { PersistentTable, type SavedTable } from '../fs/persistent-table.ts';
import type { NodeId } from '../fs/stat.ts';
import { ways } from '../fs/ways.ts';
import { ABSENT, lowerKey, type NewNode, NODE, OverlayNode, upperKey, type WHITED_OUT } from './node.ts';

export interface SavedNodes {
  readonly table: SavedTable;
  readonly holds: SavedHolders;
  readonly linked: PersistentMap<NodeId>;
}

export class NodeTable {
  readonly #epoch: Epoch;
  readonly #table: PersistentTable<OverlayNode>;
  /** Nodes with several names, by `linkKey`: every name of a hard link leads to one node. */
  #linked: PersistentMap<NodeId>;
  /** Open descriptors, working directories and mounts. */
  readonly #holders = new Holders();

  constructor(epoch: Epoch) {
    this.#epoch = epoch;
    this.#table = new PersistentTable<OverlayNode>(epoch, (node, now) => node.copy(now));
    this.#linked = new PersistentMap<NodeId>(epoch, false);
  }

  /** The node, for reading only. ESTALE when there is none of that number. */
  get(id: NodeId): OverlayNode {
    return this.#table.get(id) ?? fail('ESTALE');
  }

  /** The node, for changing. */
  own(id: NodeId): OverlayNode {
    return this.#table.own(id);
  }

  /** A new node, of which `flags` may say more than was found. */
  add(parent: NodeId, name: string, made: NewNode, flags = made.flags): NodeId {
    return this.#table.add(new OverlayNode(this.#epoch.now, parent, name, made, flags));
  }

  /** What the cache knows of that name: a node, ABSENT, WHITED_OUT, or undefined for nothing. */
  known(dir: NodeId, name: string): number | undefined {
    return this.get(dir).names?.get(name);
  }

  /** Notes that `name` leads to `id`. */
  enter(dir: NodeId, name: string, id: NodeId): void {
    const node = this.#table.own(id);
    node.parent = dir;
    node.name = name;
    node.addAlias();
    this.#note(dir, name, id);
  }

  /** Notes that there is nothing of that name: ABSENT or WHITED_OUT. */
  enterAbsence(dir: NodeId, name: string, why: typeof ABSENT | typeof WHITED_OUT): void {
    this.#note(dir, name, why);
  }

  /** Forgets the name; a node that nobody else names or holds goes with it. */
  forget(dir: NodeId, name: string): void {
    const known = this.#table.own(dir).names?.take(name) ?? ABSENT;
    if (known <= 0) return;
    const node = this.#table.own(known);
    node.dropAlias();
    if ((node.flags & NODE.DIRECTORY) !== 0) ways.changes++;
    this.#collect(known);
  }

  /** Two names that are both known change places. */
  exchange(dir: NodeId, name: string, otherDir: NodeId, otherName: string): void {
    const here = this.known(dir, name) ?? 0;
    const there = this.known(otherDir, otherName) ?? 0;
    if (here <= 0 || there <= 0) return;
    ways.changes++;
    this.#note(dir, name, there);
    this.#note(otherDir, otherName, here);
    this.#move(there, dir, name);
    this.#move(here, otherDir, otherName);
  }

  get hasLinks(): boolean {
    return this.#linked.size > 0;
  }

  /** The node that other names of this hard link lead to. */
  linked(key: string): NodeId | undefined {
    return this.#linked.get(key);
  }

  setLinked(key: string, id: NodeId): void {
    this.#linked.set(key, id);
  }

  /** Makes `id` one file with the node that `key` leads to, if there is one. */
  join(key: string, id: NodeId): void {
    const other = this.#linked.get(key);
    if (other === undefined) {
      this.#linked.set(key, id);
      return;
    }
    const before = this.own(other);
    const { next, file } = before.twin ?? { next: other, file: other };
    this.own(id).twin = { next, file };
    before.twin = { next: id, file };
  }

  /** The number that a file has under all of its names. */
  fileOf(id: NodeId): NodeId {
    return this.get(id).twin?.file ?? id;
  }

  /** All nodes that are one file, `id` first. */
  twins(id: NodeId): NodeId[] {
    const all = [id];
    const next = (at: NodeId): NodeId => this.get(at).twin?.next ?? id;
    for (let at = next(id); at !== id; at = next(at)) all.push(at);
    return all;
  }

  isHeld(id: NodeId): boolean {
    return this.#holders.has(id);
  }

  /** True when that is the first hold. */
  hold(id: NodeId): boolean {
    return this.#holders.add(id);
  }

  /** True when that was the last hold. */
  release(id: NodeId): boolean {
    return this.#holders.remove(id);
  }

  /** Drops the node if nothing leads to it any more. */
  collect(id: NodeId): void {
    this.#collect(id);
  }

  save(): SavedNodes {
    return { table: this.#table.save(), linked: this.#linked.fork(), holds: this.#holders.save() };
  }

  restore(saved: SavedNodes): void {
    ways.changes++;
    this.#table.restore(saved.table);
    this.#linked = saved.linked.fork();
    this.#holders.restore(saved.holds);
  }

  #move(id: NodeId, dir: NodeId, name: string): void {
    const node = this.#table.own(id);
    node.parent = dir;
    node.name = name;
  }

  /** Takes the node out of its ring; one of the others, if there are any. */
  #leaveTwins(id: NodeId, node: OverlayNode): NodeId | undefined {
    const before = this.twins(id).at(-1) as NodeId;
    if (before === id) return undefined;
    this.own(before).twin = node.twin;
    return before;
  }

  #note(dir: NodeId, name: string, value: number): void {
    const node = this.#table.own(dir);
    node.names ??= new PersistentMap<number>(this.#epoch, false);
    node.names.set(name, value);
  }

  #collect(id: NodeId): void {
    const node = this.#table.get(id);
    if (node === undefined || node.aliases > 0 || this.isHeld(id)) return;
    if (node.names !== undefined)
      for (const [name, known] of node.names.entries()) if (known > 0) this.forget(id, name);
    if (this.#linked.size > 0) this.#unlink(id, node);
    this.#table.delete(id);
  }

  /** The names of its hard links lead to another of its twins, or nowhere. */
  #unlink(id: NodeId, node: OverlayNode): void {
    const heir = this.#leaveTwins(id, node);
    for (const key of linkKeys(node)) {
      if (this.#linked.get(key) !== id) continue;
      if (heir !== undefined && key !== upperKey(node.upper)) this.#linked.set(key, heir);
      else this.#linked.delete(key);
    }
  }
}

const linkKeys = (node: OverlayNode): string[] => {
  if ((node.flags & NODE.DIRECTORY) !== 0) return [];
  const { lower } = node;
  const keys = node.upper === 0 ? [] : [upperKey(node.upper)];
  return lower === undefined ? keys : [...keys, lowerKey(lower)];
};
