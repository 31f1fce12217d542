// ARG and --build-arg: which names a step may see, and with what value.

import { byBytes } from './source-tree.ts';

/** Allowed in every build without an ARG, and kept out of history and cache keys. */
const predefined = new Set(
  ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
);

/** Whether `NAME=value` is of no account for what a step gives. */
export const isPredefined = (entry: string): boolean => predefined.has(entry.split('=', 1)[0] as string);

export class BuildArguments {
  readonly #given: ReadonlyMap<string, string>;
  /** Before the first FROM. */
  readonly #global: ReadonlyMap<string, string | undefined>;
  readonly #declared = new Map<string, string | undefined>();
  readonly #used: Set<string>;

  constructor(
    given: ReadonlyMap<string, string>,
    global: ReadonlyMap<string, string | undefined>,
    used: Set<string>,
  ) {
    this.#given = given;
    this.#global = global;
    this.#used = used;
  }

  declare(name: string, value: string | undefined): void {
    this.#declared.set(name, value);
    this.#used.add(name);
  }

  /** What an ARG gives: the value from outside, its own, or the one from before the first FROM. */
  declaredValue(name: string): string | undefined {
    return this.#declared.has(name) ? this.value(name) : undefined;
  }

  value(name: string): string | undefined {
    if (!this.#declared.has(name) && !predefined.has(name)) return undefined;
    return this.#given.get(name) ?? this.#declared.get(name) ?? this.#global.get(name);
  }

  /** `name=value` of everything with a value that the environment does not set, by name. */
  beside(env: readonly string[]): string[] {
    const set = new Set(env.map((entry) => entry.split('=', 1)[0]));
    const names = [...new Set([...this.#declared.keys(), ...predefined])].sort(byBytes);
    return names.flatMap((name) => {
      const value = set.has(name) ? undefined : this.value(name);
      return value === undefined ? [] : [`${name}=${value}`];
    });
  }

  /** A command as cache and history know it: the arguments it saw stand before it. */
  recorded(command: readonly string[], env: readonly string[]): string[] {
    const seen = this.beside(env);
    const kept = seen.filter((entry) => !isPredefined(entry));
    return seen.length === 0 ? [...command] : [`|${kept.length}`, ...kept, ...command];
  }
}

/** Names given on the command line that no ARG asked for. */
export const unusedArguments = (given: ReadonlyMap<string, string>, used: ReadonlySet<string>): string[] =>
  [...given.keys()].filter((name) => !used.has(name) && !predefined.has(name)).sort(byBytes);
