// docker start: the union is mounted, the namespace made, the program started; and what happens when it ends.

import type { Child } from '../fs/child.ts';
import { type ExitStatus, shellStatus } from '../fs/signal.ts';
import { newCarrier } from './carrier.ts';
import { containerCapabilities } from './container-capabilities.ts';
import { containerLimits, limitProcesses } from './container-limits.ts';
import { INIT_PATH, mountContainer } from './container-mounts.ts';
import { joinNetworks, leaveNetworks } from './container-network.ts';
import { type ContainerRecord, homeOf, nameOf } from './container-record.ts';
import { pipedStreams, takeTerminal, terminalStreams } from './container-streams.ts';
import type { Attachment } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { EngineError, refuse } from './engine-error.ts';
import { environmentOf, RUN_FACE, startError, startErrorCode } from './exec-start.ts';
import { writeFile } from './files.ts';
import { endHealth, healthAtStart, watchHealth } from './health/container-health.ts';
import type { Live, Streams } from './live-container.ts';
import { logPath } from './log-file.ts';
import { checkSources } from './mount-points.ts';
import { writeNetworkFiles } from './network-files.ts';
import { removeContainer } from './remove-container.ts';
import { wantsRestart } from './restart-policy.ts';
import { findUser } from './users.ts';
import type { Sandbox } from './world.ts';

/** Starting a running container does nothing; `again`: by its restart policy. Throws start-paused, exec-not-found, exec-failed, no-such-user, a mount's error. */
export const startContainer = (
  daemon: Daemon,
  id: string,
  attachment: Attachment | undefined,
  again = false,
): void => {
  const record = daemon.containers.record(id);
  if (record.State.Paused) refuse('start-paused');
  if (record.State.Running && !record.State.Restarting) return;
  daemon.restarts.forget(id);
  if (attachment !== undefined) daemon.tellContainer(record, 'attach');
  noting(daemon, record, () => joinNetworks(daemon, record));
  const sandbox = noting(daemon, record, () => openConnected(daemon, record));
  const streams = streamsOf(daemon, record, attachment);
  const detach = attachment === undefined ? undefined : streams.attach(attachment);
  const child = noting(daemon, record, () => {
    try {
      return spawnMain(daemon, record, sandbox, streams, attachment);
    } catch (error) {
      detach?.();
      closeSandbox(daemon, id, sandbox);
      leaveNetworks(daemon, record);
      throw startError(error, record.Path, RUN_FACE);
    }
  });
  const running = daemon.containers.update(id, (started) => {
    Object.assign(started.State, {
      Running: true,
      Restarting: false,
      Pid: child.pid,
      ExitCode: 0,
      Error: '',
      StartedAt: daemon.now(),
      FinishedAt: record.State.FinishedAt,
      Health: healthAtStart(record),
    });
    started.HasBeenStartedBefore = true;
    started.HasBeenManuallyStopped = false;
    if (!again) started.RestartCount = 0;
    started.LogPath = logPath(id);
    Object.assign(started, pathsOf(id), { NetworkSettings: record.NetworkSettings });
  });
  const live = watch(daemon, id, { sandbox, streams }, child);
  if (detach !== undefined) void live.ended.then(detach);
  watchHealth(daemon, running);
  daemon.tellContainer(record, 'start');
};

const pathsOf = (id: string) => ({
  HostnamePath: `${homeOf(id)}/hostname`,
  HostsPath: `${homeOf(id)}/hosts`,
  ResolvConfPath: `${homeOf(id)}/resolv.conf`,
});

const openConnected = (daemon: Daemon, record: ContainerRecord): Sandbox => {
  try {
    return openSandbox(daemon, record);
  } catch (error) {
    leaveNetworks(daemon, record);
    throw error;
  }
};

/** Mounts the union and everything over it. */
const openSandbox = (daemon: Daemon, record: ContainerRecord): Sandbox => {
  const mount = daemon.layers.mountOf(record.ID) ?? refuse('no-such-container', record.ID);
  const host = daemon.containers.hostConfig(record.ID);
  checkSources(daemon, record);
  writeNetworkFiles(daemon.process, record, host);
  if (daemon.process.tryLstat(logPath(record.ID)) === undefined)
    writeFile(daemon.process, logPath(record.ID), '', 0o640);
  const merged = daemon.driver.mount(mount.mountId);
  const tag = { id: record.ID, name: nameOf(record) };
  const sandbox = daemon.runtime.open(daemon.process, merged, tag, record.Config.Hostname);
  try {
    mountContainer(daemon.process, sandbox.inside, record, host);
    tellVolumes(daemon, record, 'mount');
    if (host.ReadonlyRootfs) sandbox.inside.namespace.root.readOnly = true;
  } catch (error) {
    closeSandbox(daemon, record.ID, sandbox);
    throw error;
  }
  return sandbox;
};

const closeSandbox = (daemon: Daemon, id: string, sandbox: Sandbox): void => {
  sandbox.close();
  const mount = daemon.layers.mountOf(id);
  if (mount !== undefined) daemon.driver.unmount(mount.mountId);
};

