// A layer's entries applied to a whole tree, as drivers without a union do it: what a whiteout names is removed
// (Docker: pkg/archive, UnpackLayer).

import type { Process } from '../../fs/process.ts';
import { removeTree } from '../files.ts';
import { OPAQUE_MARKER, type TreeEntry, WHITEOUT_PREFIX } from '../tar/tree-entries.ts';
import { Unpacker } from '../tar/unpack.ts';

/** The tree is the root of `inside`; names begin there. */
const ROOT = '/.';

export class LayerOnTree {
  readonly #inside: Process;
  readonly #unpacker: Unpacker;
  /** Paths that came with this layer. */
  readonly #unpacked = new Set<string>();

  /** `inside` has the tree as its root; `reader` opens the files that hold the entries' data. */
  constructor(inside: Process, reader: Process) {
    this.#inside = inside;
    this.#unpacker = new Unpacker(inside, ROOT, reader);
  }

  add(entry: TreeEntry): void {
    const path = `/${entry.header.name.replace(/\/+$/, '')}`;
    const cut = path.lastIndexOf('/') + 1;
    const base = path.slice(cut);
    if (base === OPAQUE_MARKER) this.#clear(path.slice(0, cut - 1));
    else if (base.startsWith(WHITEOUT_PREFIX))
      removeTree(this.#inside, path.slice(0, cut) + base.slice(WHITEOUT_PREFIX.length));
    else {
      this.#unpacked.add(path);
      this.#unpacker.add(entry);
    }
  }

  finish(): void {
    this.#unpacker.finish();
  }

  /** Takes away what was in the directory before this layer. */
  #clear(directory: string): void {
    for (const { name, type } of this.#inside.readdir(directory === '' ? '/' : directory)) {
      const path = `${directory}/${name}`;
      if (!this.#unpacked.has(path)) removeTree(this.#inside, path);
      else if (type === 'directory') this.#clear(path);
    }
  }
}
