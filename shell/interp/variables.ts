// Shell variables: scalars, indexed and associative arrays, their attributes, and the scopes of functions.

import { keyedEntries } from './keyed-order.ts';

export type IndexedArray = Map<number, string>;
type KeyedArray = Map<string, string>;

export interface Variable {
  /** Which `Variables` may write to it: a fork shares the others. */
  era?: number;
  /** undefined: declared (local x, declare -i x) but never set. */
  value: string | undefined;
  indexed?: IndexedArray;
  keyed?: KeyedArray;
  exported?: boolean;
  readonly?: boolean;
  integer?: boolean;
  fold?: 'upper' | 'lower' | 'capital' | undefined;
  /** An array that was declared and never set. */
  blank?: boolean;
  /** It stands in front of a command that runs, and hides another that has its name. */
  temporary?: { readonly over: Variable | undefined; readonly stays?: boolean } | undefined;
  /** declare -n: the value names another variable. */
  reference?: boolean;
}

/** A variable for looking at; `Variables.ensure` gives the one to write to. */
export type KnownVariable = Readonly<Omit<Variable, 'indexed' | 'keyed'>> & {
  readonly indexed?: ReadonlyMap<number, string>;
  readonly keyed?: ReadonlyMap<string, string>;
};

/** What a function call's `local` hid: the former variables by name. */
type Frame = Map<string, Variable | undefined>;

let lastEra = 0;

export class Variables {
  #table: Map<string, Variable>;
  #frames: Frame[];
  #era = ++lastEra;
  /** Grows whenever something exported may have changed. */
  exportVersion = 0;
  /** Grows whenever PATH or anything a cache depends on changes. */
  pathVersion = 0;

  constructor(table = new Map<string, Variable>(), frames: Frame[] = []) {
    this.#table = table;
    this.#frames = frames;
  }

  /** A copy of its own, as a subshell has one; what neither of them changes they share. */
  clone(): Variables {
    this.#era = ++lastEra;
    return new Variables(
      new Map(this.#table),
      this.#frames.map((frame) => new Map(frame)),
    );
  }

  get(name: string): KnownVariable | undefined {
    return this.#table.get(name);
  }

  /** The string of a variable as `$name` gives it: an array's element 0; undefined when unset. */
  scalar(name: string): string | undefined {
    const variable = this.#table.get(name);
    return variable === undefined ? undefined : scalarOf(variable);
  }

  /** The variable to write to, created when new. */
  ensure(name: string): Variable {
    const known = this.#table.get(name);
    if (known !== undefined && known.era === this.#era) return known;
    const own: Variable = known === undefined ? { value: undefined } : cloneVariable(known);
    own.era = this.#era;
    this.#table.set(name, own);
    return own;
  }

  /** Writes without asking attributes: for the shell's own variables. */
  put(name: string, value: string): void {
    const variable = this.ensure(name);
    if (variable.indexed !== undefined) variable.indexed.set(0, value);
    else if (variable.keyed !== undefined) variable.keyed.set('0', value);
    else variable.value = value;
    this.touched(name, variable);
  }

  export(name: string): void {
    const variable = this.ensure(name);
    variable.exported = true;
    this.touched(name, variable);
  }

  touched(name: string, variable: KnownVariable | undefined): void {
    if (variable?.exported) this.exportVersion++;
    if (name === 'PATH') this.pathVersion++;
  }

  /** Takes a variable away; one that stands in front of a command gives way to what it hides. */
  delete(name: string): void {
    const known = this.#table.get(name);
    if (known?.temporary !== undefined) return this.replace(name, known.temporary.over);
    this.touched(name, known);
    this.#table.delete(name);
  }

  /** Puts `variable` (or nothing) back under `name`, as after a command with its own assignments. */
  replace(name: string, variable: Variable | undefined): void {
    this.exportVersion++;
    if (name === 'PATH') this.pathVersion++;
    if (variable === undefined) this.#table.delete(name);
    else this.#table.set(name, variable);
  }

  names(): string[] {
    return [...this.#table.keys()].sort();
  }

  enterFunction(): void {
    this.#frames.push(new Map());
  }

  leaveFunction(): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    for (const [name, former] of frame) this.replace(name, former);
  }

  get depth(): number {
    return this.#frames.length;
  }

  /** Makes `name` local to the running function. True when it was not local there before. */
  makeLocal(name: string): boolean {
    const frame = this.#frames.at(-1);
    if (frame === undefined || frame.has(name)) return false;
    frame.set(name, this.#table.get(name));
    this.#table.delete(name);
    return true;
  }

  /** The variables of the running function, sorted. */
  localNames(): string[] {
    return [...(this.#frames.at(-1)?.keys() ?? [])].filter((name) => this.#table.has(name)).sort();
  }

  isLocal(name: string): boolean {
    return this.#frames.at(-1)?.has(name) ?? false;
  }

  /** What `makeLocal` hid in the running function. */
  hidden(name: string): KnownVariable | undefined {
    return this.#frames.at(-1)?.get(name);
  }

  /** The environment for a program: exported, set scalars. */
  exported(): Map<string, string> {
    const env = new Map<string, string>();
    for (const [name, variable] of this.#table) {
      if (!variable.exported) continue;
      const value = variable.indexed || variable.keyed ? undefined : variable.value;
      if (value !== undefined) env.set(name, value);
    }
    return env;
  }
}

export function scalarOf(variable: KnownVariable): string | undefined {
  if (variable.indexed !== undefined) return variable.indexed.get(0);
  return variable.keyed !== undefined ? variable.keyed.get('0') : variable.value;
}

export function cloneVariable(variable: KnownVariable): Variable {
  const copy = { ...variable } as Variable;
  if (variable.indexed !== undefined) copy.indexed = new Map(variable.indexed);
  if (variable.keyed !== undefined) copy.keyed = new Map(variable.keyed);
  return copy;
}

/** Indices of an indexed array in order. */
export function sortedIndices(array: ReadonlyMap<number, string>): number[] {
  return [...array.keys()].sort((a, b) => a - b);
}

/** The elements of `name[@]`; a scalar counts as one element. */
export function elementsOf(variable: KnownVariable | undefined): string[] {
  if (variable === undefined) return [];
  const { indexed, keyed, value } = variable;
  if (indexed !== undefined) return sortedIndices(indexed).map((index) => indexed.get(index) as string);
  if (keyed !== undefined) return keyedEntries(keyed).map(([, item]) => item);
  return value === undefined ? [] : [value];
}

/** The keys of `${!name[@]}`. */
export function keysOf(variable: KnownVariable | undefined): string[] {
  if (variable === undefined) return [];
  if (variable.indexed !== undefined) return sortedIndices(variable.indexed).map(String);
  if (variable.keyed !== undefined) return keyedEntries(variable.keyed).map(([key]) => key);
  return variable.value === undefined ? [] : ['0'];
}

export const isName = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
