// The engine's containers: what `docker ps`, `run`, `exec`, `stop`, `rm`, `diff`, `commit` and their kin ask.

import type { Process } from '../fs/process.ts';
import { commitContainer } from './commit-container.ts';
import type { HostConfig, Resources } from './config.ts';
import { inspectContainer } from './container-inspect.ts';
import { limitProcesses } from './container-limits.ts';
import { checkName } from './container-names.ts';
import { shownPorts } from './container-network.ts';
import {
  type ContainerRecord,
  nameOf,
  type RecordState,
  shownState,
  statusText,
} from './container-record.ts';
import { isLogged } from './container-streams.ts';
import type {
  Attachment,
  Change,
  CommitOptions,
  ContainerInspect,
  ContainerSize,
  ContainerSpec,
  ContainerSummary,
  Containers,
  ExecSpec,
  Execution,
  LogEntry,
} from './contract.ts';
import { checkMemory, createContainer } from './create-container.ts';
import type { Daemon } from './daemon.ts';
import { shortId } from './digest.ts';
import { isEngineError, refuse } from './engine-error.ts';
import { execInContainer } from './exec-container.ts';
import { exportContainer } from './export-container.ts';
import { topLayer } from './image-config.ts';
import { findImage } from './image-lookup.ts';
import { followLog, readLog } from './log-file.ts';
import { shownMounts } from './mount-points.ts';
import { removeContainer } from './remove-container.ts';
import { attachTo, startContainer } from './run-container.ts';
import { killContainer, pauseContainer, stopContainer, unpauseContainer } from './stop-container.ts';
import { withStoppedFiles } from './stopped-files.ts';
import { parseTime } from './time.ts';

