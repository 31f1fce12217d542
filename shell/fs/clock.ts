// Time, injected: the app runs on the real clock, everything headless on a virtual one.

import { isLoading, onceLoaded } from './loading.ts';

/** Nanoseconds since 1970; sleepers wait on the same clock. */
export interface Clock {
  now(): bigint;
  /**
   * Calls `wake` when `ms` milliseconds have passed; returns a function that forgets it.
   * On a virtual clock only a foreground sleeper moves time forward: to its own moment, or, where it waits for ever,
   * to the next one of anybody. `service`: what a service does of itself, again and again, and who waits for just that:
   * the former moves time for the latter alone, or it would never stand still while somebody thinks.
   */
  after(ms: number, wake: () => void, foreground: boolean, service?: boolean): () => void;
  /** Somebody in the foreground has more to do and waits for a turn only: virtual time stands still for a while. */
  running(): void;
}

/** The machine's own clock. */
export const realClock = (): Clock => ({
  now: () => BigInt(Date.now()) * 1_000_000n,
  after: (ms, wake, _foreground, service) => {
    if (!Number.isFinite(ms)) return () => {};
    const timer = setTimeout(wake, Math.min(ms, 2 ** 31 - 1));
    if (service) timer.unref();
    return () => clearTimeout(timer);
  },
  running: () => {},
});

interface Sleeper {
  readonly at: bigint;
  readonly wake: () => void;
  readonly foreground: boolean;
  readonly service: boolean;
}

const START = 1_767_225_600_000_000_000n;
const TICK = 10_000n;
const NEVER = 2n ** 80n;
const QUIET_TURNS = 4;
const BUSY_TURNS = 1000;
/**
 * For so many turns those who only compute are waited for: a few where somebody in the foreground sleeps to a moment of
 * his own, as `timeout` does, which is to end an endless loop.
 */
const RUNNING_TURNS = { untilDone: 200, untilMoment: 10 };
/** How often in a row services move time for those who wait for them: what has not come then never comes. */
const PATIENCE = 100;

/**
 * A clock that starts at 2026-01-01 00:00:00 UTC and moves ten microseconds whenever it is asked.
 * Sleeping takes no real time: the clock jumps to the next waking as soon as nothing else runs.
 */
export const virtualClock = (
  start: bigint = START,
): Clock & { advance(ms: number): void; set(at: bigint): void } => {
  let now = start;
  let sleepers: Sleeper[] = [];
  let jumping = false;
  /** Grows with every question: as long as somebody asks, somebody runs. */
  let asked = 0;
  /** Grows with every turn that somebody in the foreground asks for. */
  let turns = 0;
  let patience = PATIENCE;

  /** Those who may be woken next, and move time to their moment. */
  const candidates = (): Sleeper[] => {
    const overdue = sleepers.filter(({ at }) => at <= now);
    if (overdue.length > 0) return overdue;
    const waiting = sleepers.filter(({ foreground }) => foreground);
    const goal = earliest(waiting);
    if (goal === undefined) return [];
    if (goal !== NEVER) return sleepers.filter(({ at }) => at <= goal);
    const forServices = patience > 0 && waiting.some(({ service }) => service);
    return sleepers.filter(({ at, service }) => at !== NEVER && (forServices || !service));
  };

  const jump = (): void => {
    jumping = false;
    if (isLoading()) return onceLoaded(plan);
    const [first] = candidates().sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    if (first === undefined) return;
    if (first.service) patience -= 1;
    sleepers = sleepers.filter((sleeper) => sleeper !== first);
    if (first.at > now) now = first.at;
    first.wake();
    plan();
  };

  const plan = (): void => {
    if (jumping || !sleepers.some((sleeper) => sleeper.foreground)) return;
    jumping = true;
    whenQuiet(0, 0, asked + turns);
  };

  // Whatever can still run without time passing runs first: time moves after turns of the event loop in which
  // nobody asked for it, or after many, since a background loop may ask for ever.
  const whenQuiet = (turn: number, quiet: number, before: number): void => {
    setImmediate(() => {
      const isTimed = sleepers.some(({ foreground, at }) => foreground && at !== NEVER);
      const patient = turn < RUNNING_TURNS[isTimed ? 'untilMoment' : 'untilDone'];
      const signs = asked + (patient ? turns : 0);
      const calm = signs === before ? quiet + 1 : 0;
      if (calm >= QUIET_TURNS || turn >= BUSY_TURNS) jump();
      else whenQuiet(turn + 1, calm, signs);
    });
  };

  return {
    now: () => {
      asked++;
      now += TICK;
      return now;
    },
    after: (ms, wake, foreground, service = false) => {
      // Waiting for ever in the foreground, for somebody else's doing: whoever sleeps next may move time.
      const at = Number.isFinite(ms) ? now + BigInt(Math.round(ms * 1e6)) : NEVER;
      if (at === NEVER && !foreground) return () => {};
      if (foreground && !service) patience = PATIENCE;
      const sleeper = { at, wake, foreground, service };
      sleepers.push(sleeper);
      plan();
      return () => {
        sleepers = sleepers.filter((other) => other !== sleeper);
      };
    },
    running: () => {
      turns++;
    },
    advance: (ms) => {
      now += BigInt(Math.round(ms * 1e6));
    },
    set: (at) => {
      now = at;
    },
  };
};

const earliest = (sleepers: readonly Sleeper[]): bigint | undefined =>
  sleepers.reduce<bigint | undefined>(
    (least, { at }) => (least === undefined || at < least ? at : least),
    undefined,
  );
