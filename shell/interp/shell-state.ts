// Everything a shell remembers between commands, in one object that can be cloned (subshells)
// and saved and restored (undo).

import type { CompletionSpec } from './completion-spec.ts';
import { shoptDefaults } from './options.ts';
import type { Keymap } from './readline/keymap.ts';
import type { SourceLines } from './source-lines.ts';
import type { FunctionNode } from './syntax.ts';
import { Variables } from './variables.ts';

export interface ShellFunction {
  name: string;
  node: FunctionNode;
  /** The source the body was read from: its lines and its text. */
  source: SourceLines;
  /** The file it was read from, as messages and BASH_SOURCE call it. */
  file: string;
  exported?: boolean;
  /** declare -ft: it inherits the traps for DEBUG and RETURN. */
  traced?: boolean;
  readonly?: boolean;
}

/** A trap's action: source text, or '' for ignore. */
export type TrapAction = string;

export class ShellState {
  variables = new Variables();
  /** What `bind` and inputrc files have said; made when they say something. */
  keymap: Keymap | undefined;
  functions = new Map<string, ShellFunction>();
  aliases = new Map<string, string>();
  options = new Set<string>();
  /** The shopt options that have been set or cleared. */
  shopt = new Map<string, boolean>();
  traps = new Map<string, TrapAction>();
  hashed = new Map<string, string>();
  positional: readonly string[] = [];
  /** $0 */
  name = 'sh';
  status = 0;
  pipeStatus: readonly number[] = [];
  lastBackground: number | undefined;
  /** $_ */
  lastArgument = '';
  history: string[] = [];
  /** How many of the history's first entries are in the history file already. */
  historySaved = 0;
  /** Builtins switched off with `enable -n`. */
  disabled = new Set<string>();
  /** Completions that `complete` has set, by command; '-D', '-E' and '-I' are the special ones. */
  completions = new Map<string, CompletionSpec>();
  /** What `!!:s` replaced last, for `!!:&`. */
  substitution = { old: '', new: '' };
  directories: string[] = [];
  /** Where getopts stands inside a bundle like -abc. */
  getoptsOffset = 1;
  getoptsIndex = 1;
  /** ulimit settings by letter. */
  secondsBase = 0n;
  randomSeed: number | undefined;

  /** A copy that shares nothing that can change. */
  clone(): ShellState {
    const copy: ShellState = Object.assign(Object.create(ShellState.prototype), this);
    copy.variables = this.variables.clone();
    copy.functions = new Map(this.functions);
    copy.aliases = new Map(this.aliases);
    copy.options = new Set(this.options);
    copy.shopt = new Map(this.shopt);
    copy.traps = new Map(this.traps);
    copy.hashed = new Map(this.hashed);
    copy.history = [...this.history];
    copy.disabled = new Set(this.disabled);
    copy.completions = new Map(this.completions);
    copy.substitution = { ...this.substitution };
    copy.directories = [...this.directories];
    copy.keymap = this.keymap;
    return copy;
  }

  /** A snapshot for `restore`; later changes of this shell do not reach it. */
  save(): ShellState {
    return this.clone();
  }

  /** Becomes what `saved` was; `saved` can be restored again. */
  restore(saved: ShellState): void {
    Object.assign(this, saved.clone());
  }

  /** The value of a `set -o` option. */
  has(option: string): boolean {
    return this.options.has(option);
  }

  shopted(option: string): boolean {
    return (
      this.shopt.get(option) ??
      (Object.hasOwn(shoptDefaults, option) && shoptDefaults[option as keyof typeof shoptDefaults])
    );
  }
}
