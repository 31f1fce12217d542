// docker exec: one more process in the namespace of a running container.

import type { Process } from '../fs/process.ts';
import { newCarrier } from './carrier.ts';
import { nameOf } from './container-record.ts';
import type { ExecSpec, Execution } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { refuse } from './engine-error.ts';
import { EXEC_FACE, environmentOf, startError } from './run-container.ts';
import { findUser } from './users.ts';

/** Throws container-not-running, container-paused, exec-not-found, exec-failed, no-such-user. */
export const execInContainer = (
  daemon: Daemon,
  id: string,
  reference: string,
  spec: ExecSpec,
  client: Process,
): Execution => {
  const record = daemon.containers.record(id);
  const live = daemon.live.get(id);
  if (!record.State.Running || live === undefined) return refuse('container-not-running', id);
  if (record.State.Paused) refuse('container-paused', reference);
  const { sandbox } = live;
  const config = { ...record.Config, Tty: spec.tty ?? false };
  const user = findUser(sandbox.inside, spec.user ?? config.User);
  const carrier = execCarrier(daemon, spec, client);
  try {
    const child = sandbox.spawn({
      argv: spec.argv,
      env: environmentOf(config, user, spec.env),
      cwd: spec.workingDir || config.WorkingDir || '/',
      user,
      stdio: { process: carrier, stdin: 0, stdout: 1, stderr: 2 },
    });
    daemon.tell('container', `exec_start: ${spec.argv.join(' ')}`, id, { name: nameOf(record) });
    return { pid: child.pid, exited: child.exited };
  } catch (error) {
    throw startError(error, spec.argv[0] ?? '', EXEC_FACE);
  } finally {
    carrier.closeAll();
  }
};

const execCarrier = (daemon: Daemon, spec: ExecSpec, client: Process): Process => {
  if (spec.detach === true) return newCarrier(daemon, undefined, false, [undefined, undefined, undefined]);
  const wantsInput = spec.stdin === true || spec.tty === true;
  return newCarrier(daemon, client, spec.tty ?? false, [
    wantsInput ? client.fds.get(0) : undefined,
    client.fds.get(1),
    client.fds.get(2),
  ]);
};
