// Where the bytes of an archive lie: in memory, in a file of the simulated disk, in one outside. They are read when
// somebody asks for them, so that an image of gigabytes takes no memory.

import { BLOCK_SIZE, Content } from '../../fs/content.ts';

export interface ArchiveSource {
  /** Bytes. */
  readonly size: number;
  /** Up to `length` bytes from `position`; fewer at the end. They may be kept, not written to. */
  read(position: number, length: number): Uint8Array;
}

const PIECE = 1 << 20;

export const inMemory = (bytes: Uint8Array): ArchiveSource => ({
  size: bytes.length,
  read: (position, length) => bytes.subarray(position, position + length),
});

/** The `size` bytes from `start` on. */
export const partOf = (source: ArchiveSource, start: number, size: number): ArchiveSource => ({
  size,
  read: (position, length) => source.read(start + position, Math.max(0, Math.min(length, size - position))),
});

export const wholeOf = (source: ArchiveSource): Uint8Array => source.read(0, source.size);

/** All of the bytes, in order, a piece at a time. */
export function* piecesOf(source: ArchiveSource): Generator<Uint8Array> {
  for (let at = 0; at < source.size; at += PIECE) yield source.read(at, PIECE);
}

/** A file's content whose blocks are read from the archive. */
export const contentFrom = (source: ArchiveSource): Content =>
  Content.made(source.size, (index) => source.read(index * BLOCK_SIZE, BLOCK_SIZE));
