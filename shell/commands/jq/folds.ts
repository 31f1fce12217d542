// reduce and foreach.

import { type Environment, type Found, type Outputs, PAUSE, type Stream, type Work } from './environment.ts';
import { made, run, values } from './outputs.ts';
import { bindPattern } from './patterns.ts';
import type { Filter, Pattern } from './syntax-tree.ts';

type Of<K extends Filter['kind']> = Extract<Filter, { kind: K }>;

export function* runReduce(reduce: Of<'reduce'>, env: Environment, input: Found): Outputs {
  for (const first of run(reduce.start, env, input))
    yield first === PAUSE ? first : yield* reduced(reduce, env, input, first);
}

/** The last output of every step is the state of the next one; none makes it null. */
function* reduced(
  { source, pattern, step }: Of<'reduce'>,
  env: Environment,
  input: Found,
  first: Found,
): Work<Found> {
  let state: Found | undefined = first;
  for (const inner of bound(source, pattern, env, input)) {
    if (inner === PAUSE) {
      yield inner;
      continue;
    }
    const from: Found = state ?? made(null, input);
    state = undefined;
    for (const output of run(step, inner, from)) {
      if (output === PAUSE) yield output;
      else state = output;
    }
  }
  return state ?? made(null, input);
}

export function* runForeach(
  { source, pattern, start, step, extract }: Of<'foreach'>,
  env: Environment,
  input: Found,
): Outputs {
  for (const first of run(start, env, input)) {
    if (first === PAUSE) {
      yield first;
      continue;
    }
    let state = first;
    for (const inner of bound(source, pattern, env, input)) {
      if (inner === PAUSE) yield inner;
      else
        for (const output of run(step, inner, state)) {
          if (output !== PAUSE) state = output;
          if (output === PAUSE || extract === undefined) yield output;
          else yield* run(extract, inner, output);
        }
    }
  }
}

/** What `source as PATTERN` binds, one after the other. */
function* bound(source: Filter, pattern: Pattern, env: Environment, input: Found): Stream<Environment> {
  for (const value of values(source, env, input.value)) {
    if (value === PAUSE) yield value;
    else yield* bindPattern(pattern, value, env);
  }
}
