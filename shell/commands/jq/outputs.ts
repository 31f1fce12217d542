// What filters give: outputs, their values alone, the paths they lead to.

import type { Path } from './access.ts';
import { type Environment, type Found, type Outputs, PAUSE, type Stream, type Work } from './environment.ts';
import { JqError, type Json } from './json.ts';
import { shortText } from './json-text.ts';
import type { Filter } from './syntax-tree.ts';

/** Runs a filter. Throws JqError. */
export const run = (filter: Filter, env: Environment, input: Found): Outputs =>
  env.world.evaluate(filter, env, input);

export const made = (value: Json, from: Found): Found => ({
  value,
  path: from.path === undefined ? undefined : null,
});

/** The outputs' values alone: for what is no part of a path. */
export function* values(filter: Filter, env: Environment, input: Json): Stream<Json> {
  if (filter.kind === 'literal') yield filter.value;
  else
    for (const output of run(filter, env, { value: input, path: undefined }))
      yield output === PAUSE ? output : output.value;
}

/** All of them. */
export function* collect<T>(outputs: Stream<T>): Work<T[]> {
  const all: T[] = [];
  for (const output of outputs) {
    if (output === PAUSE) yield PAUSE;
    else all.push(output);
  }
  return all;
}

/** The first one, if any. */
export function* firstOf<T>(outputs: Stream<T>): Work<T | undefined> {
  for (const output of outputs) {
    if (output !== PAUSE) return output;
    yield PAUSE;
  }
  return undefined;
}

/** The paths that a filter leads to. Throws JqError for what is no path. */
export function* paths(filter: Filter, env: Environment, input: Json): Stream<Path> {
  for (const output of run(filter, env, { value: input, path: [] })) {
    if (output === PAUSE) yield output;
    else if (output.path) yield output.path;
    else throw new JqError(`Invalid path expression with result ${shortText(output.value)}`);
  }
}

export function* afterPause(outputs: Outputs): Outputs {
  yield PAUSE;
  yield* outputs;
}

/** What `next` gives for each of them, pauses handed on. */
export function* each<T>(stream: Stream<T>, next: (value: T) => Outputs): Outputs {
  for (const value of stream) {
    if (value === PAUSE) yield PAUSE;
    else yield* next(value);
  }
}
