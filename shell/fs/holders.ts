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
    return this.#nodes.includes(node);
  }

  /** One holder more; true when it is the first. */
  add(node: NodeId): boolean {
    const at = this.#nodes.lastIndexOf(node);
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
    const at = this.#nodes.lastIndexOf(node);
    if (at < 0) return false;
    const left = (this.#counts[at] ?? 0) - 1;
    this.#counts[at] = left;
    if (left > 0) return false;
    // The last one takes the place that has become free.
    this.#nodes[at] = this.#nodes.at(-1) as NodeId;
    this.#counts[at] = this.#counts.at(-1) as number;
    this.#nodes.pop();
    this.#counts.pop();
    return true;
  }

  save(): SavedHolders {
    return { nodes: this.#nodes.slice(), counts: this.#counts.slice() };
  }

  restore({ nodes, counts }: SavedHolders): void {
    this.#nodes = nodes.slice();
    this.#counts = counts.slice();
  }
}
