// A process: its credentials, place, descriptors and signals. Its calls are in the table of calls/index.ts.

import type { Cred } from './credentials.ts';
import { Descriptors } from './descriptors.ts';
import { FsError, fail } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { hostLimits, type Limits } from './limits.ts';
import type { Namespace, Spot } from './mount.ts';
import type { OpenFile } from './open-file.ts';
import type { Program } from './program.ts';
import { defaultAction, Killed, type Signal } from './signal.ts';
import type { ContainerTag } from './trace.ts';
import type { Tty } from './tty.ts';

/** Something that /dev/tty can stand for. */
export interface Terminal {
  open(path: string, flags: number): OpenFile;
}

/** A UTS namespace (uts_namespaces(7)): what hostname(1) tells. */
export interface UtsNamespace {
  hostname: string;
}

/** What a child starts with. */
export interface ProcessState {
  argv: readonly string[];
  env: Map<string, string>;
  cred: Cred;
  mask: number;
  root: Spot;
  cwd: Spot;
  namespace: Namespace;
  pids: PidNamespace;
  uts: UtsNamespace;
  container: ContainerTag | undefined;
  terminal: Terminal | undefined;
  /** The process group: Ctrl-C goes to a whole one. */
  group: number;
  /** Headless time moves on only for processes in the foreground. */
  foreground: boolean;
  /** Those of the host when left out. */
  limits?: Limits;
  /** The session: the number of the process that leads it. A process of its own session when left out. */
  session?: number;
  /** -20 to 19; 0 when left out. */
  nice?: number;
  /** The name of the file that it executes; empty for one that has executed none. */
  comm?: string;
}

/** A pid namespace (pid_namespaces(7)): its own numbers, from 1. */
export interface PidNamespace {
  next: number;
  /** How many may run at once: pids.max of the control group that goes with it. */
  limit?: number | undefined;
}

export type SignalHandler = ((signal: Signal) => void) | 'ignore' | 'default';

const SLICE_MS = 15;

// One slice for all processes: were it one each, a thousand of them would keep the event loop for seconds.
let sliceEnd = 0;
let waitingForTurn: (() => void)[] = [];

/** Of a clock that only goes forward. To name `performance` would load a module of Node's, which takes milliseconds. */
const milliseconds = (): number => {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
};

/** Calls `go` in the next turn of the event loop, with all others that wait for it. */
const nextTurn = (go: () => void): void => {
  if (waitingForTurn.push(go) > 1) return;
  setImmediate(() => {
    sliceEnd = milliseconds() + SLICE_MS;
    const turn = waitingForTurn;
    waitingForTurn = [];
    for (const next of turn) next();
  });
};

/** Its calls are put on the prototype from their table. */
export class Process {
  readonly kernel: Kernel;
  readonly pid: number;
  readonly ppid: number;
  /** The pid within its own pid namespace: what $$ and ps show there. */
  readonly nspid: number;
  argv: readonly string[];
  env: Map<string, string>;
  cred: Cred;
  mask: number;
  root: Spot;
  cwd: Spot;
  namespace: Namespace;
  readonly pids: PidNamespace;
  uts: UtsNamespace;
  container: ContainerTag | undefined;
  terminal: Terminal | undefined;
  group: number;
  foreground: boolean;
  limits: Limits;
  session: number;
  /** Told and inherited; all processes are scheduled alike. */
  nice: number;
  /** What /proc/PID/comm tells (TASK_COMM_LEN): "" before its first execve(2). */
  comm: string;
  readonly fds = new Descriptors();
  readonly closeOnExec = new Set<number>();
  /** The program it runs, by which a restored snapshot starts it again. */
  image: { readonly path: string; readonly program: Program } | undefined;
  /** The file that it executes: nobody may write to it meanwhile. */
  text: Spot | undefined;
  /** Set once a signal has ended it: every further call throws. */
  killed: Signal | undefined;
  /** True between SIGSTOP and SIGCONT. */
  stopped = false;
  /** Told when a signal stops it: a shell with job control waits for that too. */
  stopListener: (() => void) | undefined;
  startedAt: bigint;
  /** Told when a signal has ended the process; the kernel's. */
  deathListener: (() => void) | undefined;
  readonly #handlers = new Map<Signal, SignalHandler>();
  readonly #blocked = new Set<(reason: Error) => void>();
  #resume: (() => void)[] = [];

  constructor(kernel: Kernel, pid: number, ppid: number, state: ProcessState, nspid = state.pids.next++) {
    this.kernel = kernel;
    this.pid = pid;
    this.ppid = ppid;
    this.nspid = nspid;
    this.argv = state.argv;
    this.env = state.env;
    this.cred = state.cred;
    this.mask = state.mask;
    this.root = state.root;
    this.cwd = state.cwd;
    this.namespace = state.namespace;
    this.pids = state.pids;
    this.uts = state.uts;
    this.container = state.container;
    this.terminal = state.terminal;
    this.group = state.group;
    this.foreground = state.foreground;
    this.limits = state.limits ?? hostLimits;
    this.session = state.session ?? pid;
    this.nice = state.nice ?? 0;
    this.comm = state.comm ?? '';
    this.startedAt = kernel.clock.now();
  }

  /** True for the first process of a container: signals it has no handler for do nothing to it. */
  get isInit(): boolean {
    return this.nspid === 1 && this.container !== undefined;
  }

