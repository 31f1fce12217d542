// Who keeps an unlinked file alive: how many descriptors, working directories and mounts hold each.

import type { NodeId } from './stat.ts';

export type SavedHolders = ReadonlyMap<NodeId, number>;

export class Holders {
  #counts = new Map<NodeId, number>();

  has(node: NodeId): boolean {
    return this.#counts.has(node);
  }

  add(node: NodeId): void {
    this.#counts.set(node, (this.#counts.get(node) ?? 0) + 1);
  }

  /** One holder fewer; true when that was the last. */
  remove(node: NodeId): boolean {
    const left = (this.#counts.get(node) ?? 0) - 1;
    if (left > 0) this.#counts.set(node, left);
    else this.#counts.delete(node);
    return left <= 0;
  }

  save(): SavedHolders {
    return new Map(this.#counts);
  }

  restore(saved: SavedHolders): void {
    this.#counts = new Map(saved);
  }
}
