// For tests: tells when somebody writes into the bytes of a file. A read within one block gives the block's own bytes
// (content.ts), which snapshots and copies of the file share, and nothing but the rule keeps a program from changing them.

import { BLOCK_SIZE, Content } from './content.ts';

interface Lent {
  readonly bytes: Uint8Array;
  readonly before: Uint8Array;
}

/** So many reads are looked at again, the first ones. */
const KEPT = 5000;

let lent: Lent[] | undefined;

/** From now on, what contents give is remembered. */
export const watchLending = (): void => {
  if (lent !== undefined) return;
  lent = [];
  const { read } = Content.prototype;
  Content.prototype.read = function (this: Content, position: number, length: number): Uint8Array {
    const bytes = read.call(this, position, length);
    if (lent !== undefined && lent.length < KEPT && bytes.length <= BLOCK_SIZE)
      lent.push({ bytes, before: bytes.slice() });
    return bytes;
  };
};

/** Throws when bytes that were given since the last time are not what they were; `reader` is who has read them. */
export const checkLending = (reader: string): void => {
  const changed = lent?.splice(0).find(({ bytes, before }) => Buffer.compare(bytes, before) !== 0);
  if (changed !== undefined) throw new Error(`${reader} writes into the bytes of a file that it has read`);
};