  /** The description behind a descriptor. Throws EBADF. */
  file(fd: number): OpenFile {
    return this.fds.get(fd) ?? fail('EBADF');
  }

  /** The terminal behind a descriptor, or undefined (isatty(3)). */
  tty(fd: number): Tty | undefined {
    return this.fds.get(fd)?.tty;
  }

  /** Gives `file` the lowest free descriptor from `least` on. */
  install(file: OpenFile, least = 0): number {
    const fd = this.fds.free(least);
    if (fd >= this.limits.nofile.soft) fail('EMFILE');
    file.references++;
    this.fds.set(fd, file);
    return fd;
  }

  /** One descriptor fewer; the last one closes the description. */
  drop(file: OpenFile): void {
    if (--file.references > 0) return;
    file.close();
    if (file.lock === undefined) return;
    delete file.lock;
    for (const check of [...this.kernel.lockWaiters]) check();
  }

  closeAll(): void {
    for (const file of this.fds.values()) this.drop(file);
    this.fds.clear();
  }

  /** Says what a signal does to this process; SIGKILL and SIGSTOP cannot be changed. */
  onSignal(signal: Signal, handler: SignalHandler): void {
    if (handler === 'default') this.#handlers.delete(signal);
    else this.#handlers.set(signal, handler);
  }

  /** As after fork(2): what the parent ignores is ignored, but for `except`; all else is as usual. */
  ignoreAs(parent: Process, except: readonly Signal[] = []): void {
    for (const [signal, handler] of parent.#handlers)
      if (handler === 'ignore' && !except.includes(signal)) this.#handlers.set(signal, handler);
  }

  /** As after execve(2): handlers are gone, ignored signals stay ignored. */
  forgetHandlers(): void {
    for (const [signal, handler] of this.#handlers) if (handler !== 'ignore') this.#handlers.delete(signal);
  }

  signalHandler(signal: Signal): SignalHandler {
    return this.#handlers.get(signal) ?? 'default';
  }

  /** Delivers a signal. */
  raise(signal: Signal): void {
    const catchable = signal !== 'SIGKILL' && signal !== 'SIGSTOP';
    const handler = catchable ? this.signalHandler(signal) : 'default';
    if (signal === 'SIGCONT') this.#continue();
    if (handler === 'ignore') return;
    if (handler !== 'default') {
      this.#interrupt(new FsError('EINTR'));
      handler(signal);
      return;
    }
    if (catchable && this.isInit) return;
    const action = defaultAction(signal);
    if (action === 'terminate') this.#end(signal);
    if (action !== 'stop') return;
    this.stopped = true;
    this.stopListener?.();
  }

  /** Throws when a signal has ended the process; long loops that make no calls ask from time to time. */
  checkpoint(): void {
    if (this.killed !== undefined) throw new Killed(this.killed);
  }

  /**
   * Lets others run and signals arrive: every so often a promise that long loops await, else undefined.
   */
  breathe(): Promise<void> | undefined {
    this.checkpoint();
    if (this.stopped) return this.#untilContinued();
    const now = milliseconds();
    if (now < sliceEnd) return undefined;
    if (this.foreground) this.kernel.clock.running();
    return new Promise((resolve, reject) => {
      nextTurn(() => (this.killed === undefined ? resolve() : reject(new Killed(this.killed))));
    });
  }

  /**
   * Waits: `start` arranges for `done` to be called later and returns what cancels that.
   * A signal that ends the process, or that it handles, ends the wait with an error.
   */
  async block<T>(start: (done: (value: T) => void) => () => void): Promise<T> {
    this.checkpoint();
    const value = await new Promise<T>((resolve, reject) => {
      const finish = (): void => {
        this.#blocked.delete(abort);
        cancel();
      };
      const abort = (reason: Error): void => {
        finish();
        reject(reason);
      };
      const cancel = start((result) => {
        if (!this.#blocked.has(abort)) return;
        finish();
        resolve(result);
      });
      this.#blocked.add(abort);
    });
    if (this.stopped) await this.#untilContinued();
    this.checkpoint();
    return value;
  }

  /** What a child of this process starts with. */
  inherited(): ProcessState {
    return {
      argv: this.argv,
      env: new Map(this.env),
      cred: this.cred,
      mask: this.mask,
      root: this.root,
      cwd: this.cwd,
      namespace: this.namespace,
      pids: this.pids,
      uts: this.uts,
      container: this.container,
      terminal: this.terminal,
      group: this.group,
      foreground: this.foreground,
      limits: this.limits,
      session: this.session,
      nice: this.nice,
      comm: this.comm,
    };
  }

  #end(signal: Signal): void {
    if (this.killed !== undefined) return;
    this.killed = signal;
    this.#continue();
    this.#interrupt(new Killed(signal));
    this.deathListener?.();
  }

  #interrupt(reason: Error): void {
    for (const abort of [...this.#blocked]) abort(reason);
  }

  #continue(): void {
    this.stopped = false;
    const waiting = this.#resume;
    this.#resume = [];
    for (const resume of waiting) resume();
  }

  async #untilContinued(): Promise<void> {
    while (this.stopped) await new Promise<void>((resolve) => this.#resume.push(resolve));
    this.checkpoint();
  }
}

export type { Program } from './program.ts';
