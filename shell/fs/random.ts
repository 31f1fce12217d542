// Random numbers, injected: the same seed gives the same ids, names and bytes.

export interface Random {
  /** The next 32 bits, as a whole number from 0 to 2^32 - 1. */
  next(): number;
  /** `length` random bytes. */
  bytes(length: number): Uint8Array;
  /** The generator's state, to save and restore. */
  state: number;
}

/** A seeded generator (splitmix32). */
export const createRandom = (seed: number): Random => {
  const random: Random = {
    state: seed >>> 0,
    next: () => {
      random.state = (random.state + 0x9e3779b9) >>> 0;
      let mixed = random.state;
      mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return (mixed ^ (mixed >>> 15)) >>> 0;
    },
    bytes: (length) => Uint8Array.from({ length }, () => random.next() & 0xff),
  };
  return random;
};
