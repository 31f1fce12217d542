// Who is asked for its health, and when next: a timer for each container, from the end of one probe to the next.

import type { Clock } from '../../fs/clock.ts';

/** A probe that runs. */
export interface Probe {
  readonly ended: Promise<ProbeAnswer>;
  /** Ends its process; settles when that is gone. */
  stop(): Promise<unknown>;
  /** The same probe on a timeline that was gone back to; undefined when nothing of it is left there. */
  again(): Probe | undefined;
}

export interface ProbeAnswer {
  readonly exitCode: number;
  readonly output: string;
}

/** How a container is asked. Milliseconds. */
export interface Check {
  readonly interval: number;
  readonly timeout: number;
  start(): Probe;
  /** `answer` is undefined when the time for it is over. */
  judge(answer: ProbeAnswer | undefined, startedAt: bigint, patient: boolean): void;
}

interface Watched {
  readonly check: Check;
  /** Until then failures do not count for one that starts. Nanoseconds since 1970. */
  readonly patientUntil: bigint;
  /** When the next probe begins, or the one that runs has taken too long. */
  due: bigint;
  running: { readonly probe: Probe; readonly startedAt: bigint } | undefined;
  forget: () => void;
}

/** Of a snapshot: times are what was left of them. Nanoseconds. */
export interface SavedWatch {
  readonly check: Check;
  readonly patience: bigint;
  readonly left: bigint;
  readonly running: { readonly probe: Probe; readonly since: bigint } | undefined;
}

const MS = 1_000_000n;

export class HealthWatch {
  readonly #clock: Clock;
  readonly #watched = new Map<string, Watched>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The first probe comes after one interval. */
  open(id: string, check: Check, patientUntil: bigint): void {
    this.close(id);
    this.#wait(id, this.#add(id, check, patientUntil), check.interval);
  }

  /** A probe that runs is ended, and nobody hears of it. False for one that was not asked. */
  close(id: string): boolean {
    const watched = this.#watched.get(id);
    if (watched === undefined) return false;
    this.#watched.delete(id);
    watched.forget();
    void watched.running?.probe.stop();
    return true;
  }

  save(): ReadonlyMap<string, SavedWatch> {
    const saved = new Map<string, SavedWatch>();
    if (this.#watched.size === 0) return saved;
    const now = this.#clock.now();
    for (const [id, { check, patientUntil, due, running }] of this.#watched) {
      const since = running && { probe: running.probe, since: now - running.startedAt };
      saved.set(id, { check, patience: patientUntil - now, left: due - now, running: since });
    }
    return saved;
  }

  /** Before the containers of a snapshot are watched again. Processes that it did not know have ended already. */
  restore(saved: ReadonlyMap<string, SavedWatch>): void {
    for (const { forget } of this.#watched.values()) forget();
    this.#watched.clear();
    if (saved.size === 0) return;
    const now = this.#clock.now();
    for (const [id, { check, patience, left, running }] of saved) {
      const watched = this.#add(id, check, now + patience);
      const probe = running?.probe.again();
      if (probe !== undefined && running !== undefined)
        this.#await(id, watched, probe, now - running.since, milliseconds(left));
      else this.#wait(id, watched, running === undefined ? milliseconds(left) : 0);
    }
  }

  #add(id: string, check: Check, patientUntil: bigint): Watched {
    const watched = { check, patientUntil, due: 0n, running: undefined, forget: () => {} };
    this.#watched.set(id, watched);
    return watched;
  }

  #wait(id: string, watched: Watched, ms: number): void {
    this.#after(watched, ms, () => {
      const startedAt = this.#clock.now();
      this.#await(id, watched, watched.check.start(), startedAt, watched.check.timeout);
    });
  }

  #await(id: string, watched: Watched, probe: Probe, startedAt: bigint, ms: number): void {
    const running = { probe, startedAt };
    watched.running = running;
    const isCurrent = (): boolean => this.#watched.get(id) === watched && watched.running === running;
    const judge = (answer: ProbeAnswer | undefined): void => {
      watched.forget();
      watched.check.judge(answer, startedAt, startedAt < watched.patientUntil);
    };
    const next = (): void => {
      if (!isCurrent()) return;
      watched.running = undefined;
      this.#wait(id, watched, watched.check.interval);
    };
    let late = false;
    this.#after(watched, ms, () => {
      late = true;
      judge(undefined);
      void probe.stop().then(next);
    });
    void probe.ended.then((answer) => {
      if (late || !isCurrent()) return;
      judge(answer);
      next();
    });
  }

  #after(watched: Watched, ms: number, wake: () => void): void {
    watched.due = this.#clock.now() + BigInt(Math.round(ms * 1e6));
    watched.forget = this.#clock.after(ms, wake, false, true);
  }
}

const milliseconds = (ns: bigint): number => Math.max(0, Number(ns / MS));
