// Who keeps an unlinked file alive: how many descriptors, working directories and mounts hold each.

import type { NodeId } from './stat.ts';

export type SavedHolders = ReadonlyMap<NodeId, number>;

export class Holders {
  #counts = new Map<NodeId, number>();

  has(node: NodeId): boolean {
    return this.#counts.has(node);
  }

  /** One holder more; true when it is the first. */
  add(node: NodeId): boolean {
    const before = this.#counts.get(node) ?? 0;
    this.#counts.set(node, before + 1);
    return before === 0;
  }

  /** One holder fewer; true when that was the last. */
  remove(node: NodeId): boolean {
    const before = this.#counts.get(node);
    if (before === undefined) return false;
    if (before > 1) this.#counts.set(node, before - 1);
    else this.#counts.delete(node);
    return before === 1;
  }

  save(): SavedHolders {
    return new Map(this.#counts);
  }

  restore(saved: SavedHolders): void {
    this.#counts = new Map(saved);
  }
}
