// Space on a disk: what inodes take, and what is left (statfs(2), st_blocks).

import { BLOCK_SIZE, type Content } from './content.ts';
import { fail } from './errno.ts';
import type { Inode } from './inode.ts';
import { isSymlink } from './mode.ts';
import { nameLength } from './name.ts';
import type { StatFs } from './stat.ts';

/** btrfs and zfs: several trees share the blocks of one disk (pool/). */
export type DiskType = 'ext4' | 'tmpfs' | 'btrfs' | 'zfs';

/** ext4 keeps a short target in the inode (ext4(5): fast symlinks). */
const FAST_SYMLINK = 60;
/** tmpfs keeps one up to this length beside the inode (shmem_symlink). */
const SHORT_SYMLINK = 128;
/** About 80 entries of middling names fit in a block of a directory. */
const ENTRIES_PER_BLOCK = 80;

/** Room on tmpfs for one inode: BOGO_INODE_SIZE. */
const INODE_ROOM = 1024;

/** The room that an extended attribute takes on tmpfs (simple_xattr_space). */
export const attributeRoom = (name: string, value: Uint8Array): number =>
  40 + value.length + nameLength(name);

type Entries = NonNullable<Inode['entries']>;

/** st_size of a directory. */
const directorySizes = {
  ext4: (entries) => BLOCK_SIZE * Math.max(1, Math.ceil(entries.size / ENTRIES_PER_BLOCK)),
  // Linux: BOGO_DIRENT_SIZE.
  tmpfs: (entries) => 40 + entries.size * 20,
  // Every name counts twice: there is an index by name, and one by number.
  btrfs: (entries) => entries.map((name) => 2 * nameLength(name)).reduce((sum, length) => sum + length, 0),
  zfs: (entries) => entries.size + 2,
} as const satisfies Record<DiskType, (entries: Entries) => number>;

export const sizeOf = (inode: Inode, type: DiskType): number => {
  if (inode.content !== undefined) return inode.content.size;
  if (inode.target !== undefined) return Buffer.byteLength(inode.target);
  return inode.entries === undefined ? 0 : directorySizes[type](inode.entries);
};

/** Allocated blocks of 4 KiB. */
export const blocksOf = (inode: Inode, type: DiskType): number => {
  if (inode.content !== undefined) return inode.content.blocks;
  if (type === 'tmpfs') return Buffer.byteLength(inode.target ?? '') >= SHORT_SYMLINK ? 1 : 0;
  if (type !== 'ext4') return 0;
  if (isSymlink(inode.mode)) return Buffer.byteLength(inode.target ?? '') >= FAST_SYMLINK ? 1 : 0;
  return inode.entries === undefined ? 0 : sizeOf(inode, type) / BLOCK_SIZE;
};

export type SavedSpace = Pick<DiskSpace, 'capacity' | 'inodes' | 'used' | 'links' | 'attributes'>;

/** The blocks of one disk. */
export class DiskSpace {
  capacity: number;
  /** How many inodes there may be, where that does not go by the blocks (tmpfs: nr_inodes). */
  inodes: number | undefined;
  used = 0;
  /** Names of files beyond their first: each counts as an inode on tmpfs (shmem_link). */
  links = 0;
  /** Bytes that extended attributes take, on tmpfs from the room for inodes. */
  attributes = 0;

  constructor(bytes: number) {
    this.capacity = Math.floor(bytes / BLOCK_SIZE);
  }

  get free(): number {
    return this.capacity - this.used;
  }

  /** What statfs(2) tells; inodes are as many as one in four blocks could need. */
  statfs(type: DiskType, inodes: number): StatFs {
    const { capacity, free } = this;
    const files = this.inodes ?? Math.floor(capacity / 4);
    // Inode 1 is kept back on ext4; tmpfs begins with its root.
    const taken = type === 'tmpfs' ? Math.ceil(this.#taken(inodes) / INODE_ROOM) : inodes;
    return {
      type,
      bsize: BLOCK_SIZE,
      blocks: capacity,
      bfree: free,
      bavail: free,
      files,
      ffree: files - taken,
    };
  }

  /** ENOSPC where there are `inodes` already and no room on tmpfs for one more, or for `bytes` of attributes. */
  reserve(inodes: number, bytes = INODE_ROOM): void {
    if (this.inodes === undefined) return;
    if (this.#taken(inodes) + bytes > this.inodes * INODE_ROOM) fail('ENOSPC');
  }

  #taken(inodes: number): number {
    return (inodes - 1 + this.links) * INODE_ROOM + this.attributes;
  }

  /** Another capacity; EINVAL below what is in use. */
  resize(bytes: number): void {
    const capacity = Math.floor(bytes / BLOCK_SIZE);
    if (capacity < this.used) fail('EINVAL');
    this.capacity = capacity;
  }

  /** Takes blocks, or gives them back when negative. Throws ENOSPC, and takes nothing then. */
  take(blocks: number): void {
    if (blocks > 0 && blocks > this.free) fail('ENOSPC');
    this.used += blocks;
  }

  /** How many of `length` bytes at `at` there is room for; blocks that the content has already can be written again. */
  fitting(content: Content, at: number, length: number): number {
    const first = Math.floor(at / BLOCK_SIZE);
    const last = Math.ceil((at + length) / BLOCK_SIZE);
    let left = this.free;
    if (last - first <= left) return length;
    for (let index = first; index < last; index++) {
      if (content.isAllocated(index)) continue;
      if (left === 0) return Math.max(0, index * BLOCK_SIZE - at);
      left--;
    }
    return length;
  }

  /** Writes as many of the bytes as there is room for, and gives the position behind them. ENOSPC when there is none. */
  write(content: Content, at: number, bytes: Uint8Array): number {
    const fits = this.fitting(content, at, bytes.length);
    if (fits === 0) fail('ENOSPC');
    const before = content.blocks;
    content.write(at, fits === bytes.length ? bytes : bytes.subarray(0, fits));
    this.used += content.blocks - before;
    return at + fits;
  }

  save(): SavedSpace {
    const { capacity, inodes, used, links, attributes } = this;
    return { capacity, inodes, used, links, attributes };
  }

  restore(saved: SavedSpace): void {
    Object.assign(this, saved);
  }

  /** Runs a change of a content for which there is room, and books the blocks it allocates or frees. */
  during(content: Content, change: () => void): void {
    const before = content.blocks;
    change();
    this.used += content.blocks - before;
  }
}
