// docker start: the union is mounted, the namespace made, the program started; and what happens when it ends.

import type { Child } from '../fs/calls/processes.ts';
import { FsError } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import { type ExitStatus, shellStatus } from '../fs/signal.ts';
import { newCarrier } from './carrier.ts';
import type { Config } from './config.ts';
import { mountContainer } from './container-mounts.ts';
import { type ContainerRecord, homeOf, nameOf } from './container-record.ts';
import type { Attachment } from './contract.ts';
import type { Daemon, Live } from './daemon.ts';
import { EngineError, refuse } from './engine-error.ts';
import { writeFile } from './files.ts';
import { logPath } from './log-file.ts';
import { writeNetworkFiles } from './network-files.ts';
import { OutputStream } from './output-stream.ts';
import { removeContainer } from './remove-container.ts';
import { type ExecUser, findUser } from './users.ts';
import type { Sandbox } from './world.ts';

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const RUN_FACE =
  'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process';
export const EXEC_FACE = 'OCI runtime exec failed: exec failed: unable to start container process';

/** Starting a running container does nothing. Throws start-paused, exec-not-found, exec-failed, no-such-user, a mount's error. */
export const startContainer = (daemon: Daemon, id: string, attachment: Attachment | undefined): void => {
  const record = daemon.containers.record(id);
  if (record.State.Paused) refuse('start-paused');
  if (record.State.Running) return;
  const sandbox = openSandbox(daemon, record);
  let child: Child;
  try {
    child = spawnMain(daemon, record, sandbox, attachment);
  } catch (error) {
    closeSandbox(daemon, id, sandbox);
    throw noteFailure(daemon, record, error);
  }
  daemon.containers.update(id, (started) => {
    Object.assign(started.State, {
      Running: true,
      Pid: child.pid,
      ExitCode: 0,
      Error: '',
      StartedAt: daemon.now(),
      FinishedAt: record.State.FinishedAt,
    });
    started.HasBeenStartedBefore = true;
    started.HasBeenManuallyStopped = false;
    started.LogPath = logPath(id);
    Object.assign(started, pathsOf(id));
  });
  watch(daemon, id, sandbox, child);
  daemon.tell('container', 'start', id, { image: record.Config.Image, name: nameOf(record) });
};

const pathsOf = (id: string) => ({
  HostnamePath: `${homeOf(id)}/hostname`,
  HostsPath: `${homeOf(id)}/hosts`,
  ResolvConfPath: `${homeOf(id)}/resolv.conf`,
});

/** Mounts the union and everything over it. */
export const openSandbox = (daemon: Daemon, record: ContainerRecord): Sandbox => {
  const mount = daemon.layers.mountOf(record.ID) ?? refuse('no-such-container', record.ID);
  const host = daemon.containers.hostConfig(record.ID);
  writeNetworkFiles(daemon.process, record, addressOf(daemon));
  if (daemon.process.tryLstat(logPath(record.ID)) === undefined)
    writeFile(daemon.process, logPath(record.ID), '', 0o640);
  const merged = daemon.driver.mount(mount.mountId);
  const tag = { id: record.ID, name: nameOf(record) };
  const sandbox = daemon.runtime.open(daemon.process, merged, tag, record.Config.Hostname);
  try {
    mountContainer(daemon.process, sandbox.inside, record, host.Tmpfs ?? {});
    if (host.ReadonlyRootfs) sandbox.inside.namespace.root.readOnly = true;
  } catch (error) {
    closeSandbox(daemon, record.ID, sandbox);
    throw error;
  }
  return sandbox;
};

export const closeSandbox = (daemon: Daemon, id: string, sandbox: Sandbox): void => {
  sandbox.close();
  const mount = daemon.layers.mountOf(id);
  if (mount !== undefined) daemon.driver.unmount(mount.mountId);
};

/** The next free address of the default bridge. */
const addressOf = (daemon: Daemon): string => `172.17.0.${2 + (daemon.live.size % 250)}`;

const spawnMain = (
  daemon: Daemon,
  record: ContainerRecord,
  sandbox: Sandbox,
  attachment: Attachment | undefined,
): Child => {
  const { Config: config } = record;
  const user = findUser(sandbox.inside, config.User);
  const carrier = carrierOf(daemon, record, attachment);
  try {
    return sandbox.spawn({
      argv: [record.Path, ...record.Args],
      env: environmentOf(config, user),
      cwd: config.WorkingDir || '/',
      user,
      stdio: { process: carrier, stdin: 0, stdout: 1, stderr: 2 },
    });
  } finally {
    carrier.closeAll();
  }
};

/** What the container's program gets: a client's terminal, or the log's streams and, with -i, the client's input. */
const carrierOf = (daemon: Daemon, record: ContainerRecord, attachment: Attachment | undefined): Process => {
  const client = attachment?.client;
  if (record.Config.Tty && client !== undefined) {
    return newCarrier(daemon, client, true, [client.file(0), client.file(1), client.file(2)]);
  }
  const stdin = record.Config.OpenStdin ? attachment?.stdin : undefined;
  const outputs = (['stdout', 'stderr'] as const).map((stream) => {
    const output = new OutputStream(daemon.process, record.ID, stream);
    if (attachment !== undefined) listen(output, attachment, stream);
    return output;
  });
  return newCarrier(daemon, client, false, [
    stdin === undefined ? undefined : client?.file(stdin),
    ...outputs,
  ]);
};

