// The tree that keeps the blocks of a file in their order: branches of 32, shared by contents until one of them writes.

import { BLOCK_SIZE, type Block, type Owner } from './block.ts';
import type { Synthetic } from './synthetic.ts';

export const BITS = 5;
export const WIDTH = 1 << BITS;
export const MASK = WIDTH - 1;

export interface Branch {
  readonly owner: Owner;
  readonly slots: Tree[];
}

export type Tree = Branch | Block | undefined;

/** The shift of a tree that is one block, the first: most files are no bigger. */
export const LEAF = -BITS;

/** A group of WIDTH blocks, 128 KiB: those that were written, by their place in it, and how many lie there unwritten. */
export interface BlockGroup {
  readonly index: number;
  readonly blocks: readonly (Block | undefined)[];
  readonly made: number;
}

export const forEachGroup = (
  tree: Tree,
  shift: number,
  first: number,
  seen: Set<object>,
  visit: (group: BlockGroup) => void,
): void => {
  if (tree === undefined || seen.has(tree)) return;
  seen.add(tree);
  if (shift <= 0) {
    const blocks = shift === LEAF ? [tree as Block] : ((tree as Branch).slots as (Block | undefined)[]);
    visit({ index: first / WIDTH, blocks, made: 0 });
    return;
  }
  const { slots } = tree as Branch;
  for (let slot = 0; slot < slots.length; slot++)
    forEachGroup(slots[slot], shift - BITS, first + slot * 2 ** shift, seen, visit);
};

/** The same for bytes that nobody has written to. */
export const forEachMadeGroup = (
  synthetic: Synthetic | undefined,
  seen: Set<object>,
  visit: (group: BlockGroup) => void,
): void => {
  if (synthetic === undefined || seen.has(synthetic.block)) return;
  seen.add(synthetic.block);
  const count = Math.ceil(synthetic.size / BLOCK_SIZE);
  for (let index = 0; index * WIDTH < count; index++)
    visit({ index, blocks: [], made: Math.min(WIDTH, count - index * WIDTH) });
};

export const forEachBlock = (
  tree: Tree,
  shift: number,
  first: number,
  visit: (index: number) => void,
): void => {
  if (tree === undefined) return;
  if (shift === LEAF) {
    visit(first);
    return;
  }
  const { slots } = tree as Branch;
  for (let slot = 0; slot < slots.length; slot++)
    forEachBlock(slots[slot], shift - BITS, first + slot * 2 ** shift, visit);
};
