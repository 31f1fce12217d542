// The content of a regular file: 4 KiB blocks that are shared by reference until somebody writes to one.
// Holes and blocks of zeros take no memory; synthetic blocks are computed when they are read.

import {
  BLOCK_SIZE,
  type Block,
  blockOf,
  bytesOf,
  copyBlock,
  forgetZeros,
  holdsZeros,
  isZero,
  NOBODY,
  newBlock,
  newOwner,
  type Owner,
  reads,
  writeBytes,
  zerosOf,
} from './block.ts';
import {
  BITS,
  type BlockGroup,
  type Branch,
  forEachBlock,
  forEachGroup,
  forEachMadeGroup,
  LEAF,
  MASK,
  type Tree,
  WIDTH,
} from './block-tree.ts';
import { noiseBlock } from './noise.ts';
import type { BlockMaker, Synthetic } from './synthetic.ts';

export { BLOCK_SIZE } from './block.ts';

export class Content {
  #size = 0;
  /** Given when it first writes: who only reads, or is empty, does without. */
  #owner: Owner = NOBODY;
  #root: Tree;
  #shift = LEAF;
  /** Allocated blocks in the tree, synthetic ones not counted. */
  #blocks = 0;
  #synthetic: Synthetic | undefined;

  /** A content of `size` bytes whose blocks `block` makes when they are read; it takes no memory. */
  static made(size: number, block: BlockMaker): Content {
    const content = new Content();
    if (size > 0) content.#synthetic = { size, block };
    content.#size = size;
    return content;
  }

  /** A content of `size` bytes that begins with `head` and goes on with noise, the same for the same seed. */
  static noise(size: number, seed: number, head?: () => Uint8Array): Content {
    return Content.made(size, (index) => {
      const bytes = noiseBlock(seed, index);
      if (index === 0 && head !== undefined) bytes.set(head().subarray(0, BLOCK_SIZE));
      return bytes;
    });
  }

  /** The same for a head that is there already. */
  static synthetic(head: Uint8Array, size: number, seed: number): Content {
    return Content.noise(size, seed, () => head);
  }

  /** The UTF-8 bytes of a text, which is turned into bytes when it is read. */
  static text(text: string): Content {
    let bytes: Uint8Array | undefined;
    return Content.made(Buffer.byteLength(text), (index) => {
      bytes ??= Buffer.from(text);
      return bytes.subarray(index * BLOCK_SIZE, (index + 1) * BLOCK_SIZE);
    });
  }

  /** A content that holds a copy of `bytes`. */
  static of(bytes: Uint8Array): Content {
    const content = new Content();
    content.write(0, bytes);
    return content;
  }

  /** The length in bytes. */
  get size(): number {
    return this.#size;
  }

  /** Blocks of 4 KiB that a disk would have allocated for it. */
  get blocks(): number {
    return this.#blocks + this.#syntheticBlocks();
  }

  /** A second content with the same bytes; both keep the blocks until one of them writes. */
  share(): Content {
    const copy = new Content();
    copy.#size = this.#size;
    copy.#root = this.#root;
    copy.#shift = this.#shift;
    copy.#blocks = this.#blocks;
    copy.#synthetic = this.#synthetic;
    this.#owner = NOBODY;
    forgetZeros();
    return copy;
  }

