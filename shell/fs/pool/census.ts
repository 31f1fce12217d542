// How much disk several trees take together: what they have in common is counted once. Trees that were one share
// groups of inodes and groups of blocks in memory as they would on the disk, so that it is enough to see each once.

import type { Block } from '../block.ts';
import type { BlockGroup } from '../block-tree.ts';
import { BLOCK_SIZE, type Content } from '../content.ts';
import type { Inode } from '../inode.ts';
import { newGroups, type SavedTable } from '../persistent-table.ts';

/** What a tree adds to those counted before. */
export interface Tally {
  /** Nodes of metadata, of 32 inodes each. */
  metadata: number;
  /** Blocks of data, of 4 KiB. */
  blocks: number;
  /** Groups of 32 blocks that are new or have something new, 128 KiB each, in blocks: the last one of a file may be shorter. */
  records: number;
  /** Blocks of pointers to 128 such groups, in files that have more than one. */
  indirect: number;
}

/** Linux: a file of up to half of a page lies among the metadata (btrfs(5), max_inline). */
const INLINE = 2048;
const POINTERS = 128;

const emptyTally = (): Tally => ({ metadata: 0, blocks: 0, records: 0, indirect: 0 });

export const RECORD_BLOCKS = 32;

export class Census {
  readonly #seen = new Set<object>();
  /** Where in its group each block was seen, a bit for each place. */
  readonly #blocks = new Map<Block, number>();

  add(table: SavedTable): Tally {
    const tally = emptyTally();
    for (const inodes of newGroups<Inode>(table, this.#seen)) {
      tally.metadata++;
      for (const { content } of inodes) if (content !== undefined) this.#addContent(content, tally);
    }
    return tally;
  }

  /** What a file adds; nothing for one that is none. */
  addFile(content: Content | undefined): Tally {
    const tally = emptyTally();
    if (content !== undefined) this.#addContent(content, tally);
    return tally;
  }

  #addContent(content: Content, tally: Tally): void {
    const length = Math.ceil(content.size / BLOCK_SIZE);
    const pointers = new Set<number>();
    content.newGroups(this.#seen, (group) => {
      if (group.made === 0 && group.blocks.every((block) => block === undefined)) return;
      if (content.size > INLINE) tally.blocks += this.#newBlocks(group);
      tally.records += Math.min(RECORD_BLOCKS, length - group.index * RECORD_BLOCKS);
      pointers.add(Math.floor(group.index / POINTERS));
    });
    if (length > RECORD_BLOCKS) tally.indirect += pointers.size;
  }

  #newBlocks({ blocks, made }: BlockGroup): number {
    let count = made;
    for (const [place, block] of blocks.entries()) {
      const places = block === undefined ? -1 : (this.#blocks.get(block) ?? 0);
      if (block === undefined || (places & (1 << place)) !== 0) continue;
      this.#blocks.set(block, places | (1 << place));
      count++;
    }
    return count;
  }
}
