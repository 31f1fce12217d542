// RUN in BuildKit: a program in a sandbox on a fresh layer. No container is there for it, before or after.

import type { Process } from '../fs/process.ts';
import { shellStatus } from '../fs/signal.ts';
import { newCacheId } from './build-cache.ts';
import { mountStep, type StepMount } from './build-mounts.ts';
import { newCarrier } from './carrier.ts';
import { type Config, emptyConfig } from './config.ts';
import { DEFAULT_CAPABILITIES } from './container-capabilities.ts';
import type { Daemon } from './daemon.ts';
import { isEngineError } from './engine-error.ts';
import { environmentOf, startError } from './exec-start.ts';
import { makeDirectories } from './files.ts';
import { findUser } from './users.ts';
import type { Sandbox } from './world.ts';

export interface BuildStep {
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly cwd: string;
  readonly user: string;
  readonly mounts: readonly StepMount[];
  /** What runc says of a program that it cannot start. */
  readonly complain: (message: string) => void;
  /** Calls back with what ends the program before its time. */
  readonly onStart: (stop: () => void) => void;
}

const HOSTNAME = 'buildkitsandbox';

/** Output goes to the client's descriptors 1 and 2. Throws no-such-user, max-depth. */
export const runBuildStep = async (
  daemon: Daemon,
  parent: string,
  step: BuildStep,
  client: Process,
): Promise<{ status: number; chain: string }> => {
  const { driver, layers } = daemon;
  const key = newCacheId(daemon.kernel.random);
  const below = layers.get(parent)?.cacheId;
  driver.prepare(key, below);
  try {
    const status = await runOn(daemon, key, step, client);
    if (status !== 0) return { status, chain: '' };
    const name = newCacheId(daemon.kernel.random);
    return { status, chain: layers.register(driver.entries(key, below), parent || undefined, name).chainId };
  } finally {
    driver.remove(key);
  }
};

const runOn = async (daemon: Daemon, key: string, step: BuildStep, client: Process): Promise<number> => {
  const merged = daemon.driver.mount(key);
  const sandbox = daemon.runtime.open(daemon.process, merged, { id: key, name: HOSTNAME }, HOSTNAME);
  let removeStubs: ((merged: string) => void) | undefined;
  try {
    removeStubs = mountStep(daemon.process, sandbox.inside, step.mounts);
    return await runIn(daemon, sandbox, step, client);
  } finally {
    sandbox.close();
    removeStubs?.(merged);
    daemon.driver.unmount(key);
  }
};

const runIn = async (daemon: Daemon, sandbox: Sandbox, step: BuildStep, client: Process): Promise<number> => {
  const { inside } = sandbox;
  const user = findUser(inside, step.user);
  const config: Config = { ...emptyConfig(), Env: [...step.env] };
  const env = environmentOf(config, user);
  env.delete('HOSTNAME');
  const cwd = step.cwd || '/';
  makeDirectories(inside, cwd, 0o755);
  const files = [undefined, client.file(1), client.file(2)];
  const carrier = newCarrier(daemon, client, { files, terminal: undefined });
  try {
    const stdio = { process: carrier, stdin: 0, stdout: 1, stderr: 2 };
    const child = sandbox.spawn({
      argv: step.argv,
      env,
      cwd,
      user,
      capabilities: DEFAULT_CAPABILITIES,
      stdio,
    });
    step.onStart(() => sandbox.signalAll('SIGKILL'));
    carrier.closeAll();
    return shellStatus(await child.exited);
  } catch (error) {
    const refusal = startError(error, step.argv[0] ?? '', FACE);
    if (!isEngineError(refusal)) throw error;
    step.complain(refusal.message.replace(/: unknown$/, ''));
    return 1;
  } finally {
    carrier.closeAll();
  }
};

const FACE = 'runc run failed: unable to start container process';
