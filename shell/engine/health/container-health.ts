// The health of a container that runs: its probes are programs inside it, and the answers go into its record.

import { isFsError } from '../../fs/errno.ts';
import { type ExitStatus, shellStatus } from '../../fs/signal.ts';
import type { ContainerRecord, RecordState } from '../container-record.ts';
import type { Daemon } from '../daemon.ts';
import { isEngineError } from '../engine-error.ts';
import { spawnExec } from '../exec-container.ts';
import { goDuration } from '../go-duration.ts';
import { parseTime, rfc3339 } from '../time.ts';
import { afterProbe, intervalOf, probeWords, startingHealth, timeoutOf, unwatched } from './health.ts';
import type { Check, Probe, ProbeAnswer } from './health-watch.ts';
import { ProbeOutput } from './probe-output.ts';

const MS_NS = 1e6;
const FAILED = -1;

/** The health of one that is about to run: as it was where nobody asks. */
export const healthAtStart = ({ Config, State }: ContainerRecord): RecordState['Health'] =>
  probeWords(Config) === undefined ? State.Health : startingHealth(State.Health);

/** Asks a container that has started, or goes on after a pause. */
export const watchHealth = (daemon: Daemon, { ID: id, Config, State }: ContainerRecord): void => {
  const words = probeWords(Config);
  const { Healthcheck: healthcheck } = Config;
  if (words === undefined || healthcheck === undefined) return;
  const patientUntil = parseTime(State.StartedAt) + BigInt(healthcheck.StartPeriod ?? 0);
  const check: Check = {
    interval: intervalOf(healthcheck) / MS_NS,
    timeout: timeoutOf(healthcheck) / MS_NS,
    start: () => startProbe(daemon, id, words),
    judge: (answer, startedAt, patient) => noteAnswer(daemon, id, answer, startedAt, patient),
  };
  daemon.health.open(id, check, patientUntil);
};

/** Of one that is paused or has ended: nobody asks any more, and it counts as unwell. */
export const endHealth = (daemon: Daemon, id: string, state: RecordState): void => {
  if (daemon.health.close(id)) state.Health = unwatched(state.Health);
};

const noteAnswer = (
  daemon: Daemon,
  id: string,
  answer: ProbeAnswer | undefined,
  startedAt: bigint,
  patient: boolean,
): void => {
  const before = daemon.containers.peek(id);
  const { Health: health } = before?.State ?? {};
  const { Healthcheck: healthcheck } = before?.Config ?? {};
  if (!health || healthcheck === undefined) return;
  const late = `Health check exceeded timeout (${goDuration(timeoutOf(healthcheck))})`;
  const { exitCode, output } = answer ?? { exitCode: FAILED, output: late };
  const result = { Start: rfc3339(startedAt), End: daemon.now(), ExitCode: exitCode, Output: output };
  const now = afterProbe(health, result, healthcheck, patient);
  const record = daemon.containers.update(id, ({ State }) => {
    State.Health = now;
  });
  if (now.Status !== health.Status) daemon.tellContainer(record, `health_status: ${now.Status}`);
};

/** A program that cannot be started is an answer, too. */
const startProbe = (daemon: Daemon, id: string, words: readonly string[]): Probe => {
  const output = new ProbeOutput(daemon.kernel.bootedAt);
  const streams = { files: [undefined, output, output], terminal: undefined, attach: () => () => {} };
  try {
    const { pid, exited } = spawnExec(daemon, id, { argv: words }, streams, undefined);
    return probeOf(daemon, pid, exited, output);
  } catch (error) {
    if (!isEngineError(error) && !isFsError(error)) throw error;
    const ended = Promise.resolve({ exitCode: FAILED, output: error.message });
    return { ended, stop: () => ended, again: () => undefined };
  }
};

/** It has ended when nothing can write to its output any more, whatever it has left behind. */
const probeOf = (daemon: Daemon, pid: number, exited: Promise<ExitStatus>, output: ProbeOutput): Probe => ({
  ended: Promise.all([exited, output.closed]).then(([status]) => ({
    exitCode: shellStatus(status),
    output: output.text,
  })),
  stop: () => {
    daemon.kernel.child(pid)?.process.raise('SIGKILL');
    return exited;
  },
  again: () => {
    const child = daemon.kernel.child(pid);
    if (child === undefined) return undefined;
    if (child.exited !== exited) output.reopen();
    return probeOf(daemon, pid, child.exited, output);
  },
});
