// BLAKE2b (RFC 7693), without a key, for digests of any length.

const IV = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
];

/** The order of the words of a block in each round, a digit for each. */
const ORDER = [
  '0123456789abcdef',
  'ea489fd61c02b753',
  'b8c052fdae367194',
  '7931dcbe265a40f8',
  '905724afe1bc683d',
  '2c6a0b834d75fe19',
  'c51fed4a0763928b',
  'db7ec13950f4862a',
  '6fe9b308c2d714a5',
  'a2847615fb9e3cd0',
];

const MIXED = ['048c', '159d', '26ae', '37bf', '05af', '16bc', '278d', '349e'].map((places) =>
  [...places].map((place) => Number.parseInt(place, 16)),
);

const BLOCK = 128;
const WORD = 0xffff_ffff_ffff_ffffn;

const rotate = (word: bigint, bits: bigint): bigint => ((word >> bits) | (word << (64n - bits))) & WORD;

export class Blake2b {
  readonly #length: number;
  readonly #state: bigint[];
  #pending: Uint8Array = new Uint8Array(0);
  #count = 0n;

  /** `length` in bytes, 1 to 64. */
  constructor(length: number) {
    this.#length = length;
    this.#state = [...IV];
    this.#state[0] = (IV[0] as bigint) ^ 0x0101_0000n ^ BigInt(length);
  }

  update(bytes: Uint8Array): this {
    const all = Buffer.concat([this.#pending, bytes]);
    let at = 0;
    // The last block waits for the end: it is marked.
    for (; at + BLOCK < all.length; at += BLOCK) this.#compress(all.subarray(at, at + BLOCK), BLOCK, false);
    this.#pending = Uint8Array.from(all.subarray(at));
    return this;
  }

  hex(): string {
    const last = Buffer.alloc(BLOCK);
    last.set(this.#pending);
    this.#compress(last, this.#pending.length, true);
    const result = Buffer.alloc(64);
    for (const [at, word] of this.#state.entries()) result.writeBigUInt64LE(word, at * 8);
    return result.toString('hex', 0, this.#length);
  }

  #compress(block: Buffer, size: number, last: boolean): void {
    this.#count += BigInt(size);
    const words = Array.from({ length: 16 }, (_, at) => block.readBigUInt64LE(at * 8));
    const v = [...this.#state, ...IV];
    v[12] = (v[12] as bigint) ^ (this.#count & WORD);
    v[13] = (v[13] as bigint) ^ (this.#count >> 64n);
    if (last) v[14] = (v[14] as bigint) ^ WORD;
    for (let round = 0; round < 12; round++) {
      const order = ORDER[round % 10] as string;
      for (const [at, places] of MIXED.entries()) {
        const word = (index: number): bigint =>
          words[Number.parseInt(order[at * 2 + index] as string, 16)] as bigint;
        mix(v, places, word(0), word(1));
      }
    }
    for (let at = 0; at < 8; at++)
      this.#state[at] = (this.#state[at] as bigint) ^ (v[at] as bigint) ^ (v[at + 8] as bigint);
  }
}

const mix = (v: bigint[], places: readonly number[], x: bigint, y: bigint): void => {
  const [i, j, k, l] = places as [number, number, number, number];
  let [a, b, c, d] = [v[i], v[j], v[k], v[l]] as [bigint, bigint, bigint, bigint];
  a = (a + b + x) & WORD;
  d = rotate(d ^ a, 32n);
  c = (c + d) & WORD;
  b = rotate(b ^ c, 24n);
  a = (a + b + y) & WORD;
  d = rotate(d ^ a, 16n);
  c = (c + d) & WORD;
  b = rotate(b ^ c, 63n);
  [v[i], v[j], v[k], v[l]] = [a, b, c, d];
};
