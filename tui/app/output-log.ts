// The output of the shell so far, as a chain that only grows at its end: a place in it costs nothing to keep,
// and going back and forth between places loses nothing.

export interface LogPlace {
  readonly chunk: Uint8Array;
  /** Bytes up to and with this chunk. */
  readonly length: number;
  /** Set to undefined when what lies before is forgotten. */
  before: LogPlace | undefined;
}

// What is older than this many bytes is forgotten, a segment at a time.
const SEGMENT = 500_000;
const SEGMENTS = 6;

export class OutputLog {
  #last: LogPlace = { chunk: new Uint8Array(), length: 0, before: undefined };
  #marks: LogPlace[] = [];

  get place(): LogPlace {
    return this.#last;
  }

  append(chunk: Uint8Array): void {
    this.#last = { chunk, length: this.#last.length + chunk.length, before: this.#last };
    const mark = this.#marks.at(-1)?.length ?? 0;
    if (this.#last.length - mark < SEGMENT) return;
    this.#marks.push(this.#last);
    if (this.#marks.length > SEGMENTS) (this.#marks.shift() as LogPlace).before = undefined;
  }

  /** The log goes on from `place`; its chunks up to there, oldest first. */
  goTo(place: LogPlace): Uint8Array[] {
    this.#last = place;
    this.#marks = this.#marks.filter((mark) => mark.length <= place.length);
    const chunks: Uint8Array[] = [];
    for (let at: LogPlace | undefined = place; at !== undefined; at = at.before) chunks.push(at.chunk);
    return chunks.reverse();
  }
}
