// The simulated kernel: filesystems, mounts, processes, clock and trace of one machine, and snapshots of them all.

import type { Child } from './child.ts';
import type { Clock } from './clock.ts';
import { type Cred, credentials, type Identity, ROOT } from './credentials.ts';
import { DiskFilesystem } from './disk-filesystem.ts';
import { createEpoch, type Epoch } from './epoch.ts';
import { FsError } from './errno.ts';
import type { FileSystem } from './filesystem.ts';
import { makedev } from './mode.ts';
import { type Mount, Namespace, type Spot } from './mount.ts';
import type { OpenFile } from './open-file.ts';
import { writable } from './open-flags.ts';
import { Pipe } from './pipe.ts';
import { Process, type ProcessState, type UtsNamespace } from './process.ts';
import type { Loader } from './program.ts';
import type { Random } from './random.ts';
import { Exited, type ExitStatus, Killed, shellStatus } from './signal.ts';
import { restoreKernel, type Snapshot, saveKernel } from './snapshot.ts';
import { Trace } from './trace.ts';
import { fileOf, Watchers } from './watchers.ts';

/** Makes a filesystem for mount(2): the instance, and the options that /proc/mounts shows. */
export type FilesystemType = (
  process: Process,
  options: string,
  source: string,
) => { readonly fs: FileSystem; readonly options: string };

export interface KernelOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly loader: Loader;
  /** By the name that mount -t takes. */
  readonly filesystemTypes: Readonly<Record<string, FilesystemType>>;
  /** Capacity of the root disk in bytes. */
  readonly diskSize?: number;
  readonly hostname?: string;
}

/** A state that is part of a snapshot. */
export interface Disk {
  save(): unknown;
  restore(saved: unknown): void;
}

const DISK_SIZE = 60 * 2 ** 30;

export class Kernel {
  readonly clock: Clock;
  readonly random: Random;
  readonly loader: Loader;
  readonly epoch: Epoch = createEpoch();
  readonly trace = new Trace();
  readonly bootedAt: bigint;
  readonly filesystemTypes: Readonly<Record<string, FilesystemType>>;
  /** The root disk. */
  readonly disk: DiskFilesystem;
  /** The namespace that the first process lives in. */
  readonly namespace: Namespace;
  readonly processes = new Map<number, Process>();
  readonly filesystems = new Set<FileSystem>();
  /** What lies on further disks, mounted or not: by device, or by the pool's name. */
  readonly disks = new Map<string, Disk>();
  /** The host's own name; containers have theirs. */
  readonly uts: UtsNamespace;
  /** The process whose call is running, or ran last. */
  current: Process | undefined;
  /** Lines of the kernel log, as dmesg shows them. */
  log: string[] = [];
  /** Grows with every change of any file: what was drawn at the same number is still right. */
  generation = 0;
  /** Whether any program was ever given capabilities: only then they are looked for. */
  hasFileCapabilities = false;
  /** Grows with every restore, after which any file may be another one. */
  restores = 0;
  readonly #children = new Map<number, Child>();
  readonly #services = new Map<string, () => object>();
  /** The buffers of named pipes, by file. */
  readonly fifos = new Map<string, Pipe>();
  /** Those who wait for a lock (flock(2)): told when one is given back. */
  readonly lockWaiters = new Set<() => void>();
  readonly #watchers = new Watchers();
  #nextPid = 1;
  #nextMount = 21;
  #nextDev = 30;

  constructor(options: KernelOptions) {
    this.clock = options.clock;
    this.bootedAt = options.clock.now();
    this.random = options.random;
    this.loader = options.loader;
    this.uts = { hostname: options.hostname ?? 'localhost' };
    this.filesystemTypes = options.filesystemTypes;
    const { clock, epoch } = this;
    this.disk = new DiskFilesystem({
      type: 'ext4',
      dev: makedev(254, 0),
      epoch,
      clock,
      size: options.diskSize ?? DISK_SIZE,
    });
    this.filesystems.add(this.disk);
    this.namespace = new Namespace(this.rootMount(this.disk, '/dev/vda', ''));
  }

  /** A mount of `fs` to be the root of a new namespace. */
  rootMount(fs: FileSystem, source: string, options: string): Mount {
    this.filesystems.add(fs);
    const { root, type, readOnly } = fs;
    return {
      id: this.nextMountId(),
      fs,
      root,
      source,
      type,
      readOnly,
      options,
      parent: undefined,
      at: root,
      covers: new Map(),
    };
  }

