// A snapshot of the kernel: the saved roots of all filesystems, the mounts, and what each process holds.
// It shares everything with the running machine; the epoch's end makes later changes copy what they touch.

import type { FileSystem } from './filesystem.ts';
import type { Disk, Kernel } from './kernel.ts';
import type { Mount, Namespace } from './mount.ts';
import type { OpenFile } from './open-file.ts';
import { type Pipe, PipeEnd, type SavedPipe } from './pipe.ts';
import type { PidNamespace, Process, ProcessState } from './process.ts';
import type { NodeId } from './stat.ts';

interface SavedProcess {
  readonly process: Process;
  readonly state: ProcessState;
  readonly fds: ReadonlyMap<number, { file: OpenFile; position: number; flags: number }>;
  readonly closeOnExec: ReadonlySet<number>;
}

/** What of a mount can change: its flags, its place, its peers. */
type MountState = Pick<Mount, 'readOnly' | 'options' | 'parent' | 'at' | 'group' | 'master' | 'unbindable'>;

interface SavedMount {
  readonly mount: Mount;
  readonly state: MountState;
}

const saveMount = (mount: Mount): SavedMount => {
  const { readOnly, options, parent, at, group, master, unbindable = false } = mount;
  return { mount, state: { readOnly, options, parent, at, group, master, unbindable } };
};

export interface Snapshot {
  readonly filesystems: ReadonlyMap<FileSystem, unknown>;
  readonly disks: ReadonlyMap<string, { readonly disk: Disk; readonly saved: unknown }>;
  readonly namespaces: ReadonlyMap<Namespace, readonly Mount[]>;
  readonly processes: readonly SavedProcess[];
  readonly pipes: ReadonlyMap<Pipe, SavedPipe>;
  readonly fifos: ReadonlyMap<string, Pipe>;
  readonly random: number;
  readonly numbers: Kernel['numbers'];
  readonly pids: ReadonlyMap<PidNamespace, number>;
  readonly mounts: readonly SavedMount[];
  readonly sealed: ReadonlyMap<FileSystem, boolean>;
  readonly hostname: string;
  readonly log: readonly string[];
}

export const saveKernel = (kernel: Kernel): Snapshot => {
  const snapshot: Snapshot = {
    filesystems: new Map([...kernel.filesystems].map((fs) => [fs, fs.save()])),
    disks: new Map([...kernel.disks].map(([name, disk]) => [name, { disk, saved: disk.save() }])),
    namespaces: new Map(kernel.namespaces().map((namespace) => [namespace, namespace.save()])),
    processes: [...kernel.processes.values()].map(saveProcess),
    pipes: savePipes(kernel),
    fifos: new Map(kernel.fifos),
    random: kernel.random.state,
    numbers: kernel.numbers,
    pids: new Map([...kernel.processes.values()].map(({ pids }) => [pids, pids.next])),
    mounts: kernel.namespaces().flatMap(({ mounts }) => mounts.map(saveMount)),
    sealed: new Map([...kernel.filesystems].map((fs) => [fs, fs.sealed === true])),
    hostname: kernel.uts.hostname,
    log: kernel.log.slice(),
  };
  kernel.epoch.now++;
  return snapshot;
};

/** The pipes that somebody has an end of. */
const savePipes = (kernel: Kernel): Map<Pipe, SavedPipe> => {
  const pipes = new Map<Pipe, SavedPipe>();
  for (const { fds } of kernel.processes.values())
    for (const file of fds.values()) if (file instanceof PipeEnd) pipes.set(file.pipe, file.pipe.save());
  return pipes;
};

/** The ends are those of the processes that come back. */
const restorePipes = (kernel: Kernel, { pipes, fifos, processes }: Snapshot): void => {
  kernel.fifos.clear();
  for (const [key, pipe] of fifos) kernel.fifos.set(key, pipe);
  const open = processes
    .filter((saved) => isThere(kernel, saved) || mayRevive(saved))
    .flatMap(({ fds }) => [...fds.values()].map(({ file }) => file));
  const ends = [...new Set(open)].filter((file) => file instanceof PipeEnd);
  for (const [pipe, saved] of pipes) {
    const own = ends.filter((end) => end.pipe === pipe);
    pipe.restore(saved, own);
  }
};

