// Small arrays of bytes cut from bigger ones: an array of its own costs more than the bytes of a block.

const SLAB = 65536;

/** Cuts arrays of up to a quarter of a slab; what it gives is not cleared. */
export class Slab {
  #slab: Buffer = Buffer.allocUnsafeSlow(0);
  #used = 0;

  take(length: number): Uint8Array {
    if (length > SLAB / 4) return new Uint8Array(length);
    if (this.#used + length > this.#slab.length) {
      this.#slab = Buffer.allocUnsafeSlow(SLAB);
      this.#used = 0;
    }
    const bytes = new Uint8Array(this.#slab.buffer, this.#used, length);
    this.#used += (length + 7) & ~7;
    return bytes;
  }
}
