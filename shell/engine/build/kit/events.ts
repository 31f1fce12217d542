// What a build with BuildKit tells while it goes on. The steps know no terminal: docker decides what is shown, and when.

/** Times are nanoseconds since 1970. */
export type BuildEvent =
  | { readonly kind: 'vertex'; readonly id: string; readonly name: string; readonly digest: string }
  | { readonly kind: 'started'; readonly id: string; readonly at: bigint }
  | {
      readonly kind: 'completed';
      readonly id: string;
      readonly at: bigint;
      readonly cached: boolean;
      readonly error: string | undefined;
    }
  | {
      readonly kind: 'status';
      readonly id: string;
      readonly name: string;
      readonly current: number;
      readonly total: number;
      readonly started: bigint;
      /** undefined: still going on. */
      readonly completed: bigint | undefined;
    }
  | { readonly kind: 'warning'; readonly id: string; readonly text: string }
  | { readonly kind: 'log'; readonly id: string; readonly bytes: Uint8Array; readonly at: bigint };

/** The error of a vertex that was stopped because another one failed. */
export const CANCELED = 'context canceled';

/** Tells events with the time of the machine. */
export class Teller {
  readonly #tell: (event: BuildEvent) => void;
  readonly #now: () => bigint;

  constructor(tell: (event: BuildEvent) => void, now: () => bigint) {
    this.#tell = tell;
    this.#now = now;
  }

  now(): bigint {
    return this.#now();
  }

  announce(vertex: { readonly id: string; readonly name: string; readonly digest: string }): void {
    const { id, name, digest } = vertex;
    this.#tell({ kind: 'vertex', id, name, digest });
  }

  started(id: string): void {
    this.#tell({ kind: 'started', id, at: this.#now() });
  }

  completed(id: string, { cached = false, error }: { cached?: boolean; error?: string } = {}): void {
    this.#tell({ kind: 'completed', id, at: this.#now(), cached, error });
  }

  /** Something that took from `started` till now. */
  done(id: string, name: string, started: bigint, bytes = 0, total = 0): void {
    this.#tell({ kind: 'status', id, name, current: bytes, total, started, completed: this.#now() });
  }

  warn(id: string, text: string): void {
    this.#tell({ kind: 'warning', id, text });
  }

  log(id: string, bytes: Uint8Array): void {
    this.#tell({ kind: 'log', id, bytes, at: this.#now() });
  }
}
