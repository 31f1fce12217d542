// At most one frame per 16 ms: the first change is drawn at once, those that follow share the next frame.

const FRAME_MS = 16;
const LATER_MS = 40;

export class FramePacer {
  readonly #draw: () => void;
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;
  #later: NodeJS.Timeout | undefined;
  #last = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  soon(): void {
    if (this.#timer !== undefined || this.#stopped) return;
    const left = this.#last + FRAME_MS - performance.now();
    this.#timer = left <= 0 ? setImmediate(() => this.now()) : setTimeout(() => this.now(), left);
  }

  /** With the next frame, or a little later if none is asked for. */
  later(): void {
    if (this.#timer !== undefined || this.#later !== undefined || this.#stopped) return;
    this.#later = setTimeout(() => this.now(), LATER_MS);
  }

  now(): void {
    if (this.#stopped) return;
    this.#clear();
    this.#draw();
    this.#last = performance.now();
  }

  stop(): void {
    this.#stopped = true;
    this.#clear();
  }

  #clear(): void {
    // A timer of either kind: both calls ignore the other's.
    clearTimeout(this.#timer as NodeJS.Timeout);
    clearImmediate(this.#timer as NodeJS.Immediate);
    this.#timer = undefined;
    clearTimeout(this.#later);
    this.#later = undefined;
  }
}
