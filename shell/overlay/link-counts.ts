// What is known of how many names the overlay shows of each file in the index.

import type { Epoch } from '../fs/epoch.ts';
import { PersistentMap } from '../fs/persistent-map.ts';
import type { NodeId } from '../fs/stat.ts';

export type SavedLinkCounts = PersistentMap<number>;

/** The numbers in memory (i_nlink), by the copy's node in the upper layer. */
export class LinkCounts {
  #shown: PersistentMap<number>;

  constructor(epoch: Epoch) {
    this.#shown = new PersistentMap<number>(epoch, false);
  }

  get(upper: NodeId): number | undefined {
    return this.#shown.get(String(upper));
  }

  set(upper: NodeId, shown: number): void {
    this.#shown.set(String(upper), shown);
  }

  save(): SavedLinkCounts {
    return this.#shown.fork();
  }

  restore(saved: SavedLinkCounts): void {
    this.#shown = saved.fork();
  }
}
