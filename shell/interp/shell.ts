// One running shell: its process, its state, how it names itself in messages. The evaluator works on it.

import type { Child } from '../fs/child.ts';
import { encodeName } from '../fs/name.ts';
import type { Process } from '../fs/process.ts';
import type { Tty } from '../fs/tty.ts';
import { ashComplaint } from './ash-words.ts';
import { functionText } from './function-text.ts';
import { type JobOptions, Jobs } from './jobs.ts';
import type { Maybe } from './maybe.ts';
import { optionFlags } from './options.ts';
import type { Outcome } from './outcome.ts';
import { ShellError } from './shell-error.ts';
import { ShellState } from './shell-state.ts';
import { SourceLines } from './source-lines.ts';
import type { Assignment, CommandNode, ParsedScript } from './syntax.ts';
import { PendingTraps } from './traps.ts';

/** Whose habits and words a shell has; `ash` is busybox's. */
export type Dialect = 'bash' | 'dash' | 'ash';

/** What a shell needs from the evaluator; given in so that expansion can run commands. */
export interface Evaluator {
  script(shell: Shell, script: ParsedScript): Maybe<Outcome>;
}

/** One entry of the call stack: a function or a sourced file. */
export interface Call {
  /** The function's name, or 'source'. */
  name: string;
  /** The file the code is from. */
  file: string;
  /** The line of the call, in its caller. */
  line: number;
  /** The options to have again afterwards (`local -`). */
  options?: Set<string>;
}

export interface ShellOptions {
  process: Process;
  dialect: Dialect;
  evaluator: Evaluator;
  state?: ShellState;
  interactive?: boolean;
  /** Where the commands come from, as `$-` shows it. */
  origin?: 'c' | 's' | '';
}

export class Shell {
  readonly process: Process;
  readonly dialect: Dialect;
  readonly evaluator: Evaluator;
  readonly state: ShellState;
  readonly traps: PendingTraps;
  readonly jobs = new Jobs();
  /** `$$`: the first shell's pid, also in subshells. */
  pid: number;
  interactive: boolean;
  origin: 'c' | 's' | '';
  subshellLevel = 0;
  /** How often `set -x` repeats PS4's first character: substitutions, eval, source. */
  traceDepth = 0;
  /** The text being run, and where in it the running command starts. */
  lines = new SourceLines('');
  at = 0;
  end = 0;
  /** The last line of the command that was read: bash reports what compound commands redirect there. */
  lastLine = 0;
  /** The builtin that runs: it tells what is wrong with the sums that it assigns. */
  builtin: string | undefined;
  /** The running command, for BASH_COMMAND. */
  running: CommandNode | undefined;
  calls: Call[] = [];
  loopDepth = 0;
  /** Above 0 where a failing command does not trip `set -e`: conditions, `&&`, `!`. */
  tolerance = 0;
  /**
   * In a process forked for one simple command, until its words are expanded: bash becomes a subshell only behind them,
   * and what ends it before ends it as it would its parent, of which these are the level and the EXIT trap. In a pipeline
   * BASH_SUBSHELL `shown` is the parent's too.
   */
  becoming:
    | { readonly level: number; readonly shown: number; readonly exitAction: string | undefined }
    | undefined;
  /** The status of the last command substitution of the running command. */
  substituted: number | undefined;
  /** Descriptors kept aside for undoing redirections; children do not get them. */
  readonly keptAside = new Set<number>();
  /** Descriptors of process substitutions, closed when their command ends. */
  temporary: number[] = [];
  /** Undo has put another state in: the running command's end says nothing any more. */
  restored = false;
  /** `exit` has already said that jobs are stopped. */
  warnedOfJobs = false;
  /** Started as a login shell. */
  login = false;
  /** How deep eval and source nest. */
  nesting = 0;
  /** Statuses of background processes already waited for, by their pid's text. */
  readonly reaped = new Map<string, number>();
  /** The next simple command may become this process's program (exec): nothing is left to do after it. */
  execNext = false;
  /** Array assignments among a declaration builtin's arguments, by their place. */
  readonly compound = new Map<number, Assignment>();
  /** The state of PATH that the remembered places belong to. */
  hashedVersion = 0;
  /** Ctrl-C has been pressed: unwinds to the prompt. */
  interrupted = false;
  /** `set -x` shows the next term of a [[ ]] behind a `!`. */
  negated = false;
  /** While a trap's action runs: the command that it interrupted. */
  trapped: CommandNode | undefined;
  /** The word, or what of it stands between double quotes, that is being expanded. */
  word = '';
  /** A trap's action has called exit: the shell ends with this status. */
  exiting: number | undefined;

