// A tree that began as another one is. Blocks that it writes to are its own from then on, and the trace is told.

import type { Content } from '../content.ts';
import { BLOCK_SIZE } from '../content.ts';
import { DiskFilesystem } from '../disk-filesystem.ts';
import type { DiskOptions } from '../disk-options.ts';
import { changedIds } from '../persistent-table.ts';
import type { NodeId, StatFs } from '../stat.ts';
import type { Trace } from '../trace.ts';
import { Census } from './census.ts';

export interface SharedTreeOptions extends DiskOptions {
  readonly type: 'btrfs' | 'zfs';
  readonly trace: Trace;
  /** The tree to begin as. */
  readonly origin?: SharedTree;
  /** The blocks that are written as one. */
  readonly unit: number;
}

export class SharedTree extends DiskFilesystem {
  readonly #options: SharedTreeOptions;

  constructor(options: SharedTreeOptions) {
    super(options, options.origin);
    this.#options = options;
  }

  override write(node: NodeId, position: number, bytes: Uint8Array): number {
    if (this.#options.trace.on && bytes.length > 0) this.#tell(node, position, bytes.length);
    return super.write(node, position, bytes);
  }

  /** Tells how much of what is going to be written the tree has in common with its origin. */
  #tell(node: NodeId, position: number, length: number): void {
    const { origin, trace, type, unit } = this.#options;
    const { content, name, parent } = this.inode(node);
    const old = origin?.contentOf(node);
    if (content === undefined || old === undefined) return;
    const at = position < 0 ? content.size : position;
    const first = Math.floor(at / BLOCK_SIZE / unit);
    const last = Math.ceil((at + length) / BLOCK_SIZE / unit);
    let taken = 0;
    for (let part = first; part < last; part++) if (isShared(content, old, part * unit, unit)) taken += unit;
    if (taken === 0) return;
    const directory = this.path(parent);
    trace.emit({
      kind: 'unshare',
      type,
      path: `${directory === '/' ? '' : directory}/${name}`,
      bytes: taken * BLOCK_SIZE,
      size: content.size,
    });
  }

  /** A dataset is as big as what it holds and what is free in the pool; a subvolume shows the whole disk. */
  override statfs(): StatFs {
    const disk = super.statfs();
    if (this.#options.type === 'btrfs') return disk;
    return { ...disk, blocks: disk.bfree + new Census().add(this.table).records };
  }

  /** Bytes of data that it does not share with its origin, in units that are written as one. */
  ownBytes(): number {
    const { origin, unit } = this.#options;
    if (origin === undefined) {
      const { blocks, records } = new Census().add(this.table);
      return (unit === 1 ? blocks : records) * BLOCK_SIZE;
    }
    let blocks = 0;
    for (const node of changedIds(origin.table, this.table)) {
      const census = new Census();
      census.addFile(origin.contentOf(node));
      const { blocks: single, records } = census.addFile(this.contentOf(node));
      blocks += unit === 1 ? single : records;
    }
    return blocks * BLOCK_SIZE;
  }

  /** The content of a regular file, to look at; undefined when there is none of that number. */
  contentOf(node: NodeId): Content | undefined {
    return this.has(node) ? this.inode(node).content : undefined;
  }
}

/** Whether both have all blocks of a part in common, and at least one. */
const isShared = (content: Content, old: Content, first: number, count: number): boolean => {
  let some = false;
  for (let index = first; index < first + count; index++) {
    if (!content.isAllocated(index) && !old.isAllocated(index)) continue;
    if (!content.sharesBlock(old, index)) return false;
    some = true;
  }
  return some;
};
