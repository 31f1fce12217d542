// An error that ends the running command or more: its text without the shell's prefix.
// Thrown by expansions, caught in one place (evaluate.ts) and turned into an outcome.

/**
 * What the error ends: the command, the rest of the line that was read, also by `eval`; the line of the script itself or
 * a whole `-c`; or the shell (if not interactive).
 */
export type ErrorScope = 'command' | 'line' | 'script-line' | 'shell';

export class ShellError extends Error {
  readonly status: number;
  readonly scope: ErrorScope;

  constructor(message: string, { status = 1, scope = 'line' }: { status?: number; scope?: ErrorScope } = {}) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
    this.status = status;
    this.scope = scope;
  }

  /** The same error, told by a builtin. */
  from(teller: string): ShellError {
    return new ShellError(`${teller}: ${this.message}`, { status: this.status, scope: this.scope });
  }

  /** The same error, ending only so much. */
  ending(scope: ErrorScope): ShellError {
    return new ShellError(this.message, { status: this.status, scope });
  }
}
