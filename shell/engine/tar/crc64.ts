// CRC-64 with the ISO 3309 polynomial, as tar-split keeps it: eight bytes a step, in 32-bit halves, since bigints are slow.

const POLYNOMIAL_HIGH = 0xd8000000;
const STEP = 8;

/** `tables[n]` takes a byte that has n more bytes behind it in its step. Two words an entry: high, low. */
const makeTables = () => {
  const tables = new Uint32Array(STEP * 256 * 2);
  for (let byte = 0; byte < 256; byte++) {
    let high = 0;
    let low = byte;
    for (let bit = 0; bit < 8; bit++) {
      const odd = low & 1;
      low = ((low >>> 1) | (high << 31)) >>> 0;
      high >>>= 1;
      if (odd === 1) high = (high ^ POLYNOMIAL_HIGH) >>> 0;
    }
    tables[byte * 2] = high;
    tables[byte * 2 + 1] = low;
  }
  for (let at = 256; at < STEP * 256; at++) {
    const high = tables[(at - 256) * 2] as number;
    const low = tables[(at - 256) * 2 + 1] as number;
    const index = (low & 0xff) * 2;
    tables[at * 2] = (high >>> 8) ^ (tables[index] as number);
    tables[at * 2 + 1] = ((low >>> 8) | (high << 24)) ^ (tables[index + 1] as number);
  }
  return tables;
};

/** Made for the first sum: a start is quicker without. */
let tables = new Uint32Array(0);

export class Crc64 {
  #high = 0xffffffff;
  #low = 0xffffffff;

  constructor() {
    if (tables.length === 0) tables = makeTables();
  }

  update(bytes: Uint8Array): void {
    let high = this.#high | 0;
    let low = this.#low | 0;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const whole = bytes.length - (bytes.length % STEP);
    for (let at = 0; at < whole; at += STEP) {
      low ^= view.getInt32(at, true);
      high ^= view.getInt32(at + 4, true);
      const a = 3584 + ((low & 0xff) << 1);
      const b = 3072 + ((low >>> 7) & 0x1fe);
      const c = 2560 + ((low >>> 15) & 0x1fe);
      const d = 2048 + ((low >>> 23) & 0x1fe);
      const e = 1536 + ((high & 0xff) << 1);
      const f = 1024 + ((high >>> 7) & 0x1fe);
      const g = 512 + ((high >>> 15) & 0x1fe);
      const h = (high >>> 23) & 0x1fe;
      high = word(a) ^ word(b) ^ word(c) ^ word(d) ^ word(e) ^ word(f) ^ word(g) ^ word(h);
      low =
        word(a + 1) ^
        word(b + 1) ^
        word(c + 1) ^
        word(d + 1) ^
        word(e + 1) ^
        word(f + 1) ^
        word(g + 1) ^
        word(h + 1);
    }
    for (let at = whole; at < bytes.length; at++) {
      const index = ((low ^ (bytes[at] as number)) & 0xff) << 1;
      low = ((low >>> 8) | (high << 24)) ^ word(index + 1);
      high = (high >>> 8) ^ word(index);
    }
    this.#high = high;
    this.#low = low;
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

const word = (index: number): number => tables[index] as number;
