// What a command came to: its exit status and, when it ends more than itself, how far control leaves.

type Leave =
  | { kind: 'break' | 'continue'; levels: number }
  | { kind: 'return' }
  | { kind: 'exit' }
  /** Ctrl-C or a fatal expansion error: back to the prompt, or out of a shell without one; `eval` may end it. */
  | { kind: 'abandon'; outermost?: boolean };

export interface Outcome {
  readonly status: number;
  readonly leave?: Leave;
}

const plain: Outcome[] = Array.from({ length: 256 }, (_, status) => ({ status }));

/** The outcome of a command that simply ended. */
export function ended(status: number): Outcome {
  return plain[status] ?? { status };
}

export const success = ended(0);
