// Who keeps an unlinked file alive: how many descriptors, working directories and mounts hold each.

import type { NodeId } from './stat.ts';

export interface SavedHolders {
  readonly nodes: readonly NodeId[];
  readonly counts: readonly number[];
}

/** Few files are open at a time, and what was opened last is closed first: arrays, where a Map would rehash all the time. */
export class Holders {
  #nodes: NodeId[] = [];
  #counts: number[] = [];

  has(node: NodeId): boolean {
    return this.#find(node) >= 0;
  }

  /** One holder more; true when it is the first. */
  add(node: NodeId): boolean {
    const at = this.#find(node);
    if (at >= 0) {
      this.#counts[at] = (this.#counts[at] ?? 0) + 1;
      return false;
    }
    this.#nodes.push(node);
    this.#counts.push(1);
    return true;
  }

  /** One holder fewer; true when that was the last. */
  remove(node: NodeId): boolean {
    const at = this.#find(node);
    if (at < 0) return false;
    const left = (this.#counts[at] ?? 0) - 1;
    this.#counts[at] = left;
    if (left > 0) return false;
    // The last one takes the place that has become free.
    const last = this.#nodes.pop() as NodeId;
    const count = this.#counts.pop() as number;
    if (at === this.#nodes.length) return true;
    this.#nodes[at] = last;
    this.#counts[at] = count;
    return true;
  }

  #find(node: NodeId): number {
    let at = this.#nodes.length - 1;
    while (at >= 0 && this.#nodes[at] !== node) at--;
    return at;
  }

  save(): SavedHolders {
    return { nodes: this.#nodes.slice(), counts: this.#counts.slice() };
  }

  restore({ nodes, counts }: SavedHolders): void {
    this.#nodes = nodes.slice();
    this.#counts = counts.slice();
  }
}