  constructor({ process, dialect, evaluator, state, interactive = false, origin = '' }: ShellOptions) {
    this.process = process;
    this.dialect = dialect;
    this.evaluator = evaluator;
    this.state = state ?? new ShellState();
    this.interactive = interactive;
    this.origin = origin;
    this.pid = this.pidOf(process);
    this.traps = new PendingTraps(this);
  }

  /** The shell of a subshell's process: a copy that inherits everything but jobs and traps. */
  forked(process: Process): Shell {
    const { dialect, evaluator } = this;
    const sub = new Shell({ process, dialect, evaluator, state: this.state.clone(), origin: this.origin });
    sub.pid = this.pid;
    sub.subshellLevel = this.subshellLevel + 1;
    sub.lines = this.lines;
    sub.at = this.at;
    sub.end = this.end;
    sub.running = this.running;
    sub.lastLine = this.lastLine;
    sub.calls = [...this.calls];
    sub.loopDepth = this.loopDepth;
    sub.traceDepth = this.traceDepth;
    sub.tolerance = this.tolerance;
    sub.nesting = this.nesting;
    sub.interactiveParent = this.interactive || this.interactiveParent;
    sub.jobs.inherit(this.jobs);
    for (const fd of this.keptAside) process.close(fd);
    sub.traps.inherit(this.traps);
    return sub;
  }

  /** A subshell of an interactive shell: its messages carry no line number either. */
  interactiveParent = false;

  line(): number {
    return this.lines.lineOf(this.at);
  }

  directory(): string {
    return this.state.variables.scalar('PWD') ?? this.process.getcwd();
  }

  now(): bigint {
    return this.process.kernel.clock.now();
  }

  randomNumber(): number {
    const { state } = this;
    if (state.randomSeed === undefined) {
      const bytes = this.process.kernel.random.bytes(4);
      return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    }
    state.randomSeed = Number((BigInt(state.randomSeed || 123459876) * 16807n) % 2147483647n);
    return state.randomSeed ^ (state.randomSeed >>> 16);
  }

  flags(): string {
    return optionFlags(
      this.state.options,
      this.interactive,
      this.dialect === 'bash' || this.origin === 's' ? this.origin : '',
    );
  }

  functionNames(): readonly string[] {
    if (this.calls.every((call) => call.name === 'source')) return [];
    return [...this.calls.map((call) => call.name).reverse(), ...(this.origin === 'c' ? [] : ['main'])];
  }

  /** The lines of the calls that are running, innermost first. */
  callLines(): readonly string[] {
    const outermost = this.origin === 'c' || this.interactive ? [] : ['0'];
    return [...this.calls.map((call) => String(call.line)).reverse(), ...outermost];
  }

  sourceNames(): readonly string[] {
    const outermost = this.origin === 'c' || this.interactive ? [] : [this.state.name];
    return [...this.calls.map((call) => call.file).reverse(), ...outermost];
  }

  /** The source text of the running command. */
  commandText(): string {
    return this.textOf(this.running ?? { pos: this.at, end: this.end });
  }