/** Sends a running container's output to one more client; returns what ends that. */
export const attachTo = (daemon: Daemon, id: string, attachment: Attachment): (() => void) => {
  const main = daemon.kernel.processes.get(daemon.containers.record(id).State.Pid);
  const ends = (['stdout', 'stderr'] as const).map((stream, at) => {
    const output = main?.fds.get(at + 1);
    return output instanceof OutputStream ? listen(output, attachment, stream) : () => {};
  });
  return () => {
    for (const end of ends) end();
  };
};

const listen = (
  output: OutputStream,
  { client, ...fds }: Attachment,
  stream: 'stdout' | 'stderr',
): (() => void) => {
  const fd = fds[stream];
  const listener = (bytes: Uint8Array): number | Promise<number> => {
    const gone = client.killed !== undefined || fd === undefined || !client.fds.has(fd);
    if (!gone) return client.write(fd, bytes);
    output.listeners.delete(listener);
    return bytes.length;
  };
  output.listeners.add(listener);
  return () => output.listeners.delete(listener);
};

/** Docker's own variables first, then the configuration's; runc adds HOME. */
export const environmentOf = (
  config: Config,
  user: ExecUser,
  extra: readonly string[] = [],
): Map<string, string> => {
  const env = new Map([
    ['PATH', DEFAULT_PATH],
    ['HOSTNAME', config.Hostname],
    ...(config.Tty ? [['TERM', 'xterm'] as [string, string]] : []),
  ]);
  for (const pair of [...(config.Env ?? []), ...extra]) {
    const cut = pair.indexOf('=');
    if (cut < 0) env.delete(pair);
    else env.set(pair.slice(0, cut), pair.slice(cut + 1));
  }
  if (!env.has('HOME')) env.set('HOME', user.home);
  return env;
};

/** The error of a program that could not be started, in runc's words; `face` tells which of runc's two faces speaks. */
export const startError = (error: unknown, command: string, face: string): unknown => {
  if (!(error instanceof FsError)) return error;
  if (error.code === 'ENOENT' && !command.includes('/'))
    return new EngineError('exec-not-found', face, command);
  const why =
    error.code === 'ENOENT' ? `stat ${command}: no such file or directory` : error.message.toLowerCase();
  return new EngineError('exec-failed', face, command, why);
};

/** The exit code that Docker gives a program that could not be started. */
export const startErrorCode = (error: unknown): number =>
  error instanceof EngineError && error.code === 'exec-failed' && !error.message.includes('no such file')
    ? 126
    : 127;

const noteFailure = (daemon: Daemon, record: ContainerRecord, error: unknown): unknown => {
  const failure = startError(error, record.Path, RUN_FACE);
  if (failure instanceof EngineError) {
    daemon.containers.update(record.ID, (failed) => {
      failed.State.ExitCode = startErrorCode(failure);
      failed.State.Error = failure.message;
    });
  }
  return failure;
};

/** Cleans up when the program has ended. */
const watch = (daemon: Daemon, id: string, sandbox: Sandbox, child: Child): void => {
  const live: Live = { sandbox, ...newEnd() };
  daemon.live.set(id, live);
  void child.exited.then((status) => {
    if (daemon.live.get(id) === live) finish(daemon, id, child.pid, status);
  });
};

/** Watches a container again whose processes a restored snapshot has started anew. */
export const resumeContainer = (daemon: Daemon, id: string, { sandbox }: Live): void => {
  const record = daemon.containers.get(id);
  const child = record === undefined ? undefined : daemon.kernel.child(record.State.Pid);
  if (!record?.State.Running) return;
  const { inside } = sandbox;
  // The shim runs no program, so the kernel does not start it again by itself.
  daemon.kernel.processes.set(inside.pid, inside);
  if (child !== undefined) watch(daemon, id, sandbox, child);
  else {
    const { ended, end } = newEnd();
    daemon.live.set(id, { sandbox, ended, end });
    finish(daemon, id, record.State.Pid, { code: 137 });
  }
};

const newEnd = (): Pick<Live, 'ended' | 'end'> => {
  let end: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  return { ended, end };
};

const finish = (daemon: Daemon, id: string, pid: number, status: ExitStatus): void => {
  const live = daemon.live.get(id);
  const record = daemon.containers.get(id);
  const code = shellStatus(status);
  daemon.live.delete(id);
  if (live !== undefined) closeSandbox(daemon, id, live.sandbox);
  if (record?.State.Pid === pid) {
    daemon.containers.update(id, (ended) => {
      Object.assign(ended.State, {
        Running: false,
        Paused: false,
        Pid: 0,
        ExitCode: code,
        FinishedAt: daemon.now(),
      });
    });
    daemon.tell('container', 'die', id, {
      exitCode: String(code),
      image: record.Config.Image,
      name: nameOf(record),
    });
    if (daemon.containers.hostConfig(id).AutoRemove) removeContainer(daemon, id, { volumes: true });
  }
  live?.end(code);
};
