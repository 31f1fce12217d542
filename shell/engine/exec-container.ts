// docker exec: one more process in the namespace of a running container.

import type { Child } from '../fs/child.ts';
import type { Process } from '../fs/process.ts';
import { shellStatus } from '../fs/signal.ts';
import { newCarrier } from './carrier.ts';
import { execCapabilities } from './container-capabilities.ts';
import type { ContainerRecord } from './container-record.ts';
import { takeTerminal, terminalStreams } from './container-streams.ts';
import type { ExecSpec, Execution } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { hexOf, sha256 } from './digest.ts';
import { refuse } from './engine-error.ts';
import { EXEC_FACE, environmentOf, startError } from './exec-start.ts';
import type { Streams } from './live-container.ts';
import { Relay } from './relay.ts';
import { findUser } from './users.ts';

/** Throws container-not-running, container-paused, exec-not-found, exec-failed, no-such-user. */
export const execInContainer = (
  daemon: Daemon,
  id: string,
  reference: string,
  spec: ExecSpec,
  client: Process,
): Execution => {
  const { Restarting, Running, Paused } = daemon.containers.record(id).State;
  if (Restarting) return refuse('container-restarting', id);
  if (!Running) return refuse('container-not-running', id);
  if (Paused) refuse('container-paused', reference);
  const streams = execStreams(daemon, spec, client);
  const attached = spec.detach === true ? undefined : client;
  const detach =
    attached === undefined
      ? undefined
      : streams.attach({
          client,
          stdin: spec.stdin ? 0 : undefined,
          stdout: 1,
          ...(spec.detachKeys ? { detachKeys: spec.detachKeys } : {}),
        });
  try {
    const { pid, exited } = spawnExec(daemon, id, spec, streams, attached);
    return { pid, exited: exited.finally(() => detach?.()) };
  } catch (error) {
    detach?.();
    throw error;
  }
};

/** One more program in a container that runs; a `client` lends it its place in the foreground. Throws as above. */
export const spawnExec = (
  daemon: Daemon,
  id: string,
  spec: ExecSpec,
  streams: Streams,
  client: Process | undefined,
): Child => {
  const record = daemon.containers.record(id);
  const { sandbox } = daemon.live.get(id) ?? refuse('container-not-running', id);
  const tell = execTeller(daemon, record, spec);
  const config = { ...record.Config, Tty: spec.tty ?? false };
  const { GroupAdd } = daemon.containers.hostConfig(id);
  const user = findUser(sandbox.inside, spec.user ?? config.User, GroupAdd ?? []);
  const cwd = spec.workingDir || config.WorkingDir || '/';
  tell.started();
  checkDirectory(sandbox.inside, cwd);
  const carrier = newCarrier(daemon, client, streams);
  try {
    const child = sandbox.spawn({
      argv: spec.argv,
      env: environmentOf(config, user, spec.env),
      cwd,
      user,
      stdio: { process: carrier, stdin: 0, stdout: 1, stderr: 2 },
      capabilities: execCapabilities(daemon.containers.hostConfig(id), spec),
    });
    takeTerminal(streams, child);
    void child.exited.then((ended) => tell.ended(shellStatus(ended)));
    return child;
  } catch (error) {
    throw startError(error, spec.argv[0] ?? '', EXEC_FACE);
  } finally {
    carrier.closeAll();
  }
};

/** runc goes there before it looks for the program. */
const checkDirectory = (inside: Process, path: string): void => {
  if (!path.startsWith('/')) refuse('exec-relative-directory');
  const kind = inside.tryStat(path)?.kind;
  if (kind !== 'directory')
    refuse('exec-no-directory', path, kind === undefined ? 'no such file or directory' : 'not a directory');
};

/** The events of one exec; dockerd starts it before runc has found the program. */
const execTeller = (daemon: Daemon, record: ContainerRecord, { argv: [program = '', ...args] }: ExecSpec) => {
  const execID = hexOf(sha256(`exec ${record.ID} ${daemon.now()}`));
  const command = `${program} ${args.join(' ')}`;
  return {
    started: (): void => {
      daemon.tellContainer(record, `exec_create: ${command}`, { execID });
      daemon.tellContainer(record, `exec_start: ${command}`, { execID });
    },
    ended: (code: number): void =>
      daemon.tellContainer(record, 'exec_die', { execID, exitCode: String(code) }),
  };
};

/** With -t a terminal of its own; else pipes to the client, input only with -i. */
const execStreams = (daemon: Daemon, spec: ExecSpec, client: Process): Streams => {
  const none: Streams = {
    files: [undefined, undefined, undefined],
    terminal: undefined,
    attach: () => () => {},
  };
  if (spec.tty) return terminalStreams(daemon, undefined, 1);
  if (spec.detach) return none;
  const relay = (fd: number) => {
    const file = client.fds.get(fd);
    return file && new Relay(client, file);
  };
  return { ...none, files: [spec.stdin ? relay(0) : undefined, relay(1), relay(2)] };
};
