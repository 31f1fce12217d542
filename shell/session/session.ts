// A machine with somebody at its terminal: the login shell of `learner`, its keys and its screen.

import type { EngineApi } from '../engine/engine.ts';
import type { DriverName } from '../engine/storage/driver-names.ts';
import type { Views } from '../engine/views.ts';
import type { Clock } from '../fs/clock.ts';
import { encodeName } from '../fs/name.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { shellStatus } from '../fs/signal.ts';
import type { TraceEvent } from '../fs/trace.ts';
import { Tty } from '../fs/tty.ts';
import { learner } from '../images/host.ts';
import { type PromptEvent, promptBoard } from '../interp/prompt-board.ts';
import type { ShellState } from '../interp/shell-state.ts';
import type { ImageFile } from '../machine/image-files.ts';
import { dockerHost } from '../machine/late-docker-host.ts';
import { createMachine, type Machine, type MachineSnapshot } from '../machine/machine.ts';

export interface SessionOptions {
  /** A machine of one's own; else a fresh one on the real clock. */
  readonly machine?: Machine;
  readonly clock?: Clock;
  readonly seed?: number;
  readonly storageDriver?: DriverName;
  readonly load?: readonly ImageFile[];
  /** Commands of former sessions, the oldest first. */
  readonly history?: readonly string[];
  readonly columns: number;
  readonly rows: number;
}

/** A line that was accepted at a prompt, and the next prompt after it: of the login shell or one started inside it. */
export type CommandEvent =
  /** `remembered`: it went into the login shell's history. */
  | { readonly kind: 'begin'; readonly line: string; readonly remembered: boolean }
  | { readonly kind: 'end'; readonly status: number };

/** Where a shell waits for a line. */
export interface PromptPlace {
  /** How many shells deep: 0 for the login shell. */
  readonly depth: number;
  /** The container it runs in. */
  readonly container: Process['container'];
  /** More lines are wanted for an unfinished command (PS2). */
  readonly continued: boolean;
}

export interface SessionSnapshot {
  readonly machine: MachineSnapshot;
  readonly shells: ReadonlyMap<number, ShellState>;
  readonly foreground: number;
}

export interface Session {
  readonly machine: Machine;
  readonly engine: EngineApi;
  readonly views: Views;
  /** Names of the images that were loaded from outside. */
  readonly loaded: readonly string[];
  /** Bytes from the keyboard. */
  input(bytes: Uint8Array): void;
  /** Bytes for the screen; a promise holds the writer back. Returns what ends the listening. */
  onOutput(listener: (bytes: Uint8Array) => void | Promise<void>): () => void;
  onTrace(listener: (event: TraceEvent) => void): () => void;
  onCommand(listener: (event: CommandEvent) => void): () => void;
  resize(columns: number, rows: number): void;
  /** Where a shell waits for a line now; undefined while a command runs. */
  place(): PromptPlace | undefined;
  /** Settles when a shell waits for a line; at once if one does. */
  atPrompt(): Promise<PromptPlace>;
  /** Types a command line and Enter; settles with its status at the next prompt. */
  run(line: string): Promise<number>;
  /** The whole machine with its shells' states, to be taken at a prompt. */
  snapshot(): SessionSnapshot;
  /** Back to a snapshot; the shell shows a fresh prompt. */
  restore(snapshot: SessionSnapshot): void;
  /** The pieces of an archive of one image, as `docker save` writes it. Throws ImageFileError. */
  saveImage(image: string): Uint8Array[];
  /** The login shell's exit status. */
  readonly exited: Promise<number>;
  /** Hangs the terminal up. */
  close(): void;
}

const environment: ReadonlyMap<string, string> = new Map([
  ['HOME', learner.home],
  ['LANG', 'C.UTF-8'],
  ['LOGNAME', learner.name],
  [
    'PATH',
    '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/games:/usr/local/games:/snap/bin',
  ],
  ['PWD', learner.home],
  ['SHELL', learner.shell],
  ['TERM', 'xterm-256color'],
  ['USER', learner.name],
]);

/** Logs `learner` in on a terminal of that size. */
export const createSession = (options: SessionOptions): Session => new TerminalSession(options);

class TerminalSession implements Session {
  readonly machine: Machine;
  readonly exited: Promise<number>;
  readonly #tty: Tty;
  readonly #commands = new Set<(event: CommandEvent) => void>();
  readonly #waiting = new Set<(place: PromptPlace) => void>();
  readonly #traced = new Set<() => void>();
  readonly #unsubscribe: () => void;
  #shells: Process[] = [];
  #place: PromptPlace | undefined;
  #running = false;
  #status = 0;