const saveProcess = (process: Process): SavedProcess => ({
  process,
  state: process.inherited(),
  fds: new Map(
    [...process.fds].map(([fd, file]) => [fd, { file, position: file.position, flags: file.flags }]),
  ),
  closeOnExec: new Set(process.closeOnExec),
});

export const restoreKernel = (kernel: Kernel, snapshot: Snapshot): void => {
  const kept = new Set(snapshot.processes.map(({ process }) => process));
  for (const process of [...kernel.processes.values()]) {
    if (kept.has(process)) continue;
    process.raise('SIGKILL');
    kernel.forget(process);
  }
  kernel.filesystems.clear();
  for (const [fs, saved] of snapshot.filesystems) {
    kernel.filesystems.add(fs);
    fs.restore(saved);
  }
  kernel.disks.clear();
  for (const [name, { disk, saved }] of snapshot.disks) {
    kernel.disks.set(name, disk);
    disk.restore(saved);
  }
  for (const { mount, state } of snapshot.mounts) Object.assign(mount, state);
  for (const [fs, sealed] of snapshot.sealed) if (sealed !== (fs.sealed === true)) fs.sealed = sealed;
  for (const [namespace, mounts] of snapshot.namespaces) namespace.restore(mounts);
  kernel.epoch.now++;
  kernel.random.state = snapshot.random;
  kernel.numbers = snapshot.numbers;
  for (const [pids, next] of snapshot.pids) pids.next = next;
  kernel.uts.hostname = snapshot.hostname;
  kernel.log = [...snapshot.log];
  restorePipes(kernel, snapshot);
  for (const saved of snapshot.processes) restoreProcess(kernel, saved);
};

const isThere = (kernel: Kernel, { process }: SavedProcess): boolean =>
  kernel.processes.get(process.pid) === process && process.killed === undefined;

const mayRevive = ({ process, state }: SavedProcess): boolean =>
  process.image !== undefined && (state.terminal === undefined || !state.foreground);

const restoreProcess = (kernel: Kernel, saved: SavedProcess): void => {
  const { process, state } = saved;
  if (isThere(kernel, saved)) {
    Object.assign(process, { ...state, env: new Map(state.env) });
    restoreDescriptors(process, saved);
    return;
  }
  revive(kernel, saved);
};

/**
 * A process that has ended since starts again from its program's beginning, under its old number.
 * Only what runs a program in the background can: a subshell stays away, and so does what had the terminal
 * to itself, for whoever waited for it has gone on.
 */
const revive = (kernel: Kernel, saved: SavedProcess): void => {
  const { image } = saved.process;
  if (image === undefined || !mayRevive(saved)) return;
  const process = kernel.again(saved.process, { ...saved.state, env: new Map(saved.state.env) });
  restoreDescriptors(process, saved);
  process.ignoreAs(saved.process);
  process.image = image;
  kernel.run(process, () => image.program(process, process.argv));
};

/** The filesystems' own counts of holders came back with them: only the descriptions' counts are set here. */
const restoreDescriptors = (process: Process, saved: SavedProcess): void => {
  for (const file of process.fds.values()) file.references--;
  process.fds.clear();
  process.closeOnExec.clear();
  for (const [fd, { file, position, flags }] of saved.fds) {
    file.references++;
    file.position = position;
    file.flags = flags;
    process.fds.set(fd, file);
  }
  for (const fd of saved.closeOnExec) process.closeOnExec.add(fd);
};

/**
 * The files that differ between two snapshots, by filesystem: new, changed and removed ones. It costs as much as
 * they differ. Filesystems that only one of the two knows are left out.
 */
export const changedFiles = (before: Snapshot, after: Snapshot): Map<FileSystem, NodeId[]> => {
  const changed = new Map<FileSystem, NodeId[]>();
  for (const [fs, saved] of after.filesystems) {
    if (!before.filesystems.has(fs)) continue;
    const nodes = fs.changes?.(before.filesystems.get(fs), saved) ?? [];
    if (nodes.length > 0) changed.set(fs, nodes);
  }
  return changed;
};
