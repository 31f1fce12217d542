// What the daemon has told and tells: `docker events` reads it, and the panes listen.

/** One line of `docker events`. */
export interface EngineEvent {
  time: bigint;
  type: 'container' | 'image' | 'volume' | 'network' | 'builder';
  action: string;
  id: string;
  attributes: Readonly<Record<string, string>>;
}

/** dockerd keeps that many for `docker events --since`. */
const KEPT = 256;

type Listener = (event: EngineEvent) => void;

export class EventLog {
  #events: readonly EngineEvent[] = [];
  readonly #listeners = new Set<Listener>();

  /** The last ones, oldest first. */
  get recent(): readonly EngineEvent[] {
    return this.#events;
  }

  add(event: EngineEvent): void {
    this.#events = [...this.#events.slice(1 - KEPT), event];
    for (const listener of this.#listeners) listener(event);
  }

  /** Calls back for each event until the returned function is called. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A snapshot and its events go together; the array is never changed. */
  restore(events: readonly EngineEvent[]): void {
    this.#events = events;
  }
}