const spawnMain = (
  daemon: Daemon,
  record: ContainerRecord,
  sandbox: Sandbox,
  streams: Streams,
  attachment: Attachment | undefined,
): Child => {
  const { Config: config } = record;
  const host = daemon.containers.hostConfig(record.ID);
  sandbox.inside.limits = containerLimits(host.Ulimits);
  limitProcesses(sandbox, host);
  const user = findUser(sandbox.inside, config.User, host.GroupAdd ?? []);
  const carrier = newCarrier(daemon, attachment?.client, streams);
  try {
    const child = sandbox.spawn({
      argv: [...(host.Init ? [INIT_PATH, '--'] : []), record.Path, ...record.Args],
      env: environmentOf(config, user),
      cwd: config.WorkingDir || '/',
      user,
      capabilities: containerCapabilities(host),
      stdio: { process: carrier, stdin: 0, stdout: 1, stderr: 2 },
    });
    takeTerminal(streams, child);
    return child;
  } finally {
    carrier.closeAll();
  }
};

const streamsOf = (daemon: Daemon, record: ContainerRecord, attachment: Attachment | undefined): Streams => {
  if (record.Config.Tty) return terminalStreams(daemon, record.ID, 0);
  const { client, stdin } = attachment ?? {};
  const input = record.Config.OpenStdin && stdin !== undefined ? client?.file(stdin) : undefined;
  return pipedStreams(daemon, record.ID, input);
};

const tellVolumes = (daemon: Daemon, record: ContainerRecord, action: 'mount' | 'unmount'): void => {
  for (const point of Object.values(record.MountPoints)) {
    if (point.Type !== 'volume') continue;
    const where = { destination: point.Destination, propagation: '', 'read/write': String(point.RW) };
    const more = action === 'mount' ? where : {};
    daemon.tell('volume', action, point.Name, { container: record.ID, driver: 'local', ...more });
  }
};

/** One more client of a running container; returns what ends that. */
export const attachTo = (daemon: Daemon, id: string, attachment: Attachment): (() => void) =>
  daemon.live.get(id)?.streams.attach(attachment) ?? (() => {});

/** A refused start is noted in the container's state, with the exit code that Docker gives it. */
const noting = <Result>(daemon: Daemon, record: ContainerRecord, start: () => Result): Result => {
  try {
    return start();
  } catch (error) {
    if (error instanceof EngineError) {
      daemon.containers.update(record.ID, ({ State }) => {
        State.ExitCode = startErrorCode(error);
        State.Error = error.message;
      });
    }
    throw error;
  }
};

/** Cleans up when the program has ended. */
const watch = (daemon: Daemon, id: string, parts: Pick<Live, 'sandbox' | 'streams'>, child: Child): Live => {
  const live: Live = { ...parts, ...newEnd() };
  daemon.live.set(id, live);
  void child.exited.then((status) => {
    if (daemon.live.get(id) === live) finish(daemon, id, child.pid, status);
  });
  return live;
};

/** Watches a container again whose processes a restored snapshot has started anew. */
export const resumeContainer = (daemon: Daemon, id: string, { sandbox, streams }: Live): void => {
  const record = daemon.containers.get(id);
  const child = record === undefined ? undefined : daemon.kernel.child(record.State.Pid);
  if (!record?.State.Running) return;
  const { inside } = sandbox;
  // The shim runs no program, so the kernel does not start it again by itself.
  inside.killed = undefined;
  daemon.kernel.processes.set(inside.pid, inside);
  if (child !== undefined) watch(daemon, id, { sandbox, streams }, child);
  else {
    const { ended, end } = newEnd();
    daemon.live.set(id, { sandbox, streams, ended, end });
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

/** Of a container that waits to be started by its restart policy. */
export const planRestart = (daemon: Daemon, id: string): void =>
  daemon.restarts.plan(daemon.containers, id, () => startContainer(daemon, id, undefined, true));

const finish = (daemon: Daemon, id: string, pid: number, status: ExitStatus): void => {
  const live = daemon.live.get(id);
  const record = daemon.containers.get(id);
  const code = shellStatus(status);
  daemon.live.delete(id);
  if (live !== undefined) closeSandbox(daemon, id, live.sandbox);
  if (record?.State.Pid === pid) {
    const host = daemon.containers.hostConfig(id);
    const again = wantsRestart(record, host, code);
    const left = daemon.containers.update(id, (ended) => {
      Object.assign(ended.State, {
        Running: again,
        Restarting: again,
        Paused: false,
        Pid: 0,
        ExitCode: code,
        FinishedAt: daemon.now(),
      });
      endHealth(daemon, id, ended.State);
      if (again) ended.RestartCount += 1;
    });
    daemon.tellContainer(record, 'die', { exitCode: String(code) });
    leaveNetworks(daemon, left);
    daemon.containers.put(left);
    tellVolumes(daemon, left, 'unmount');
    if (again) planRestart(daemon, id);
    else if (host.AutoRemove) removeContainer(daemon, id, { volumes: true });
  }
  live?.end(code);
};
