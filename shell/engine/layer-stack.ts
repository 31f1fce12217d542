// Lookup through the `diff` directories of a container's layers, by the union's rules, for those who show them.

import { fail } from '../fs/errno.ts';
import type { Stat } from '../fs/stat.ts';
import type { Look } from './storage/storage-driver.ts';
import { compareNames, OPAQUE_XATTR } from './tar/tree-entries.ts';

/** An entry of one layer. */
export interface Entry {
  readonly stat: Stat;
  readonly kind: 'whiteout' | 'opaque' | 'directory' | 'other';
}

export class LayerStack {
  /** Top first. */
  readonly #roots: readonly Look[];
  readonly #entries = new Map<string, Entry | undefined>();

  constructor(roots: readonly Look[]) {
    this.#roots = roots;
  }

  get size(): number {
    return this.#roots.length;
  }

  /** What layer `layer` itself has at `path`; '' or '/' is its root. */
  entry(layer: number, path: string): Entry | undefined {
    const key = `${layer} ${path}`;
    if (!this.#entries.has(key)) this.#entries.set(key, this.#find(layer, path));
    return this.#entries.get(key);
  }

  /**
   * The layers from `top` down that make up `path`, in order: several for a merged directory, one for a file,
   * none when it does not exist.
   */
  answers(path: string, top = 0): number[] {
    let layers = this.#roots.map((_root, at) => at).slice(top);
    let at = '';
    for (const name of path.split('/').filter((part) => part !== '')) {
      at = `${at}/${name}`;
      layers = this.#step(layers, at);
    }
    return layers;
  }

  /** Names in a directory of one layer, sorted. */
  names(layer: number, directory: string): string[] {
    const kind = this.entry(layer, directory)?.kind;
    if (kind !== 'directory' && kind !== 'opaque') return [];
    const { process, path } = this.#at(layer, directory);
    return process
      .readdir(path)
      .map(({ name }) => name)
      .sort(compareNames);
  }

  target(layer: number, path: string): string {
    const link = this.#at(layer, path);
    return link.process.readlink(link.path);
  }

  /** The four rules of lookup: absent goes on, a whiteout ends it, a file ends it, an opaque directory is the last one. */
  #step(layers: readonly number[], path: string): number[] {
    const found: number[] = [];
    for (const layer of layers) {
      const entry = this.entry(layer, path);
      if (entry === undefined) continue;
      if (entry.kind === 'whiteout') break;
      if (entry.kind === 'other') return found.length === 0 ? [layer] : found;
      found.push(layer);
      if (entry.kind === 'opaque') break;
    }
    return found;
  }

  #at(layer: number, path: string): Look {
    const root = this.#roots[layer] ?? fail('ENOENT');
    return { process: root.process, path: `${root.path}${path === '/' ? '' : path}` || '/' };
  }

  #find(layer: number, name: string): Entry | undefined {
    const { process, path } = this.#at(layer, name);
    const stat = process.tryLstat(path);
    if (stat === undefined) return undefined;
    if (stat.kind === 'char' && stat.rdev === 0) return { stat, kind: 'whiteout' };
    if (stat.kind !== 'directory') return { stat, kind: 'other' };
    const opaque = process.listxattr(path, { follow: false }).includes(OPAQUE_XATTR);
    return { stat, kind: opaque ? 'opaque' : 'directory' };
  }
}
