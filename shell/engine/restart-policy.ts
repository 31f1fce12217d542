// --restart: a container that has ended by itself is started again, after a pause that doubles each time.

import type { Clock } from '../fs/clock.ts';
import type { HostConfig } from './config.ts';
import type { ContainerRecord } from './container-record.ts';
import type { ContainerStore } from './container-store.ts';
import { isEngineError } from './engine-error.ts';
import { parseTime } from './time.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 60_000;
/** One that ran for so long starts counting anew. */
const SETTLED_NS = 10_000_000_000n;

/** After an end with `code` that nobody asked for. */
export const wantsRestart = (
  record: Readonly<ContainerRecord>,
  { RestartPolicy: { Name, MaximumRetryCount } }: HostConfig,
  code: number,
): boolean => {
  if (record.HasBeenManuallyStopped) return false;
  if (Name === 'always' || Name === 'unless-stopped') return true;
  if (Name !== 'on-failure' || code === 0) return false;
  return MaximumRetryCount === 0 || record.RestartCount < MaximumRetryCount;
};

/** When dockerd starts. */
export const wantsStart = (
  record: Readonly<ContainerRecord>,
  { RestartPolicy: { Name } }: HostConfig,
): boolean => Name === 'always' || (Name === 'unless-stopped' && !record.HasBeenManuallyStopped);

/** Containers that wait for their next start. */
export class Restarts {
  readonly #clock: Clock;
  readonly #waiting = new Map<string, () => void>();
  readonly #pauses = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Starts it again in a while; `start` throws an EngineError where it cannot. */
  plan(containers: ContainerStore, id: string, start: () => void): void {
    this.forget(id);
    const pause = this.#nextPause(containers, id);
    const again = (): void => {
      this.#waiting.delete(id);
      if (containers.peek(id)?.State.Restarting !== true) return;
      containers.update(id, ({ State }) => Object.assign(State, { Running: false, Restarting: false }));
      try {
        start();
      } catch (error) {
        if (!isEngineError(error)) throw error;
      }
    };
    this.#waiting.set(id, this.#clock.after(pause, again, false));
  }

  /** It is not to be started again: true when it was waiting for that. */
  forget(id: string): boolean {
    const drop = this.#waiting.get(id);
    drop?.();
    return this.#waiting.delete(id);
  }

  /** Before another timeline of the machine goes on. */
  forgetAll(): void {
    for (const id of [...this.#waiting.keys()]) this.forget(id);
  }

  #nextPause(containers: ContainerStore, id: string): number {
    const { StartedAt, FinishedAt } = containers.record(id).State;
    const settled = parseTime(FinishedAt) - parseTime(StartedAt) >= SETTLED_NS;
    const last = settled ? undefined : this.#pauses.get(id);
    const pause = last === undefined ? FIRST_PAUSE_MS : Math.min(last * 2, LONGEST_PAUSE_MS);
    this.#pauses.set(id, pause);
    return pause;
  }
}