export class ContainerService implements Containers {
  readonly #daemon: Daemon;

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  list({ all = false }: { all?: boolean } = {}): ContainerSummary[] {
    return this.#daemon.containers
      .ids()
      .map((id) => this.#daemon.containers.peek(id) as ContainerRecord)
      .filter((record) => all || record.State.Running)
      .map((record) => this.#summary(record))
      .sort((a, b) => (a.created > b.created ? -1 : a.created < b.created ? 1 : 0));
  }

  resolve(reference: string): string {
    return this.#daemon.containers.resolve(reference);
  }

  find(reference: string): string | undefined {
    return this.#daemon.containers.find(reference);
  }

  inspect(reference: string, options: { size?: boolean } = {}): ContainerInspect {
    const id = this.resolve(reference);
    return inspectContainer(this.#daemon, id, options.size ? this.size(id) : undefined);
  }

  create(spec: ContainerSpec): { id: string; warnings: string[] } {
    return { id: createContainer(this.#daemon, spec), warnings: [] };
  }

  start(reference: string, attachment?: Attachment): void {
    startContainer(this.#daemon, this.resolve(reference), attachment);
  }

  stop(reference: string, options: { seconds?: number } = {}): Promise<void> {
    return stopContainer(this.#daemon, this.resolve(reference), options.seconds);
  }

  async restart(reference: string, options: { seconds?: number } = {}): Promise<void> {
    const id = this.resolve(reference);
    await stopContainer(this.#daemon, id, options.seconds);
    startContainer(this.#daemon, id, undefined);
    this.#daemon.tellContainer(this.#daemon.containers.record(id), 'restart');
  }

  update(reference: string, change: Partial<Resources & Pick<HostConfig, 'RestartPolicy'>>): void {
    const id = this.resolve(reference);
    if (change.Memory !== undefined) checkMemory(change.Memory);
    const host = { ...this.#daemon.containers.hostConfig(id), ...change };
    this.#daemon.containers.putHostConfig(id, host);
    const live = this.#daemon.live.get(id);
    if (live !== undefined) limitProcesses(live.sandbox, host);
    this.#daemon.tellContainer(this.#daemon.containers.record(id), 'update');
  }

  kill(reference: string, signal = 'KILL'): void {
    const id = this.find(reference);
    const missing = `No such container: ${reference}`;
    killContainer(this.#daemon, id ?? refuse('cannot-kill', reference, missing), reference, signal);
  }

  pause(reference: string): void {
    pauseContainer(this.#daemon, this.resolve(reference));
  }

  unpause(reference: string): void {
    unpauseContainer(this.#daemon, this.resolve(reference));
  }

  async wait(reference: string): Promise<number> {
    const id = this.resolve(reference);
    return this.#daemon.live.get(id)?.ended ?? this.#daemon.containers.record(id).State.ExitCode;
  }

  rename(reference: string, name: string): void {
    const record = this.#daemon.containers.record(reference);
    const wanted = checkNewName(name);
    if (nameOf(record) === wanted) refuse('rename-same');
    const holder = this.#daemon.containers.names().get(wanted);
    if (holder !== undefined) refuse('rename-in-use', wanted, holder);
    const renamed = { ...record, Name: `/${wanted}` };
    this.#daemon.containers.put(renamed);
    this.#daemon.tellContainer(renamed, 'rename', { oldName: record.Name });
  }

  async remove(reference: string, options: { force?: boolean; volumes?: boolean } = {}): Promise<void> {
    const id = this.resolve(reference);
    const { State } = this.#daemon.containers.record(id);
    if (State.Running) {
      if (!options.force) refuse(removalRefusal(State), id);
      const ended = this.#daemon.live.get(id)?.ended;
      killContainer(this.#daemon, id, reference, 'KILL');
      await ended;
    }
    removeContainer(this.#daemon, id, { volumes: options.volumes });
  }

  prune(fits: (one: ContainerSummary) => boolean = () => true): { ids: string[]; reclaimed: number } {
    const stopped = this.list({ all: true }).filter((one) => !one.state.Running && fits(one));
    let reclaimed = 0;
    for (const { id } of stopped) {
      reclaimed += this.size(id).rw;
      removeContainer(this.#daemon, id);
    }
    this.#daemon.tell('container', 'prune', '', { reclaimed: String(reclaimed) });
    return { ids: stopped.map(({ id }) => id), reclaimed };
  }

  exec(reference: string, spec: ExecSpec, client: Process): Execution {
    return execInContainer(this.#daemon, this.resolve(reference), reference, spec, client);
  }

  async attach(reference: string, attachment: Attachment): Promise<number> {
    const id = this.resolve(reference);
    const { State } = this.#daemon.containers.record(id);
    if (!State.Running) refuse('attach-stopped');
    if (State.Paused) refuse('attach-paused');
    const left = Promise.withResolvers<number>();
    const detached = (): void => {
      attachment.detached?.();
      left.resolve(0);
    };
    this.#daemon.tellContainer(this.#daemon.containers.record(id), 'attach');
    const detach = attachTo(this.#daemon, id, { ...attachment, detached });
    try {
      return await Promise.race([this.wait(id), left.promise]);
    } finally {
      detach();
    }
  }

  logs(reference: string, { tail }: { tail?: number } = {}): LogEntry[] {
    const id = this.resolve(reference);
    if (!isLogged(this.#daemon, id)) refuse('log-unreadable');
    const entries = readLog(this.#daemon.process, id);
    return tail === undefined || tail < 0 ? entries : entries.slice(Math.max(0, entries.length - tail));
  }

  async followLogs(
    reference: string,
    visit: (entry: LogEntry) => void | Promise<void>,
    tail?: number,
  ): Promise<void> {
    const id = this.resolve(reference);
    for (const entry of this.logs(id, { tail })) await visit(entry);
    const live = this.#daemon.live.get(id);
    if (live !== undefined) await followLog(this.#daemon.process, id, live.ended, visit);
  }

  changes(reference: string): Change[] {
    const id = this.resolve(reference);
    const mount = this.#daemon.layers.mountOf(id) ?? refuse('no-such-container', reference);
    return this.#daemon.driver.changes(mount.mountId, mount.initId);
  }

  size(reference: string): ContainerSize {
    const id = this.resolve(reference);
    const mount = this.#daemon.layers.mountOf(id) ?? refuse('no-such-container', reference);
    const rw = this.#daemon.driver.usage(mount.mountId, mount.initId);
    const image = this.#daemon.images.get(this.#daemon.containers.peek(id)?.Image ?? '');
    const layers = this.#daemon.layers.stack(image && topLayer(image));
    return { rw, rootFs: rw + layers.reduce((sum, layer) => sum + layer.size, 0) };
  }

  commit(reference: string, options: CommitOptions = {}): string {
    return commitContainer(this.#daemon, this.resolve(reference), options);
  }

  top(reference: string): ReturnType<Containers['top']> {
    const id = this.resolve(reference);
    const record = this.#daemon.containers.record(id);
    if (!record.State.Running) refuse('container-not-running', id);
    if (record.State.Restarting) refuse('container-restarting', id);
    this.#daemon.tellContainer(record, 'top');
    return this.#processes(id).map((process) => ({
      pid: process.pid,
      ppid: process.ppid,
      user: process.cred.uid === 0 ? 'root' : String(process.cred.uid),
      startedAt: process.startedAt,
      command: process.argv.join(' '),
    }));
  }

  processes(reference: string): number {
    return this.#processes(this.resolve(reference)).length;
  }

  #processes(id: string): Process[] {
    return [...this.#daemon.kernel.processes.values()].filter(
      (process) => process.container?.id === id && process.nspid > 0,
    );
  }

  export(reference: string): Uint8Array[] {
    const id = this.resolve(reference);
    const pieces = exportContainer(this.#daemon, id);
    this.#daemon.tellContainer(this.#daemon.containers.record(id), 'export');
    return pieces;
  }

  withFiles<Result>(
    reference: string,
    use: (inside: Process) => Result,
    options: { write?: boolean } = {},
  ): Result {
    const id = this.resolve(reference);
    const live = this.#daemon.live.get(id);
    if (options.write && this.#daemon.containers.hostConfig(id).ReadonlyRootfs) refuse('read-only-rootfs');
    const result = live === undefined ? withStoppedFiles(this.#daemon, id, use) : use(live.sandbox.inside);
    const record = this.#daemon.containers.record(id);
    this.#daemon.tellContainer(record, options.write ? 'extract-to-dir' : 'archive-path');
    return result;
  }

  #summary(record: ContainerRecord): ContainerSummary {
    const asked = record.Config.Image;
    const same = findImage(this.#daemon.images, asked) === record.Image;
    return {
      id: record.ID,
      name: nameOf(record),
      image: same ? asked : shortId(record.Image),
      imageId: record.Image,
      command: [record.Path, ...record.Args.map(quoteArgument)].join(' '),
      created: parseTime(record.Created),
      state: shownState(record.State),
      status: statusText(record.State, this.#daemon.kernel.clock.now()),
      labels: record.Config.Labels ?? {},
      mounts: shownMounts(record),
      networks: Object.keys(record.NetworkSettings.Networks),
      ports: shownPorts(record),
      exposed: Object.keys(record.Config.ExposedPorts ?? {}),
    };
  }
}

/** Throws rename-bad-name. */
const checkNewName = (name: string): string => {
  try {
    return checkName(name);
  } catch (error) {
    return isEngineError(error, 'bad-container-name')
      ? refuse('rename-bad-name', name)
      : refuse('plain', String(error));
  }
};

const removalRefusal = ({ Paused, Restarting }: RecordState) => {
  if (Paused) return 'container-paused-removal';
  return Restarting ? 'container-restarting-removal' : 'container-running';
};

/** Docker quotes arguments that hold spaces. */
const quoteArgument = (argument: string): string => (argument.includes(' ') ? `'${argument}'` : argument);
