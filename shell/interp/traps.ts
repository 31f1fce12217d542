// Traps: actions for signals, for the shell's exit (EXIT) and for failures (ERR, DEBUG).
import { type Signal, signals } from '../fs/signal.ts';
import { outlivesFork } from './command-traps.ts';
import type { Maybe } from './maybe.ts';
import { ended, type Outcome } from './outcome.ts';
import type { Shell } from './shell.ts';
import { SourceLines } from './source-lines.ts';
import { parse } from './syntax.ts';

/** What an interactive shell does not let the keyboard and others do to it. */
const UNHEARD: readonly Signal[] = ['SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'];

/** The signals that end a bash which has an EXIT trap only after that trap has run. */
const ENDING: readonly Signal[] = (
  'HUP INT ILL TRAP ABRT BUS FPE USR1 SEGV USR2 PIPE ALRM TERM XCPU XFSZ VTALRM SYS'.split(' ') as string[]
).map((name) => `SIG${name}` as Signal);

/** Pseudo-signals that bash adds; EXIT is everywhere. */
const PSEUDO_PLACES = { EXIT: 0, DEBUG: 65, ERR: 66, RETURN: 67 };
const PSEUDO = Object.keys(PSEUDO_PLACES);

/** The canonical name of a condition (`INT`, `EXIT`) for a name or number; undefined when there is none. */
export function conditionName(text: string, dialect: string): string | undefined {
  const upper = text.toUpperCase();
  if (upper === '0') return 'EXIT';
  if (/^\d+$/.test(upper))
    return Object.entries(signals)
      .find(([, number]) => number === Number(upper))?.[0]
      .slice(3);
  if (PSEUDO.includes(upper))
    return dialect === 'bash' || upper === 'EXIT' || (dialect === 'ash' && upper === 'ERR')
      ? upper
      : undefined;
  const name = upper.startsWith('SIG') && dialect !== 'dash' ? upper.slice(3) : upper;
  return Object.hasOwn(signals, `SIG${name}`) ? name : undefined;
}

/** As `trap` prints a condition: bash says SIGINT, dash INT. */
export const shownCondition = (name: string, dialect: string): string =>
  dialect === 'bash' && !PSEUDO.includes(name) ? `SIG${name}` : name;