  /** The file of the code that runs: a sourced file, the script; bash's own names where there is none. */
  currentFile(): string {
    const innermost = this.calls.at(-1);
    if (innermost !== undefined) return innermost.file;
    if (this.origin === 'c') return 'environment';
    return this.interactive ? 'main' : this.state.name;
  }

  /** What messages start with: `bash: line 3: `, `sh: 3: `, or the script's name. */
  prefix(): string {
    const innermost = this.calls.at(-1);
    if (this.dialect === 'dash') return `${this.state.name}: ${this.line()}: `;
    const typed = this.interactive || this.interactiveParent;
    if (typed && !this.calls.some((call) => call.name === 'source')) return `${this.state.name}: `;
    const name = this.dialect === 'bash' ? (innermost?.file ?? this.state.name) : this.state.name;
    const numbered = this.dialect === 'bash' || this.origin !== 'c';
    return numbered ? `${name}: line ${this.line()}: ` : `${name}: `;
  }

  /** Writes a diagnostic to standard error with this shell's prefix. */
  complain(text: string): Maybe<void> {
    if (this.dialect === 'ash') {
      const typed = this.interactive || this.interactiveParent;
      const line = typed ? undefined : this.origin === 'c' ? 0 : this.line();
      return this.write(2, ashComplaint(this.state.name, line, text));
    }
    return this.write(2, `${this.prefix()}${text}\n`);
  }

  /** Writes text to a descriptor; a failing write of diagnostics is nobody's business. */
  write(fd: number, text: string): Maybe<void> {
    try {
      const written = this.process.write(fd, encodeName(text));
      return written instanceof Promise ? written.then(ignore, ignoreFailure) : undefined;
    } catch (error) {
      return ignoreFailure(error);
    }
  }

  unboundText(name: string): string {
    return this.dialect === 'bash' ? `${name}: unbound variable` : `${name}: parameter not set`;
  }

  /** What bash ends with when an expansion cannot go on: 127 under -c without `set -e`, else 1. */
  fatalStatus(): number {
    return this.state.has('errexit') || !this.outermost() ? 1 : 127;
  }

  /** Whether this is the process of a `-c`. */
  outermost(): boolean {
    return (this.becoming?.level ?? this.subshellLevel) === 0 && this.origin === 'c';
  }

  /** The error of an unset variable under `set -u`. */
  unbound(name: string): ShellError {
    return new ShellError(this.unboundText(name), {
      status: this.dialect !== 'bash' ? 2 : this.fatalStatus(),
      scope: 'shell',
    });
  }

  /** The environment for programs. */
  environment(extra: ReadonlyMap<string, string> = NO_EXTRA): Map<string, string> {
    const env = this.state.variables.exported();
    for (const [name, value] of extra) env.set(name, value);
    for (const { name, exported } of this.state.functions.values())
      if (exported) env.set(`BASH_FUNC_${name}%%`, functionText(this.state, name).slice(name.length + 1));
    return env;
  }

  /** The terminal this shell reads from, when it is interactive. */
  terminal(): Tty | undefined {
    return this.process.tty(0) ?? this.process.tty(2);
  }

  /** Job control: every job of an interactive shell has a process group of its own. */
  jobOptions(leader?: Child): JobOptions {
    if (!this.interactive) return {};
    return leader === undefined ? { newGroup: true } : { leader };
  }

  /** The source of a node of the text being run, on one line. */
  textOf({ pos, end }: { pos: number; end: number }): string {
    return this.lines.text
      .slice(pos, end)
      .replace(/\s*\n\s*/g, ' ')
      .trim();
  }

  /** A process's number as this shell's pid namespace counts. */
  pidOf({ pid, nspid }: { pid: number; nspid: number }): number {
    return this.process.container === undefined ? pid : nspid;
  }
}

const NO_EXTRA: ReadonlyMap<string, string> = new Map();
const ignore = (): void => undefined;

function ignoreFailure(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'FsError') throw error;
}
