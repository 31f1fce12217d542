// Who waits where: interactive shells tell when they show a prompt and when a command begins and ends.
// Sessions, scenarios and the screen listen; undo finds the shells' states here.
import type { Kernel } from '../fs/kernel.ts';
import type { Process } from '../fs/process.ts';
import type { Shell } from './shell.ts';
import type { ShellState } from './shell-state.ts';

export type PromptEvent =
  /** Waits for a line; `continued` at PS2. */
  | { kind: 'prompt'; process: Process; continued: boolean }
  /** `remembered`: it went into the history. */
  | { kind: 'begin'; process: Process; line: string; remembered: boolean }
  | { kind: 'end'; process: Process; status: number }
  | { kind: 'exit'; process: Process; status: number };

type Listener = (event: PromptEvent) => void;

export class PromptBoard {
  readonly #listeners = new Set<Listener>();
  readonly #shells = new Map<Process, Shell>();
  readonly #awaited = new Map<number, ShellState>();

  /** Calls the listener with every event; returns what ends that. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  tell(event: PromptEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  /** Enters a shell that starts; one that undo starts again gets its former state. */
  enter(shell: Shell): void {
    this.#shells.set(shell.process, shell);
    const former = this.#awaited.get(shell.process.pid);
    if (former === undefined) return;
    this.#awaited.delete(shell.process.pid);
    shell.state.restore(former);
  }

  leave(shell: Shell): void {
    this.#shells.delete(shell.process);
  }

  /** The processes of all interactive shells. */
  processes(): Process[] {
    return [...this.#shells.values()].filter(isAlive).map((shell) => shell.process);
  }

  /** The states of all interactive shells, by pid. */
  save(): ReadonlyMap<number, ShellState> {
    return new Map(
      [...this.#shells.values()].filter(isAlive).map((shell) => [shell.process.pid, shell.state.save()]),
    );
  }

  /** Puts states back: at once in shells that live, as they start in those that undo revives. */
  restore(saved: ReadonlyMap<number, ShellState>): void {
    this.#awaited.clear();
    for (const [pid, state] of saved) {
      const living = [...this.#shells.values()].find((shell) => shell.process.pid === pid && isAlive(shell));
      if (living === undefined) this.#awaited.set(pid, state);
      else {
        living.state.restore(state);
        living.restored = living.interrupted = true;
        // Wakes a shell that waits for keys: it shows a fresh prompt.
        living.process.raise('SIGWINCH');
      }
    }
  }
}

const isAlive = ({ process }: Shell): boolean =>
  process.killed === undefined && process.kernel.processes.get(process.pid) === process;

const boards = new WeakMap<Kernel, PromptBoard>();

/** The board of a machine. */
export function promptBoard(kernel: Kernel): PromptBoard {
  let board = boards.get(kernel);
  if (board === undefined) {
    board = new PromptBoard();
    boards.set(kernel, board);
  }
  return board;
}
