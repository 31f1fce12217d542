// reduce and foreach.

import type { Environment, Found, Outputs } from './environment.ts';
import { made, run, values } from './outputs.ts';
import { bindPattern } from './patterns.ts';
import type { Filter } from './syntax-tree.ts';

export function* runReduce(
  { source, pattern, start, step: next }: Extract<Filter, { kind: 'reduce' }>,
  env: Environment,
  input: Found,
): Outputs {
  for (const first of run(start, env, input)) {
    let state: Found | undefined = first;
    for (const value of values(source, env, input.value)) {
      for (const inner of bindPattern(pattern, value, env)) {
        const from: Found = state ?? made(null, input);
        state = undefined;
        for (const output of run(next, inner, from)) state = output;
      }
    }
    yield state ?? made(null, input);
  }
}

export function* runForeach(
  { source, pattern, start, step: next, extract }: Extract<Filter, { kind: 'foreach' }>,
  env: Environment,
  input: Found,
): Outputs {
  for (const first of run(start, env, input)) {
    let state = first;
    for (const value of values(source, env, input.value)) {
      for (const inner of bindPattern(pattern, value, env)) {
        for (const output of run(next, inner, state)) {
          state = output;
          if (extract === undefined) yield output;
          else yield* run(extract, inner, output);
        }
      }
    }
  }
}
