// What the app needs of a shell session: a machine with a terminal on which its login shell runs.
import type { TraceEvent, Views } from '../../shell/index.ts';

export interface SessionPort {
  readonly views: Views;
  /** Bytes from the keyboard to the terminal. */
  input(bytes: Uint8Array): void;
  /** Bytes from programs to the terminal; a returned promise holds the writer back. Returns what ends the listening. */
  onOutput(listener: (bytes: Uint8Array) => void | Promise<void>): () => void;
  resize(columns: number, rows: number): void;
  onTrace(listener: (event: TraceEvent) => void): () => void;
  /** A command line that the login shell begins and ends; the terminal's own idle state is between the two. */
  onCommand(listener: (event: CommandEvent) => void): () => void;
  /** Where a shell waits for a line, and how many shells deep: 0 for the login shell. Undefined while a command runs. */
  place(): { readonly depth: number } | undefined;
  /** Settles when a shell waits for a line; at once if one does. */
  atPrompt(): Promise<unknown>;
  /** The whole machine with the shell's own state, taken at its prompt. */
  snapshot(): unknown;
  /** Back to a snapshot; the shell then shows a fresh prompt. */
  restore(snapshot: unknown): void;
  /** The login shell has ended. */
  readonly exited: Promise<number>;
}

export type CommandEvent =
  /** `remembered`: it went into the login shell's history. */
  | { readonly kind: 'begin'; readonly line: string; readonly remembered: boolean }
  | { readonly kind: 'end'; readonly status: number };
