// docker stop, kill, pause: signals to a container's first process, and the wait between asking and forcing.

import { type Signal, signals } from '../fs/signal.ts';
import type { ContainerRecord } from './container-record.ts';
import type { Daemon } from './daemon.ts';
import { EngineError, refuse } from './engine-error.ts';
import { endHealth, watchHealth } from './health/container-health.ts';
import { knownSignal, signalToSend } from './signal-words.ts';

const GRACE_SECONDS = 10;
/** What dockerd waits when the kernel has no such signal. */
const UNSENT_SECONDS = 2;

/** The stop signal, then SIGKILL after the grace time. A stopped container stays as it is. */
export const stopContainer = async (
  daemon: Daemon,
  id: string,
  seconds: number | undefined,
): Promise<void> => {
  const record = daemon.containers.record(id);
  const live = daemon.live.get(id);
  if (record.State.Restarting) return endRestarting(daemon, record);
  if (!record.State.Running || live === undefined) return;
  const grace = seconds ?? record.Config.StopTimeout ?? GRACE_SECONDS;
  daemon.containers.update(id, (stopping) => {
    stopping.HasBeenManuallyStopped = true;
  });
  if (record.State.Paused) unpauseContainer(daemon, id);
  const signal = knownSignal(record.Config.StopSignal || 'SIGTERM');
  if (signal !== undefined) sendSignal(daemon, record, signal);
  const ended = await endedWithin(daemon, live.ended, signal === undefined ? UNSENT_SECONDS : grace);
  if (!ended) {
    sendSignal(daemon, record, 'SIGKILL');
    await live.ended;
  }
  daemon.tellContainer(record, 'stop');
};

/** Waits for the end on the machine's clock; negative seconds wait for ever. */
const endedWithin = (daemon: Daemon, ended: Promise<number>, seconds: number): Promise<boolean> => {
  if (seconds < 0) return ended.then(() => true);
  return new Promise((resolve) => {
    const forget = daemon.kernel.clock.after(seconds * 1000, () => resolve(false), true);
    void ended.then(() => {
      forget();
      resolve(true);
    });
  });
};

/** Throws cannot-kill for a container that does not run, bad-signal. */
export const killContainer = (daemon: Daemon, id: string, reference: string, signal: string): void => {
  const name = signalToSend(reference, signal);
  const record = daemon.containers.record(id);
  if (record.State.Restarting) return endRestarting(daemon, record);
  if (!record.State.Running) {
    throw new EngineError('cannot-kill', reference, new EngineError('container-not-running', id).message);
  }
  if (record.State.Paused && name === 'SIGKILL') unpauseContainer(daemon, id);
  // Whatever the signal, dockerd takes the end that follows for a wanted one.
  daemon.containers.update(id, (killed) => {
    killed.HasBeenManuallyStopped = true;
  });
  sendSignal(daemon, record, name);
};

export const pauseContainer = (daemon: Daemon, id: string): void => {
  const record = daemon.containers.record(id);
  if (!record.State.Running) refuse('container-not-running', id);
  if (record.State.Restarting) refuse('container-restarting', id);
  if (record.State.Paused) refuse('already-paused', id);
  daemon.live.get(id)?.sandbox.signalAll('SIGSTOP');
  setPaused(daemon, id, true);
};

export const unpauseContainer = (daemon: Daemon, id: string): void => {
  const record = daemon.containers.record(id);
  if (!record.State.Paused) refuse('not-paused', id);
  daemon.live.get(id)?.sandbox.signalAll('SIGCONT');
  setPaused(daemon, id, false);
};

const setPaused = (daemon: Daemon, id: string, paused: boolean): void => {
  const record = daemon.containers.update(id, ({ State }) => {
    State.Paused = paused;
    if (paused) endHealth(daemon, id, State);
  });
  if (!paused) watchHealth(daemon, record);
  daemon.tellContainer(record, paused ? 'pause' : 'unpause');
};

/** It is between two starts: there will be no next one. */
const endRestarting = (daemon: Daemon, { ID }: ContainerRecord): void => {
  daemon.restarts.forget(ID);
  const ended = daemon.containers.update(ID, (record) => {
    record.HasBeenManuallyStopped = true;
    Object.assign(record.State, { Running: false, Restarting: false });
  });
  daemon.tellContainer(ended, 'stop');
};

const sendSignal = (daemon: Daemon, record: ContainerRecord, signal: Signal): void => {
  daemon.tellContainer(record, 'kill', { signal: String(signals[signal]) });
  signalMain(daemon, record, signal);
};

const signalMain = (daemon: Daemon, record: ContainerRecord, signal: Signal): void =>
  daemon.kernel.processes.get(record.State.Pid)?.raise(signal);