  constructor({ machine, columns, rows, history = [], ...options }: SessionOptions) {
    this.machine = machine ?? createMachine(options);
    const { kernel, init } = this.machine;
    if (history.length > 0) writeHistory(init, history);
    this.#tty = new Tty(kernel, { columns, rows });
    this.#unsubscribe = promptBoard(kernel).subscribe((event) => this.#hear(event));
    const line = this.#tty.open(this.#tty.name, O.RDWR);
    const { uid, gid, groups } = learner;
    const child = init.spawn(learner.shell, ['bash'], {
      env: environment,
      cwd: learner.home,
      cred: { uid, gid, groups: [...groups] },
      fds: {},
      files: { 0: line, 1: line, 2: line },
      terminal: this.#tty,
      newGroup: true,
      umask: 0o022,
    });
    this.exited = child.exited.then(shellStatus);
  }

  get engine(): EngineApi {
    return this.machine.engine;
  }

  get loaded(): readonly string[] {
    return this.machine.loaded;
  }

  get views(): Views {
    return this.machine.engine.views;
  }

  input(bytes: Uint8Array): void {
    this.#tty.input(bytes);
  }

  onOutput(listener: (bytes: Uint8Array) => void | Promise<void>): () => void {
    return this.#tty.onOutput(listener);
  }

  onTrace(listener: (event: TraceEvent) => void): () => void {
    const stop = this.machine.kernel.trace.subscribe(listener);
    this.#traced.add(stop);
    return stop;
  }

  onCommand(listener: (event: CommandEvent) => void): () => void {
    this.#commands.add(listener);
    return () => {
      this.#commands.delete(listener);
    };
  }

  resize(columns: number, rows: number): void {
    this.#tty.resize(columns, rows);
  }

  place(): PromptPlace | undefined {
    return this.#place;
  }

  atPrompt(): Promise<PromptPlace> {
    if (this.#place !== undefined) return Promise.resolve(this.#place);
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  async run(line: string): Promise<number> {
    await this.atPrompt();
    const ended = new Promise<number>((resolve) => {
      const stop = this.onCommand((event) => {
        if (event.kind !== 'end') return;
        stop();
        resolve(event.status);
      });
    });
    this.input(new TextEncoder().encode(`${line.replaceAll('\t', '\x16\t').replaceAll('\n', '\r')}\r`));
    return Promise.race([ended, this.exited]);
  }

  snapshot(): SessionSnapshot {
    const { kernel } = this.machine;
    return {
      shells: promptBoard(kernel).save(),
      machine: this.machine.snapshot(),
      foreground: this.#tty.foreground,
    };
  }

  restore(snapshot: SessionSnapshot): void {
    this.#tty.flushInput();
    this.#place = undefined;
    this.#running = false;
    this.machine.restore(snapshot.machine);
    this.#tty.foreground = snapshot.foreground;
    promptBoard(this.machine.kernel).restore(snapshot.shells);
  }

  saveImage(image: string): Uint8Array[] {
    return dockerHost().saveImageFile(this.machine.engine, image);
  }

  close(): void {
    for (const stop of this.#traced) stop();
    this.#unsubscribe();
    this.#tty.hangUp();
  }

  #hear(event: PromptEvent): void {
    if (!this.#isHere(event.process)) return;
    if (event.kind === 'prompt') this.#promptShown(event.process, event.continued);
    else if (event.kind === 'begin')
      this.#begun(event.line, event.remembered && this.#depthOf(event.process) === 0);
    else this.#status = event.status;
  }

  /**
   * Whether a shell talks to this terminal: it is on it, or in a container whose own terminal a docker client
   * joins with this one, which it has made raw for that.
   */
  #isHere({ terminal }: Process): boolean {
    return terminal === this.#tty || (terminal !== undefined && !this.#tty.canonical);
  }

  #begun(line: string, remembered: boolean): void {
    this.#place = undefined;
    this.#running = true;
    this.#status = 0;
    for (const listener of [...this.#commands]) listener({ kind: 'begin', line, remembered });
  }

  #promptShown(process: Process, continued: boolean): void {
    const status = this.#status;
    this.#status = 0;
    this.#place = { depth: this.#depthOf(process), container: process.container, continued };
    if (continued) return;
    if (this.#running) for (const listener of [...this.#commands]) listener({ kind: 'end', status });
    this.#running = false;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve(this.#place);
  }

  /** How deep a shell is nested: those that showed a prompt before it and still live are around it. */
  #depthOf(process: Process): number {
    const { processes } = process.kernel;
    this.#shells = this.#shells.filter((shell) => processes.get(shell.pid) === shell);
    if (!this.#shells.includes(process)) this.#shells.push(process);
    return this.#shells.indexOf(process);
  }
}

/** Where bash looks for it at its start. */
const writeHistory = (init: Process, history: readonly string[]): void => {
  const path = `${learner.home}/.bash_history`;
  const fd = init.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
  init.pwrite(fd, encodeName(history.map((line) => `${line}\n`).join('')), 0);
  init.fchown(fd, learner.uid, learner.gid);
  init.close(fd);
};
