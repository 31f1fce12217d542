// Noise that stands for the bytes of big files: the same for the same seed, made block by block when it is read.

import { BLOCK_SIZE } from './block.ts';

/** 4 KiB of noise (xorshift32) for one block of a synthetic content. */
export const noiseBlock = (seed: number, index: number): Uint8Array => {
  const words = new Uint32Array(BLOCK_SIZE / 4);
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)) | 1;
  for (let at = 0; at < words.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[at] = state;
  }
  return new Uint8Array(words.buffer);
};
