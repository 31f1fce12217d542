// Room for few bytes cut from bigger arrays: an array of its own costs more than the bytes of a block.

const SLAB = 65536;

/** Gives out a slab piece by piece, then the next one; what it gives is not cleared. */
export class Slab {
  #bytes: Uint8Array = Buffer.allocUnsafeSlow(0);
  #used = 0;

  /** The array in which the last piece lies. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Where in `bytes` the next piece begins, of up to a quarter of a slab. */
  reserve(length: number): number {
    if (this.#used + length > this.#bytes.length) {
      this.#bytes = Buffer.allocUnsafeSlow(SLAB);
      this.#used = 0;
    }
    const start = this.#used;
    this.#used += (length + 7) & ~7;
    return start;
  }

  /** A piece as an array. */
  take(length: number): Uint8Array {
    if (length > SLAB / 4) return new Uint8Array(length);
    const start = this.reserve(length);
    return new Uint8Array(this.#bytes.buffer, start, length);
  }
}
