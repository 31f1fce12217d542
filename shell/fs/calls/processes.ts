// Calls about processes: fork(2), execve(2), kill(2), waiting.

import { CAP_KILL } from '../capability.ts';
import type { Child, SpawnOptions } from '../child.ts';
import { afterExec, type FileCapabilities, withIdentity } from '../credential-changes.ts';
import { type Cred, capable, type Identity, X_OK } from '../credentials.ts';
import { fail } from '../errno.ts';
import { CAPABILITY_ATTRIBUTE, readFileCapabilities } from '../file-capabilities.ts';
import { checkProcesses } from '../limits.ts';
import { loading } from '../loading.ts';
import { isRegular } from '../mode.ts';
import type { Spot } from '../mount.ts';
import { forbids } from '../mount-options.ts';
import type { Process } from '../process.ts';
import { type Program, readExecutable } from '../program.ts';
import type { Signal } from '../signal.ts';
import { walk } from '../walk.ts';
import { needAccess } from './place.ts';

/** Runs `body` in a copy of this process that shares its open file descriptions: a subshell. */
export const fork = (
  process: Process,
  body: (child: Process) => number | Promise<number>,
  options: SpawnOptions = {},
): Child => {
  const child = newChild(process, options, process.argv);
  return process.kernel.run(child, () => body(child));
};

/**
 * Starts the program in the file `path` with `argv` in a new process.
 * Throws ENOENT, EACCES, ENOEXEC (text without '#!', which shells run themselves), ELOOP.
 */
export const spawn = (
  process: Process,
  path: string,
  argv: readonly string[],
  options: SpawnOptions = {},
): Child => {
  const child = newChild(process, options, argv);
  try {
    const start = execute(child, path, argv);
    for (const fd of child.closeOnExec) child.close(fd);
    return process.kernel.run(child, start);
  } catch (error) {
    process.kernel.forget(child);
    throw error;
  }
};

/** Becomes another program: the promise gives its exit status, which the caller exits with. Throws as `spawn`. */
export const exec = (
  process: Process,
  path: string,
  argv: readonly string[],
  env?: ReadonlyMap<string, string>,
): Promise<number> => {
  const start = execute(process, path, argv);
  if (env !== undefined) process.env = new Map(env);
  process.forgetHandlers();
  for (const fd of [...process.closeOnExec]) process.close(fd);
  return Promise.resolve(start());
};

/** The machine's: a fork bomb finds its end in it. */
const PROCESS_LIMIT = 1000;

const newChild = (process: Process, options: SpawnOptions, argv: readonly string[]): Process => {
  if (process.kernel.processes.size >= PROCESS_LIMIT) fail('EAGAIN');
  checkProcesses(process);
  const state = process.inherited();
  state.argv = argv;
  if (options.env !== undefined) state.env = new Map(options.env);
  if (options.cred !== undefined) state.cred = credentialsFor(process, options.cred);
  if (options.umask !== undefined) state.mask = options.umask;
  if (options.namespace !== undefined) state.namespace = options.namespace;
  if (options.pids !== undefined) state.pids = options.pids;
  if (options.uts !== undefined) state.uts = options.uts;
  if (options.container !== undefined) state.container = options.container;
  if ('terminal' in options) state.terminal = options.terminal;
  if (options.foreground !== undefined) state.foreground = options.foreground;
  if (options.limits !== undefined) state.limits = options.limits;
  if (options.root !== undefined) state.root = state.cwd = options.root;
  const child = process.kernel.newProcess(process.pid, state);
  child.ignoreAs(process, options.defaultSignals);
  if (options.newGroup) child.group = child.pid;
  // Whoever gets a terminal, or a container, has led a session before (setsid(2)).
  if ('terminal' in options || options.container !== undefined) child.session = child.pid;
  inheritDescriptors(process, child, options.fds);
  for (const [fd, file] of Object.entries(options.files ?? {})) {
    file.references++;
    child.fds.set(Number(fd), file);
  }
  try {
    if (options.cwd !== undefined) child.chdir(options.cwd);
  } catch (error) {
    process.kernel.forget(child);
    throw error;
  }
  return child;
};

const credentialsFor = (process: Process, asked: Cred | Identity): Cred =>
  'effective' in asked ? asked : withIdentity(process.cred, asked);

const inheritDescriptors = (process: Process, child: Process, fds: SpawnOptions['fds']): void => {
  const pairs: Iterable<[number, number]> =
    fds === undefined
      ? process.fds.keys().map((fd): [number, number] => [fd, fd])
      : Object.entries(fds).map(([to, from]): [number, number] => [Number(to), from]);
  for (const [to, from] of pairs) {
    const file = process.file(from);
    file.references++;
    child.fds.set(to, file);
    if (fds === undefined && process.closeOnExec.has(from)) child.closeOnExec.add(to);
  }
};

