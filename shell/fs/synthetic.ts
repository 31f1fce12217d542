// Bytes of a file that are made when somebody asks for them.

/** The bytes of one block, the same each time; fewer than a block where the rest is zeros. */
export type BlockMaker = (index: number) => Uint8Array;

/** Bytes that are made when somebody asks for them: a big file which nobody reads takes no memory. */
export interface Synthetic {
  readonly size: number;
  readonly block: BlockMaker;
}
