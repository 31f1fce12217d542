// What filters work with: values with their paths, and the names that are known.

import type { Path } from './access.ts';
import type { Json } from './json.ts';
import type { Definition, Filter } from './syntax-tree.ts';

/** A value and where it came from: undefined when nobody asks, null when it was made up. */
export interface Found {
  readonly value: Json;
  readonly path: Path | undefined | null;
}

type Variables = { readonly name: string; readonly value: Json; readonly outer: Variables } | undefined;

export type Functions =
  | { readonly key: string; readonly closure: Closure; readonly outer: Functions }
  | undefined;

/** A filter with the names it knows; a definition knows itself. */
export interface Closure {
  readonly definition: Definition | undefined;
  readonly filter: Filter;
  readonly env: Environment;
}

export interface Environment {
  readonly variables: Variables;
  readonly functions: Functions;
  readonly world: World;
}

/** A function that is not told in jq. */
export type NativeFunction = (args: readonly Filter[], env: Environment, input: Found) => Outputs;

/** What filters can ask for outside. */
export interface World {
  /** What runs filters: the pieces of the evaluator meet here. */
  readonly evaluate: (filter: Filter, env: Environment, input: Found) => Outputs;
  readonly calls: { within(call: () => Outputs): Outputs };
  readonly natives: Readonly<Record<string, NativeFunction>>;
  /** Functions that are told in jq, which know each other. */
  readonly prelude: ReadonlyMap<string, Definition>;
  /** The next input; undefined at the end. Throws JsonSyntaxError. */
  nextInput(): Json | undefined;
  readonly inputName: () => string | null;
  debug(text: string): void;
  /** Called all the time: whether it is time for a PAUSE. */
  tick(): boolean;
  readonly environment: ReadonlyMap<string, Json>;
  readonly now: () => number;
  readonly inputLine: () => number;
}

/** Comes in between the outputs of a filter that works on and on: others may run. All that run filters hand it on. */
export const PAUSE: unique symbol = Symbol('pause');
export type Pause = typeof PAUSE;

export type Stream<T> = Generator<T | Pause, void, undefined>;

export type Outputs = Stream<Found>;

/** Something worked out with filters, and pauses on the way. */
export type Work<T> = Generator<Pause, T, undefined>;

export const bindVariable = (env: Environment, name: string, value: Json): Environment => ({
  ...env,
  variables: { name, value, outer: env.variables },
});

/** With one more function, which knows itself. */
export const define = (env: Environment, definition: Definition): Environment => ({
  ...env,
  functions: {
    key: `${definition.name}/${definition.parameters.length}`,
    closure: { definition, filter: definition.body, env },
    outer: env.functions,
  },
});
