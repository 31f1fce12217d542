// Blocks: the 4 KiB pieces of a file's content, and how they are copied.

import { Slab } from './slab.ts';

export const BLOCK_SIZE = 4096;

/** Who may write to a block in place: the one content that made it, until it is shared. Numbers, which take no memory. */
export type Owner = number;

export const NOBODY: Owner = 0;

let owners = 0;
export const newOwner = (): Owner => ++owners;

export interface Block {
  owner: Owner;
  /** The block's bytes; shorter than a block where the rest is zeros. */
  bytes: Uint8Array;
  /** To how many bytes it can grow where it lies. */
  readonly room: number;
}

/** The block of zeros that was given out last. */
let recent: { readonly content: object; readonly group: number; readonly block: Block } | undefined;

/**
 * A block that is allocated on the disk and holds zeros only. It may stand at several places of one group of a content's
 * blocks; those that were written before a share are others, so that one can tell which of them are shared.
 */
export const zerosOf = (content: object, group: number): Block => {
  if (recent?.content !== content || recent.group !== group)
    recent = { content, group, block: { owner: NOBODY, bytes: NOTHING, room: 0 } };
  return recent.block;
};

export const forgetZeros = (): void => {
  recent = undefined;
};

const NOTHING = new Uint8Array(0);

export const holdsZeros = (block: Block): boolean => block.bytes === NOTHING;

export const isZero = (bytes: Uint8Array): boolean => {
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== 0) return false;
  return true;
};

/** What is read is kept for shorter than what is written: the two do not share slabs. */
export const reads = new Slab();
export const blocks = new Slab();

/** A block's bytes with room taken from what lies behind them, cleared. */
export const grown = (bytes: Uint8Array, length: number): Uint8Array => {
  const more = new Uint8Array(bytes.buffer, bytes.byteOffset, length);
  more.fill(0, bytes.length);
  return more;
};

/** Copies `take` bytes of a block from `start` on; a hole and what is behind the block's bytes reads as zeros. */
export const copyBlock = (
  block: Uint8Array | undefined,
  start: number,
  out: Uint8Array,
  at: number,
  take: number,
): void => {
  const held = block === undefined ? 0 : Math.max(0, Math.min(take, block.length - start));
  if (block !== undefined && held > 0)
    out.set(held === block.length ? block : block.subarray(start, start + held), at);
  if (held < take) out.fill(0, at + held, at + take);
};
