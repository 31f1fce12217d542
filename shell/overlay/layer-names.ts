// The names of a merged directory as its layers have them, whiteouts and all: of one layer's directory, or of several that
// lie on top of each other.
// Kernel: overlayfs.rst, "readdir".

import type { NodeId } from '../fs/stat.ts';
import type { Layer, Place } from './layer.ts';

/** Is given what bears a name, and in which layer. */
type Visit = (name: string, layer: Layer, child: NodeId) => void;

export interface LayerNames {
  has(name: string): boolean;
  /** Visits what bears the name, the topmost where several layers have it; false when nothing does. */
  visitOne(name: string, visit: Visit): boolean;
  /** From the top layer down, each in its own order. */
  visitAll(visit: Visit): void;
}

export const namesOf = (places: readonly Place[]): LayerNames => {
  const [only] = places;
  return places.length === 1 && only?.layer.files.list !== undefined
    ? new DirectoryNames(only)
    : new GatheredNames(places);
};

/** One directory: its own table of names serves, whatever its size. */
class DirectoryNames implements LayerNames {
  readonly #layer: Layer;
  readonly #dir: NodeId;

  constructor({ layer, node }: Place) {
    this.#layer = layer;
    this.#dir = node;
  }

  has(name: string): boolean {
    return this.#layer.files.lookup(this.#dir, name) !== 0;
  }

  visitOne(name: string, visit: Visit): boolean {
    const child = this.#layer.files.lookup(this.#dir, name);
    if (child === 0) return false;
    visit(name, this.#layer, child);
    return true;
  }

  visitAll(visit: Visit): void {
    listPlace(this.#layer, this.#dir, (name, child) => visit(name, this.#layer, child));
  }
}

/** Several directories, or one that can be listed but costs more to ask. */
class GatheredNames implements LayerNames {
  readonly #found = new Map<string, Place>();

  constructor(places: readonly Place[]) {
    for (const { layer, node: dir } of places)
      listPlace(layer, dir, (name, node) => {
        if (!this.#found.has(name)) this.#found.set(name, { layer, node });
      });
  }

  has(name: string): boolean {
    return this.#found.has(name);
  }

  visitOne(name: string, visit: Visit): boolean {
    const place = this.#found.get(name);
    if (place === undefined) return false;
    visit(name, place.layer, place.node);
    return true;
  }

  visitAll(visit: Visit): void {
    for (const [name, { layer, node }] of this.#found) visit(name, layer, node);
  }
}

const listPlace = ({ files }: Layer, dir: NodeId, visit: (name: string, child: NodeId) => void): void => {
  if (files.list !== undefined) files.list(dir, visit);
  else for (const { name } of files.readdir(dir)) visit(name, files.lookup(dir, name));
};