const HEAD = 256;
const COMM_LENGTH = 15;
const SCRIPT_DEPTH = 4;

/** Finds the program in a file and gives what starts it; scripts start their interpreter (execve(2)). */
const execute = (
  process: Process,
  path: string,
  argv: readonly string[],
  depth = 0,
  name = path,
): (() => number | Promise<number>) => {
  const spot = walk(process, path);
  const { fs } = spot.mount;
  if (!isRegular(fs.inode(spot.node).mode)) fail('EACCES');
  if (forbids(spot.mount, 'noexec')) fail('EACCES');
  needAccess(process, spot, X_OK);
  if (process.kernel.isOpenForWriting(spot)) fail('ETXTBSY');
  fs.open(spot.node, 0);
  const found = readExecutable(fs.read(spot.node, 0, HEAD));
  if (found.kind === 'unknown') fail('ENOEXEC');
  process.kernel.trace.emit({ kind: 'exec', path, argv });
  if (found.kind === 'script') {
    if (depth >= SCRIPT_DEPTH) fail('ELOOP');
    const before = found.argument === undefined ? [found.interpreter] : [found.interpreter, found.argument];
    return execute(process, found.interpreter, [...before, path, ...argv.slice(1)], depth + 1, name);
  }
  const capabilities = process.kernel.hasFileCapabilities ? capabilitiesOf(spot) : undefined;
  process.cred = afterExec(process.cred, capabilities);
  process.argv = argv;
  process.text = spot;
  process.comm = name.slice(name.lastIndexOf('/') + 1).slice(0, COMM_LENGTH);
  return () => startProgram(process, path, found.kind === 'program' ? found.name : '');
};

const capabilitiesOf = ({ mount, node }: Spot): FileCapabilities | undefined => {
  const value = forbids(mount, 'nosuid') ? undefined : mount.fs.getxattr(node, CAPABILITY_ATTRIBUTE);
  return value === undefined ? undefined : readFileCapabilities(value);
};

const startProgram = (process: Process, path: string, name: string): number | Promise<number> => {
  const loaded = process.kernel.loader(name);
  const begin = (program: Program): number | Promise<number> => {
    process.image = { path, program };
    return program(process, process.argv);
  };
  if (loaded === undefined) return notSimulated(process);
  return loaded instanceof Promise ? loading(loaded).then(begin) : begin(loaded);
};

const notSimulated = async (process: Process): Promise<number> => {
  const advice = process.container === undefined ? "; 'help cowsh' lists those that it has" : '';
  const text = `${process.argv[0] ?? 'program'}: cowsh does not simulate this program${advice}\n`;
  if (process.fds.has(2)) await process.write(2, new TextEncoder().encode(text));
  return 126;
};

/** Sends a signal; ESRCH when there is no such process, EPERM when it is somebody else's. A negative pid means a group. */
export const kill = (process: Process, pid: number, signal: Signal | 0): void => {
  const targets = process.kernel.findProcesses(process, pid);
  if (targets.length === 0) fail('ESRCH');
  const anybody = capable(process.cred, CAP_KILL);
  const allowed = targets.filter((target) => anybody || process.cred.uid === target.cred.uid);
  if (allowed.length === 0) fail('EPERM');
  if (signal === 0) return;
  const isForced = signal === 'SIGKILL' || signal === 'SIGSTOP';
  for (const target of allowed) {
    // The first process of a pid namespace cannot be ended from inside it (pid_namespaces(7)).
    if (isForced && target.isInit && target.pids === process.pids) continue;
    target.raise(signal);
  }
};

/** Sets how nice a process is, within -20 and 19 (setpriority(2)). ESRCH; EPERM when it is somebody else's; EACCES. */
export const setPriority = (process: Process, pid: number, nice: number): void => {
  const [target] = pid === 0 ? [process] : process.kernel.findProcesses(process, pid);
  if (target === undefined) fail('ESRCH');
  if (process.cred.uid !== 0 && process.cred.uid !== target.cred.uid) fail('EPERM');
  const wanted = Math.max(-20, Math.min(19, nice));
  if (wanted < target.nice && process.cred.uid !== 0) fail('EACCES');
  target.nice = wanted;
};

/** Waits on the machine's clock. */
export const sleep = (process: Process, ms: number): Promise<void> =>
  process.block((done) => process.kernel.clock.after(ms, () => done(undefined), process.foreground));

/** The next change of the open file: written, truncated, renamed, its attributes set (inotify(7)). */
export const watch = (process: Process, fd: number): Promise<void> => {
  const { spot } = process.file(fd);
  return process.block((done) =>
    spot === undefined ? () => {} : process.kernel.onChange(spot, () => done(undefined)),
  );
};
