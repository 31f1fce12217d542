// Functions that run their filters again and again.

import type { Environment, Found, NativeFunction, Outputs } from './environment.ts';
import { isTrue, type Json } from './json.ts';
import { made, run, values } from './outputs.ts';
import type { Filter } from './syntax-tree.ts';
import { fail } from './value-functions.ts';

function* numbers(from: number, to: number, by: number, input: Found): Outputs {
  if (by === 0) return;
  for (let at = from; by > 0 ? at < to : at > to; at += by) yield made(at, input);
}

export const range: NativeFunction = function* (args, env, input) {
  const bound = (value: Json): number =>
    typeof value === 'number' ? value : fail('Range bounds must be numeric');
  const [first, second, third] = args as [Filter, Filter?, Filter?];
  if (second === undefined) {
    for (const to of values(first, env, input.value)) yield* numbers(0, bound(to), 1, input);
    return;
  }
  for (const from of values(first, env, input.value)) {
    for (const to of values(second, env, input.value)) {
      if (third === undefined) yield* numbers(bound(from), bound(to), 1, input);
      else
        for (const by of values(third, env, input.value))
          yield* numbers(bound(from), bound(to), bound(by), input);
    }
  }
};

export function* limited(count: number, f: Filter, env: Environment, input: Found): Outputs {
  // jq 1.6 gives all outputs for a negative number, and one for zero.
  let left = count;
  for (const output of run(f, env, input)) {
    yield output;
    if (--left <= 0 && count >= 0) return;
  }
}

/** until and while, without a call for every round. */
export const rounds = (stopsBefore: boolean): NativeFunction =>
  function* ([test, step], env, input) {
    const go = function* (current: Found): Outputs {
      for (const holds of values(test as Filter, env, current.value)) {
        if (stopsBefore) {
          if (isTrue(holds)) yield current;
          else for (const next of run(step as Filter, env, current)) yield* go(next);
        } else if (isTrue(holds)) {
          yield current;
          for (const next of run(step as Filter, env, current)) yield* go(next);
        }
      }
    };
    yield* go(input);
  };

export const quantified = (stopsAt: boolean): NativeFunction =>
  function* ([source, test], env, input) {
    for (const value of values(source as Filter, env, input.value)) {
      for (const holds of values(test as Filter, env, value)) {
        if (isTrue(holds) === stopsAt) {
          yield made(stopsAt, input);
          return;
        }
      }
    }
    yield made(!stopsAt, input);
  };
