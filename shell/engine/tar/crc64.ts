// CRC-64 with the ISO 3309 polynomial, as tar-split keeps it; two 32-bit halves, since bigints are slow.

const POLYNOMIAL_HIGH = 0xd8000000;

const tableHigh = new Uint32Array(256);
const tableLow = new Uint32Array(256);
for (let index = 0; index < 256; index++) {
  let high = 0;
  let low = index;
  for (let bit = 0; bit < 8; bit++) {
    const odd = low & 1;
    low = ((low >>> 1) | (high << 31)) >>> 0;
    high = high >>> 1;
    if (odd === 1) high = (high ^ POLYNOMIAL_HIGH) >>> 0;
  }
  tableHigh[index] = high;
  tableLow[index] = low;
}

export class Crc64 {
  #high = 0xffffffff;
  #low = 0xffffffff;

  update(bytes: Uint8Array): void {
    let high = this.#high;
    let low = this.#low;
    for (let at = 0; at < bytes.length; at++) {
      const index = (low ^ (bytes[at] as number)) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (tableLow[index] as number);
      high = (high >>> 8) ^ (tableHigh[index] as number);
    }
    this.#high = high >>> 0;
    this.#low = low >>> 0;
  }

  /** Eight bytes, most significant first. */
  digest(): Uint8Array {
    const bytes = new Uint8Array(8);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, ~this.#high >>> 0);
    view.setUint32(4, ~this.#low >>> 0);
    return bytes;
  }
}