  /** What the next process, mount and filesystem without a disk will be numbered. */
  get numbers(): readonly [pid: number, mount: number, dev: number] {
    return [this.#nextPid, this.#nextMount, this.#nextDev];
  }

  set numbers([pid, mount, dev]) {
    this.#nextPid = pid;
    this.#nextMount = mount;
    this.#nextDev = dev;
  }

  nextMountId(): number {
    return this.#nextMount++;
  }

  /** A device number for a filesystem without a disk. */
  nextDev(): number {
    return makedev(0, this.#nextDev++);
  }

  /** Adds a line to the kernel log. */
  printk(line: string): void {
    this.log.push(line);
  }

  adopt(fs: FileSystem): void {
    this.filesystems.add(fs);
  }

  /** Forgets the filesystems that nothing mounts and nobody holds open any more. */
  dropUnusedFilesystems(): void {
    const used = new Set<FileSystem>([this.disk]);
    for (const { mounts } of this.namespaces()) for (const { fs } of mounts) used.add(fs);
    for (const { fds } of this.processes.values()) {
      for (const { spot, fifo } of fds.values()) {
        const held = (spot ?? fifo)?.mount.fs;
        if (held !== undefined) used.add(held);
      }
    }
    for (const fs of this.filesystems) if (!used.has(fs)) this.filesystems.delete(fs);
  }

  /** All mount namespaces that a process lives in. */
  namespaces(): Namespace[] {
    return [
      ...new Set([this.namespace, ...[...this.processes.values()].map((process) => process.namespace)]),
    ];
  }

  /** Whether a process stands in, or has a file open on, the mount. */
  isBusy(mount: Mount): boolean {
    for (const process of this.processes.values()) {
      if (process.cwd.mount === mount || process.root.mount === mount) return true;
      for (const file of process.fds.values()) if ((file.spot ?? file.fifo)?.mount === mount) return true;
    }
    return false;
  }

  /** The open files of a filesystem, by whatever mount. */
  filesOpenOn(fs: FileSystem): OpenFile[] {
    return [...this.processes.values()].flatMap(({ fds }) =>
      [...fds.values()].filter(({ spot }) => spot?.mount.fs === fs),
    );
  }

  /** Whether a process runs the program in this file: it may not be written to (open(2), ETXTBSY). */
  isExecuted({ mount, node }: Spot): boolean {
    for (const { text } of this.processes.values()) {
      if (text !== undefined && text.node === node && text.mount.fs === mount.fs) return true;
    }
    return false;
  }

  /** Whether somebody has the file open for writing: it may not be executed (execve(2), ETXTBSY). */
  isOpenForWriting({ mount, node }: Spot): boolean {
    for (const process of this.processes.values()) {
      for (const { spot, flags } of process.fds.values()) {
        if (spot !== undefined && spot.node === node && spot.mount.fs === mount.fs && writable(flags))
          return true;
      }
    }
    return false;
  }

  /** A process without a program: the one that the machine's own work runs in. */
  createInit(argv: readonly string[] = ['init'], who: Cred | Identity = ROOT): Process {
    const root = { mount: this.namespace.root, node: this.namespace.root.root };
    return this.newProcess(0, {
      argv,
      env: new Map(),
      cred: 'effective' in who ? who : credentials(who),
      mask: 0o022,
      root,
      cwd: root,
      namespace: this.namespace,
      pids: { next: 1 },
      uts: this.uts,
      container: undefined,
      terminal: undefined,
      group: this.#nextPid,
      foreground: true,
    });
  }

  newProcess(ppid: number, state: ProcessState): Process {
    const pid = this.#nextPid++;
    const process = new Process(this, pid, ppid, state);
    this.processes.set(pid, process);
    return process;
  }

  /** A new process under the number of one that has ended, for a snapshot that knew it. */
  again(ended: Process, state: ProcessState): Process {
    const process = new Process(this, ended.pid, ended.ppid, state, ended.nspid);
    this.processes.set(ended.pid, process);
    return process;
  }

  /** Runs a process to its end. It starts at once; `exited` is told when it is over. */
  run(process: Process, start: () => number | Promise<number>): Child {
    const child = { pid: process.pid, process, exited: this.#live(process, start) };
    if (this.processes.has(process.pid)) this.#children.set(process.pid, child);
    return child;
  }

  async #live(process: Process, start: () => number | Promise<number>): Promise<ExitStatus> {
    let status: ExitStatus;
    try {
      status = { code: (await Promise.race([start(), deathOf(process)])) & 0xff };
      if (process.killed !== undefined) status = { code: 0, signal: process.killed };
    } catch (error) {
      status = await endOf(process, error);
    }
    if (this.processes.get(process.pid) === process) {
      this.trace.actor = process;
      const signal = status.signal === undefined ? {} : { signal: status.signal };
      this.trace.emit({ kind: 'exit', status: shellStatus(status), ...signal });
      this.forget(process);
    }
    return status;
  }

  /** The running process of that number, with the promise of its end. */
  child(pid: number): Child | undefined {
    return this.#children.get(pid);
  }

  /** Takes a process away: its descriptors are closed, its number is free. */
  forget(process: Process): void {
    this.processes.delete(process.pid);
    this.#children.delete(process.pid);
    process.closeAll();
    this.dropUnusedFilesystems();
  }

  /** The processes that kill(2) means by `pid`, as numbered in the caller's pid namespace; negative for a group. */
  findProcesses(from: Process, pid: number): Process[] {
    const seen = [...this.processes.values()].filter(
      (process) => from.container === undefined || process.pids === from.pids,
    );
    const number = (process: Process): number => (from.container === undefined ? process.pid : process.nspid);
    if (pid > 0) return seen.filter((process) => number(process) === pid);
    if (pid === -1) return seen.filter((process) => number(process) !== 1 && process !== from);
    const group = pid === 0 ? from.group : -pid;
    return seen.filter((process) => process.group === group);
  }

  /** The buffer of a named pipe, the same for all who have it open. */
  fifo(spot: Spot): Pipe {
    const key = keyOf(spot);
    const known = this.fifos.get(key);
    if (known !== undefined && known.readers + known.writers > 0) return known;
    const pipe = new Pipe(true);
    this.fifos.set(key, pipe);
    return pipe;
  }

  /** Puts a service behind a socket. */
  serve(spot: Spot, service: () => object): void {
    this.#services.set(keyOf(spot), service);
  }

  serviceAt(spot: Spot): object | undefined {
    return this.#services.get(keyOf(spot))?.();
  }

  /** Calls `notify` at every change of a file; returns what forgets it. */
  onChange(spot: Spot, notify: () => void): () => void {
    return this.#watchers.add(spot, notify);
  }

  /** A file has changed: whoever watches it is told. */
  changed(spot: Spot): void {
    this.generation++;
    this.#watchers.tell(spot);
  }

  /** The whole machine at this moment, in a time that does not depend on how many files it has. */
  snapshot(): Snapshot {
    return saveKernel(this);
  }

  /** Goes back (or forward) to a snapshot; processes that it knows and that have ended start again. */
  restore(snapshot: Snapshot): void {
    restoreKernel(this, snapshot);
    this.generation++;
    this.restores++;
  }
}

const keyOf = (spot: Spot): string => `${spot.mount.fs.dev}:${fileOf(spot)}`;

/**
 * Rejects when a signal has ended the process. A program that waits in a call ends by itself, and tidies up first;
 * one that waits for a promise of its own (its children, the daemon) would not: it is not waited for.
 */
const deathOf = (process: Process): Promise<never> =>
  new Promise((_resolve, reject) => {
    process.deathListener = () => {
      setImmediate(() => setImmediate(() => reject(new Killed(process.killed ?? 'SIGKILL'))));
    };
  });

/** The exit status for what a program threw. A thrown surprise is a bug of cowsh, and is said to be one. */
const endOf = async (process: Process, error: unknown): Promise<ExitStatus> => {
  if (process.killed !== undefined) return { code: 0, signal: process.killed };
  if (error instanceof Exited) return { code: error.code & 0xff };
  const text =
    error instanceof FsError
      ? `${error.call}: ${error.path}: ${error.message}`
      : String((error as Error)?.stack ?? error);
  try {
    if (process.fds.has(2))
      await process.write(2, new TextEncoder().encode(`${process.argv[0] ?? '?'}: cowsh bug: ${text}\n`));
  } catch {
    // Its standard error is gone too: there is nobody left to tell.
  }
  return { code: 70 };
};
