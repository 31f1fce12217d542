// The last lines or bytes of a stream whose end is not known yet, held back while the rest passes through.

export class ListTail {
  readonly #unit: 'lines' | 'bytes';
  readonly #count: number;
  readonly #terminator: number;
  /** Whole units: bytes as they came, or lines. */
  #held: Uint8Array[] = [];
  #size = 0;
  /** The start of a line that has no end yet. */
  #rest: Uint8Array[] = [];

  /** Holds the last `count` lines or bytes. */
  constructor(unit: 'lines' | 'bytes', count: number, terminator: number) {
    this.#unit = unit;
    this.#count = count;
    this.#terminator = terminator;
  }

  /** Takes a chunk; gives what can no longer be among the last. */
  push(chunk: Uint8Array): Uint8Array[] {
    return this.#unit === 'bytes' ? this.#pushBytes(chunk) : this.#pushLines(chunk);
  }

  /** What is held when the stream has ended: the last lines or bytes. */
  finish(): Uint8Array[] {
    const rest = this.#rest.length > 0 ? [Buffer.concat(this.#rest)] : [];
    const all = [...this.#held, ...rest];
    if (this.#unit === 'bytes') return all;
    return this.#count === 0 ? [] : all.slice(-this.#count);
  }

  #pushBytes(chunk: Uint8Array): Uint8Array[] {
    this.#held.push(chunk);
    this.#size += chunk.length;
    const ready: Uint8Array[] = [];
    while (this.#size > this.#count) {
      const first = this.#held[0] as Uint8Array;
      const surplus = this.#size - this.#count;
      if (first.length > surplus) {
        ready.push(first.subarray(0, surplus));
        this.#held[0] = first.subarray(surplus);
        this.#size -= surplus;
      } else {
        ready.push(first);
        this.#held.shift();
        this.#size -= first.length;
      }
    }
    return ready;
  }

  #pushLines(chunk: Uint8Array): Uint8Array[] {
    let start = 0;
    for (let at = chunk.indexOf(this.#terminator); at >= 0; at = chunk.indexOf(this.#terminator, start)) {
      const piece = chunk.subarray(start, at + 1);
      this.#held.push(this.#rest.length > 0 ? Buffer.concat([...this.#rest, piece]) : piece);
      this.#rest = [];
      start = at + 1;
    }
    if (start < chunk.length) this.#rest.push(chunk.subarray(start));
    // A line without its end counts as one, so one line less of the ended ones is kept.
    const keep = Math.max(0, this.#count - (this.#rest.length > 0 ? 1 : 0));
    return this.#held.splice(0, Math.max(0, this.#held.length - keep));
  }
}