  /** Up to `length` bytes from `position`; fewer at the end of the file. The result may be kept, not written to. */
  read(position: number, length: number): Uint8Array {
    const end = Math.min(position + length, this.#size);
    if (end <= position) return new Uint8Array(0);
    const lent = this.#lend(position, end);
    if (lent !== undefined) return lent;
    const out = reads.take(end - position);
    for (let at = position; at < end; ) {
      const index = Math.floor(at / BLOCK_SIZE);
      const start = at - index * BLOCK_SIZE;
      const take = Math.min(BLOCK_SIZE - start, end - at);
      copyBlock(this.#blockBytes(index), start, out, at - position, take);
      at += take;
    }
    return out;
  }

  /** Writes all of `bytes` at `position`; a gap before it becomes a hole. */
  write(position: number, bytes: Uint8Array): void {
    const end = position + bytes.length;
    for (let at = position; at < end; ) {
      const index = Math.floor(at / BLOCK_SIZE);
      const start = at - index * BLOCK_SIZE;
      const take = Math.min(BLOCK_SIZE - start, end - at);
      const part = take === bytes.length ? bytes : bytes.subarray(at - position, at - position + take);
      this.#writeBlock(index, start, part);
      at += take;
    }
    if (bytes.length > 0 && end > this.#size) this.#size = end;
  }

  /** Cuts the content, or lengthens it by a hole. */
  truncate(size: number): void {
    if (size < this.#size) this.#cut(size);
    this.#size = size;
  }

  /** Makes [offset, offset + length) a hole; whole blocks are freed, edges are zeroed. */
  punch(offset: number, length: number): void {
    const end = Math.min(offset + length, this.#size);
    for (let at = offset; at < end; ) {
      const index = Math.floor(at / BLOCK_SIZE);
      const start = at - index * BLOCK_SIZE;
      const take = Math.min(BLOCK_SIZE - start, end - at);
      if (take === BLOCK_SIZE || (start === 0 && at + take >= this.#size)) this.#free(index);
      else if (this.isAllocated(index)) this.#writeBlock(index, start, new Uint8Array(take));
      at += take;
    }
  }

  /** Allocates every hole in [offset, offset + length), as fallocate(2) does. */
  allocate(offset: number, length: number): void {
    const last = Math.floor((offset + length - 1) / BLOCK_SIZE);
    for (let index = Math.floor(offset / BLOCK_SIZE); index <= last; index++) {
      if (!this.isAllocated(index)) this.#put(index, zerosOf(this, Math.floor(index / WIDTH)));
    }
  }

  /** The first position at or after `position` that lies in an allocated block, or undefined (SEEK_DATA). */
  nextData(position: number): number | undefined {
    return this.#next(position, true);
  }

  /** The first position at or after `position` that lies in a hole; the end of the file is one (SEEK_HOLE). */
  nextHole(position: number): number {
    return this.#next(position, false) ?? this.#size;
  }

  #next(position: number, allocated: boolean): number | undefined {
    const last = Math.ceil(this.#size / BLOCK_SIZE);
    for (let index = Math.floor(position / BLOCK_SIZE); index < last; index++)
      if (this.isAllocated(index) === allocated) return Math.max(position, index * BLOCK_SIZE);
    return undefined;
  }

  /** The groups of blocks that are not in `seen` yet, which contents have in common that were one; they are added. */
  newGroups(seen: Set<object>, visit: (group: BlockGroup) => void): void {
    forEachMadeGroup(this.#synthetic, seen, visit);
    forEachGroup(this.#root, this.#shift, 0, seen, visit);
  }

  get #self(): Owner {
    if (this.#owner === NOBODY) this.#owner = newOwner();
    return this.#owner;
  }

  #syntheticBlocks(): number {
    const synthetic = this.#synthetic;
    return synthetic === undefined ? 0 : Math.ceil(synthetic.size / BLOCK_SIZE) - this.#overlaid();
  }

  /** Blocks of the tree that stand in place of synthetic ones. */
  #overlaid(): number {
    const synthetic = this.#synthetic;
    if (synthetic === undefined || this.#blocks === 0) return 0;
    let count = 0;
    forEachBlock(this.#root, this.#shift, 0, (index) => {
      if (index * BLOCK_SIZE < synthetic.size) count++;
    });
    return count;
  }

  /** Whether a disk has the block of that number for it: it is no hole. */
  isAllocated(index: number): boolean {
    return this.#block(index) !== undefined || this.#isSynthetic(index);
  }

  /** Whether the block of that number is one and the same in both. */
  sharesBlock(other: Content, index: number): boolean {
    const block = this.#block(index);
    if (block !== other.#block(index)) return false;
    return block !== undefined || this.#synthetic?.block === other.#synthetic?.block;
  }

  #isSynthetic(index: number): boolean {
    const synthetic = this.#synthetic;
    return synthetic !== undefined && index * BLOCK_SIZE < synthetic.size;
  }

  #blockBytes(index: number): Uint8Array | undefined {
    const block = this.#block(index);
    if (block !== undefined) return bytesOf(block, 0, block.length);
    const synthetic = this.#synthetic;
    if (synthetic === undefined || !this.#isSynthetic(index)) return undefined;
    return synthetic.block(index).subarray(0, synthetic.size - index * BLOCK_SIZE);
  }

  /** The bytes themselves where they lie in one block, which nobody writes to in place from then on. */
  #lend(position: number, end: number): Uint8Array | undefined {
    const index = Math.floor(position / BLOCK_SIZE);
    const block = this.#block(index);
    const start = position - index * BLOCK_SIZE;
    const stop = end - index * BLOCK_SIZE;
    if (block === undefined || stop > block.length) return undefined;
    block.owner = NOBODY;
    return bytesOf(block, start, stop);
  }

  #block(index: number): Block | undefined {
    let node: Tree = this.#root;
    if (this.#shift === LEAF) return index === 0 ? (node as Block | undefined) : undefined;
    if (index >= 2 ** (this.#shift + BITS)) return undefined;
    for (let shift = this.#shift; node !== undefined && shift >= 0; shift -= BITS) {
      node = (node as Branch).slots[Math.floor(index / 2 ** shift) & MASK];
    }
    return node as Block | undefined;
  }

  #writeBlock(index: number, start: number, bytes: Uint8Array): void {
    const end = start + bytes.length;
    const old = this.#block(index);
    if (old !== undefined && old.owner === this.#self && end <= old.room) {
      writeBytes(old, start, bytes);
      return;
    }
    if (isZero(bytes) && (old === undefined ? !this.#isSynthetic(index) : holdsZeros(old))) {
      this.#put(index, zerosOf(this, Math.floor(index / WIDTH)));
      return;
    }
    const before = this.#blockBytes(index);
    const length = Math.max(end, before?.length ?? 0);
    const room = old === undefined ? length : Math.min(BLOCK_SIZE, length * 2);
    const block = newBlock(this.#self, room);
    if (before !== undefined) writeBytes(block, 0, before);
    writeBytes(block, start, bytes);
    this.#put(index, block);
  }

  #put(index: number, block: Block): void {
    if (this.#block(index) === undefined) this.#blocks++;
    this.#setBlock(index, block);
  }

  #setBlock(index: number, block: Block | undefined): void {
    if (index === 0 && this.#shift === LEAF) this.#root = block;
    else this.#leaf(index).slots[index & MASK] = block;
  }

  #leaf(index: number): Branch {
    if (this.#shift === LEAF) {
      this.#root = { owner: this.#self, slots: [this.#root] };
      this.#shift = 0;
    }
    this.#root = this.#own(this.#root as Branch | undefined);
    while (index >= 2 ** (this.#shift + BITS)) {
      this.#root = { owner: this.#self, slots: [this.#root] };
      this.#shift += BITS;
    }
    let node = this.#root as Branch;
    for (let shift = this.#shift; shift > 0; shift -= BITS) {
      const slot = Math.floor(index / 2 ** shift) & MASK;
      const child = this.#own(node.slots[slot] as Branch | undefined);
      node.slots[slot] = child;
      node = child;
    }
    return node;
  }

  #own(node: Branch | undefined): Branch {
    if (node === undefined) return { owner: this.#self, slots: [] };
    return node.owner === this.#self ? node : { owner: this.#self, slots: node.slots.slice() };
  }

  #free(index: number): void {
    this.#materializeAround(index);
    if (this.#block(index) === undefined) return;
    this.#setBlock(index, undefined);
    this.#blocks--;
  }

  /** A hole in the synthetic part cannot be told by its bounds: the synthetic blocks become ordinary ones. */
  #materializeAround(index: number): void {
    const synthetic = this.#synthetic;
    if (synthetic === undefined || !this.#isSynthetic(index)) return;
    const last = Math.ceil(synthetic.size / BLOCK_SIZE);
    for (let at = 0; at < last; at++) {
      const bytes = this.#block(at) === undefined ? this.#blockBytes(at) : undefined;
      if (bytes !== undefined) this.#put(at, blockOf(this.#self, bytes));
    }
    this.#synthetic = undefined;
  }

  #cut(size: number): void {
    const keep = Math.ceil(size / BLOCK_SIZE);
    const synthetic = this.#synthetic;
    if (synthetic !== undefined && size < synthetic.size) {
      this.#synthetic = size > 0 ? { ...synthetic, size } : undefined;
    }
    if (size === 0) {
      this.#root = undefined;
      this.#shift = LEAF;
      this.#blocks = 0;
      return;
    }
    const dropped: number[] = [];
    forEachBlock(this.#root, this.#shift, 0, (index) => {
      if (index >= keep) dropped.push(index);
    });
    for (const index of dropped) {
      this.#setBlock(index, undefined);
      this.#blocks--;
    }
    this.#zeroTail(size);
  }

  /** The bytes after the new end in its last block read as zeros if the file grows again. */
  #zeroTail(size: number): void {
    const index = Math.floor(size / BLOCK_SIZE);
    const start = size - index * BLOCK_SIZE;
    const block = start > 0 ? this.#block(index) : undefined;
    if (block === undefined || block.length <= start) return;
    this.#put(index, blockOf(this.#self, bytesOf(block, 0, start)));
  }
}