export class PendingTraps {
  readonly #shell: Shell;
  #pending: string[] = [];
  #running = false;
  /** Conditions whose action is running: none starts inside itself. */
  readonly #inside = new Set<string>();
  /** What `trap -p` of a subshell still shows of its parent's traps, until it sets one of its own. */
  #former: ReadonlyMap<string, string> | undefined;
  /** Signals that were ignored when the shell started: no trap changes that (POSIX 2.11). */
  readonly #ignored = new Set<string>();
  /** Ends the wait for a program when a signal comes that is to end the shell. */
  wake: (() => void) | undefined;
  /** Where an action's `break`, `continue` or `return` leads: the command it interrupted goes there. */
  #departure: Outcome | undefined;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  get waiting(): boolean {
    return this.#pending.length > 0;
  }

  /** What an action makes of the command that it interrupted: the shell ends, or `break`, `continue` or `return` lead on. */
  takeDeparture(): Outcome | undefined {
    const { exiting } = this.#shell;
    if (exiting !== undefined) return { status: exiting, leave: { kind: 'exit' } };
    const departure = this.#departure;
    this.#departure = undefined;
    return departure;
  }

  /** At the start of a script: what is ignored now stays ignored. */
  begin(): void {
    const { process, state, dialect } = this.#shell;
    for (const signal of Object.keys(signals) as Signal[]) {
      if (process.signalHandler(signal) !== 'ignore') continue;
      this.#ignored.add(signal.slice(3));
      if (dialect === 'bash') state.traps.set(signal.slice(3), '');
    }
  }

  /** Sets what a condition does; undefined for the default. */
  set(name: string, action: string | undefined): void {
    const { state, dialect } = this.#shell;
    if (this.#ignored.has(name) && dialect === 'bash') return;
    this.#former = undefined;
    if (action === undefined) state.traps.delete(name);
    else state.traps.set(name, action);
    if (!PSEUDO.includes(name) && !this.#ignored.has(name)) this.install(name);
    if (name === 'EXIT' && dialect === 'bash') this.#hearEnding();
  }

  /** With an EXIT trap, the signals that have no trap of their own are heard too: that one runs first. */
  #hearEnding(): void {
    for (const signal of ENDING) {
      const name = signal.slice(3);
      if (!this.#shell.state.traps.has(name) && !this.#ignored.has(name)) this.install(name);
    }
  }

  /** Puts the handler of a signal in the process as the state says. */
  install(name: string): void {
    const signal = `SIG${name}` as Signal;
    const action = this.#shell.state.traps.get(name);
    if (action === undefined) this.#shell.process.onSignal(signal, this.#standard(signal));
    else if (action === '') this.#shell.process.onSignal(signal, 'ignore');
    else this.#shell.process.onSignal(signal, () => this.#pending.push(name));
  }

  // An interactive shell survives the keyboard's signals.
  #standard(signal: Signal): 'ignore' | 'default' | (() => void) {
    if (!this.#shell.interactive) {
      const { dialect, state } = this.#shell;
      if (dialect !== 'bash' || !state.traps.get('EXIT') || !ENDING.includes(signal)) return 'default';
      return () => {
        this.#pending.push(signal.slice(3));
        // The keyboard's signal is the program's too: the shell waits for what that makes of it.
        if (signal !== 'SIGINT') this.wake?.();
      };
    }
    if (signal === 'SIGINT')
      return () => {
        this.#shell.interrupted = true;
      };
    return UNHEARD.includes(signal) ? 'ignore' : 'default';
  }

  /** The handlers of an interactive shell. */
  installInteractive(): void {
    for (const signal of ['SIGINT', ...UNHEARD]) this.install(signal.slice(3));
  }

  /** The signals that only the shell itself ignores: its children hear them. */
  forChildren(): readonly Signal[] {
    const { interactive, state } = this.#shell;
    return interactive ? UNHEARD.filter((signal) => state.traps.get(signal.slice(3)) !== '') : [];
  }

  /** In a subshell: ignored signals stay ignored, all other traps are gone. */
  inherit(parent: PendingTraps): void {
    const { state } = this.#shell;
    for (const name of parent.#ignored) this.#ignored.add(name);
    if (state.traps.size === 0) return;
    this.#former = new Map(state.traps);
    for (const [name, action] of [...state.traps]) {
      if (action === '') this.install(name);
      else if (!outlivesFork(this.#shell, name)) state.traps.delete(name);
    }
  }

  /** The traps as `trap` lists them: by the numbers of their conditions. */
  listed(): [name: string, action: string][] {
    const place = (name: string): number =>
      PSEUDO.includes(name)
        ? PSEUDO_PLACES[name as keyof typeof PSEUDO_PLACES]
        : signals[`SIG${name}` as Signal];
    return [...(this.#former ?? this.#shell.state.traps)].sort(([a], [b]) => place(a) - place(b));
  }

  /** Runs the actions of signals that have come. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let name = this.#pending.shift(); name !== undefined; name = this.#pending.shift())
        await (this.#shell.state.traps.has(name) ? this.runAction(name) : this.#endBy(name));
    } finally {
      this.#running = false;
    }
  }

  /** A signal without a trap ends the shell: the EXIT trap runs, then the signal does its work. */
  async #endBy(name: string): Promise<void> {
    const { process, state } = this.#shell;
    const signal = `SIG${name}` as Signal;
    await this.runExit(ended(state.status));
    process.onSignal(signal, 'default');
    process.kill(process.pid, signal);
    process.checkpoint();
  }

  /**
   * Runs the action of one condition and gives its status; `$?` is afterwards what it was.
   * An action that exits sets the shell's `exiting`.
   */
  async runAction(name: string): Promise<number> {
    const { state, evaluator } = this.#shell;
    const action = state.traps.get(name);
    if (!action || this.#inside.has(name)) return 0;
    const { status, pipeStatus } = state;
    const { lines, at, end, running, trapped, tolerance } = this.#shell;
    this.#shell.trapped = this.#shell.running;
    this.#shell.lines = new SourceLines(action, PSEUDO.includes(name) ? this.#shell.line() : 1);
    this.#shell.at = 0;
    this.#shell.tolerance = 0;
    this.#inside.add(name);
    const outcome = await evaluator.script(this.#shell, parse(action).script);
    this.#inside.delete(name);
    Object.assign(this.#shell, { lines, at, end, running, trapped, tolerance });
    if (outcome.leave?.kind === 'exit') this.#shell.exiting = outcome.status;
    else {
      state.status = status;
      state.pipeStatus = pipeStatus;
      const kind = outcome.leave?.kind;
      if (kind === 'return') this.#departure = outcome;
      else if (kind === 'break' || kind === 'continue') this.#departure = { ...outcome, status };
    }
    return outcome.status;
  }

  /** The end of the shell: runs the EXIT trap and gives the status to exit with. */
  runExit({ status, leave }: Outcome): Maybe<number> {
    const { state, becoming } = this.#shell;
    const action = state.traps.get('EXIT') ?? (leave === undefined ? undefined : becoming?.exitAction);
    return action ? this.#runExitTrap(status, action) : status;
  }

  async #runExitTrap(status: number, action: string): Promise<number> {
    this.#shell.becoming = undefined;
    this.#shell.state.status = status;
    this.#shell.state.traps.delete('EXIT');
    this.#shell.exiting = undefined;
    this.#shell.trapped = this.#shell.running;
    if (this.#shell.dialect === 'bash') {
      this.#shell.lines = new SourceLines(action);
      this.#shell.at = 0;
    }
    const outcome = await this.#shell.evaluator.script(this.#shell, parse(action).script);
    return outcome.leave?.kind === 'exit' ? outcome.status : ended(status).status;
  }
}
