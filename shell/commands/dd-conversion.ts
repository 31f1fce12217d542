// What dd does to bytes between reading and writing: a table for each byte, pairs turned round, records.

import type { DdRules } from './dd-operands.ts';
import { charsets } from './ebcdic.ts';

const [NEWLINE, SPACE] = [10, 32];

export class Conversion {
  /** Records that were longer than cbs= (conv=block). */
  truncated = 0;
  readonly #table: Uint8Array | undefined;
  readonly #swaps: boolean;
  readonly #records: 'block' | 'unblock' | undefined;
  readonly #size: number;
  readonly #newline: number = NEWLINE;
  readonly #space: number = SPACE;
  /** The byte of a pair whose other one has not come yet. */
  #odd: number | undefined;
  /** Bytes of the current record so far. */
  #column = 0;
  #spaces = 0;

  constructor({ conv, recordSize }: DdRules) {
    this.#swaps = conv.has('swab');
    this.#records = conv.has('block') ? 'block' : conv.has('unblock') ? 'unblock' : undefined;
    this.#size = recordSize;
    const charset = conv.has('ebcdic') ? charsets.ebcdic : conv.has('ibm') ? charsets.ibm : undefined;
    if (charset !== undefined) {
      this.#newline = charset[NEWLINE] as number;
      this.#space = charset[SPACE] as number;
    }
    const steps = [
      ...(conv.has('ascii') ? [(byte: number) => charsets.ascii[byte] as number] : []),
      ...(conv.has('ucase') ? [(byte: number) => (byte >= 97 && byte <= 122 ? byte - 32 : byte)] : []),
      ...(conv.has('lcase') ? [(byte: number) => (byte >= 65 && byte <= 90 ? byte + 32 : byte)] : []),
      ...(charset === undefined ? [] : [(byte: number) => charset[byte] as number]),
    ];
    if (steps.length > 0)
      this.#table = Uint8Array.from({ length: 256 }, (_value, at) =>
        steps.reduce((byte, step) => step(byte), at),
      );
  }

  /** What the next bytes of the input become. */
  convert(block: Uint8Array): Uint8Array {
    const table = this.#table;
    const mapped = table === undefined ? block : block.map((byte) => table[byte] as number);
    return this.#shape(this.#swaps ? this.#swap(mapped) : mapped);
  }

  /** What is still held back at the end of the input. */
  rest(): Uint8Array {
    const last = this.#odd === undefined ? [] : [...this.#shape(Uint8Array.of(this.#odd))];
    if (this.#column > 0 && this.#records === 'block')
      for (let at = this.#column; at < this.#size; at++) last.push(this.#space);
    if (this.#column > 0 && this.#records === 'unblock') last.push(this.#newline);
    return Uint8Array.from(last);
  }

  #swap(bytes: Uint8Array): Uint8Array {
    const all = this.#odd === undefined ? bytes : Uint8Array.from([this.#odd, ...bytes]);
    const whole = all.length & ~1;
    this.#odd = whole < all.length ? all[whole] : undefined;
    return all.subarray(0, whole).map((_byte, at, pairs) => pairs[at ^ 1] as number);
  }

  #shape(bytes: Uint8Array): Uint8Array {
    if (this.#records === undefined) return bytes;
    return this.#records === 'block' ? this.#block(bytes) : this.#unblock(bytes);
  }

  /** Lines become records of one size: filled with blanks, or cut. */
  #block(bytes: Uint8Array): Uint8Array {
    const made: number[] = [];
    for (const byte of bytes) {
      if (byte === this.#newline) {
        for (; this.#column < this.#size; this.#column++) made.push(this.#space);
        this.#column = 0;
        continue;
      }
      if (this.#column === this.#size) this.truncated++;
      else if (this.#column < this.#size) made.push(byte);
      this.#column++;
    }
    return Uint8Array.from(made);
  }

  /** Records become lines, without the blanks at their ends. */
  #unblock(bytes: Uint8Array): Uint8Array {
    const made: number[] = [];
    for (const byte of bytes) {
      if (this.#column >= this.#size) {
        made.push(this.#newline);
        this.#column = 0;
        this.#spaces = 0;
      }
      this.#column++;
      if (byte === this.#space) {
        this.#spaces++;
        continue;
      }
      for (; this.#spaces > 0; this.#spaces--) made.push(this.#space);
      made.push(byte);
    }
    return Uint8Array.from(made);
  }
}
