// Blocks: the 4 KiB pieces of a file's content, and how they are copied.

import { Slab } from './slab.ts';

export const BLOCK_SIZE = 4096;

/** Who may write to a block in place: the one content that made it, until it is shared. Numbers, which take no memory. */
export type Owner = number;

export const NOBODY: Owner = 0;

let owners = 0;
export const newOwner = (): Owner => ++owners;

/** A piece of a slab: an array of its own, for each block, would take more memory than all else of a small file. */
export interface Block {
  owner: Owner;
  readonly slab: Uint8Array;
  /** Where in the slab it begins. */
  readonly start: number;
  /** Its bytes; fewer than a block's where the rest is zeros. */
  length: number;
  /** To how many bytes it can grow where it lies. */
  readonly room: number;
}

/** A block with room for bytes that are still to be written. */
export const newBlock = (owner: Owner, room: number): Block => {
  const start = blocks.reserve(room);
  return { owner, slab: blocks.bytes, start, length: 0, room };
};

/** A block that holds a copy of `bytes`. */
export const blockOf = (owner: Owner, bytes: Uint8Array): Block => {
  const block = newBlock(owner, bytes.length);
  writeBytes(block, 0, bytes);
  return block;
};

/** The bytes from `from` to `to`, where they lie. */
export const bytesOf = ({ slab, start }: Block, from: number, to: number): Uint8Array =>
  new Uint8Array(slab.buffer, slab.byteOffset + start + from, to - from);

/** Writes within the block's room; what lies between its end and `at` is cleared. */
export const writeBytes = (block: Block, at: number, bytes: Uint8Array): void => {
  const { slab, start, length } = block;
  if (at > length) slab.fill(0, start + length, start + at);
  slab.set(bytes, start + at);
  if (at + bytes.length > length) block.length = at + bytes.length;
};

/** The block of zeros that was given out last. */
let recent: { readonly content: object; readonly group: number; readonly block: Block } | undefined;

/**
 * A block that is allocated on the disk and holds zeros only. It may stand at several places of one group of a content's
 * blocks; those that were written before a share are others, so that one can tell which of them are shared.
 */
export const zerosOf = (content: object, group: number): Block => {
  if (recent?.content !== content || recent.group !== group)
    recent = { content, group, block: { owner: NOBODY, slab: NOTHING, start: 0, length: 0, room: 0 } };
  return recent.block;
};

export const forgetZeros = (): void => {
  recent = undefined;
};

const NOTHING = new Uint8Array(0);

export const holdsZeros = (block: Block): boolean => block.slab === NOTHING;

export const isZero = (bytes: Uint8Array): boolean => {
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== 0) return false;
  return true;
};

/** What is read is kept for shorter than what is written: the two do not share slabs. */
export const reads = new Slab();
const blocks = new Slab();

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
