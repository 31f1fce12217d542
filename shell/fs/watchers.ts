// Those who are told when a file changes.

import type { Spot } from './mount.ts';
import type { NodeId } from './stat.ts';

type Notify = () => void;

export class Watchers {
  /** By device and file: asked at every change, so without a key that would have to be put together. */
  readonly #devices = new Map<number, Map<NodeId, Set<Notify>>>();

  /** Calls `notify` at every change of the file; returns what forgets it. */
  add(spot: Spot, notify: Notify): () => void {
    const { dev } = spot.mount.fs;
    const file = fileOf(spot);
    const files = this.#devices.get(dev) ?? new Map<NodeId, Set<Notify>>();
    const watchers = files.get(file) ?? new Set();
    this.#devices.set(dev, files.set(file, watchers.add(notify)));
    return () => {
      watchers.delete(notify);
      if (watchers.size === 0 && files.get(file) === watchers) files.delete(file);
      if (files.size === 0 && this.#devices.get(dev) === files) this.#devices.delete(dev);
    };
  }

  tell(spot: Spot): void {
    const watchers = this.#devices.get(spot.mount.fs.dev)?.get(fileOf(spot));
    if (watchers !== undefined) for (const notify of [...watchers]) notify();
  }
}

/** What all names of a file have in common. */
export const fileOf = ({ mount, node }: Spot): NodeId => mount.fs.fileOf?.(node) ?? node;
