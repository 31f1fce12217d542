// Functions that run their filters again and again.

import { atMostOne } from './at-most-one.ts';
import {
  type Environment,
  type Found,
  type NativeFunction,
  type Outputs,
  PAUSE,
  type Pause,
} from './environment.ts';
import { isTrue, type Json } from './json.ts';
import { made, run, values } from './outputs.ts';
import type { Filter } from './syntax-tree.ts';
import { fail } from './value-functions.ts';

function* numbers(from: number, to: number, by: number, input: Found, env: Environment): Outputs {
  if (by === 0) return;
  for (let at = from; by > 0 ? at < to : at > to; at += by) {
    if (env.world.tick()) yield PAUSE;
    yield made(at, input);
  }
}

const ONE: Filter = { kind: 'literal', value: 1 };
const ZERO: Filter = { kind: 'literal', value: 0 };

export const range: NativeFunction = function* (args, env, input) {
  const bound = (value: Json): number =>
    typeof value === 'number' ? value : fail('Range bounds must be numeric');
  const [first, second, step] = args as [Filter, Filter?, Filter?];
  for (const from of values(second === undefined ? ZERO : first, env, input.value)) {
    if (from === PAUSE) yield from;
    else
      for (const to of values(second ?? first, env, input.value)) {
        if (to === PAUSE) yield to;
        else
          for (const by of values(step ?? ONE, env, input.value)) {
            if (by === PAUSE) yield by;
            else yield* numbers(bound(from), bound(to), bound(by), input, env);
          }
      }
  }
};

export function* limited(count: number, f: Filter, env: Environment, input: Found): Outputs {
  // jq 1.6 gives all outputs for a negative number, and one for zero.
  let left = count;
  for (const output of run(f, env, input)) {
    yield output;
    if (output !== PAUSE && --left <= 0 && count >= 0) return;
  }
}

export const nth: NativeFunction = function* ([n, f], env, input) {
  for (const at of values(n as Filter, env, input.value)) {
    if (at === PAUSE) {
      yield at;
      continue;
    }
    if (Number(at) < 0) fail('Out of bounds negative array index');
    let found: Found | undefined;
    // jq 1.6 gives the last one where there are too few.
    for (const output of limited(Number(at) + 1, f as Filter, env, input)) {
      if (output === PAUSE) yield output;
      else found = output;
    }
    if (found !== undefined) yield found;
  }
};

/** From here on again. */
class Onward {
  readonly from: Found;

  constructor(from: Found) {
    this.from = from;
  }
}

type Visit = (current: Found) => Generator<Found | Pause | Onward, void, undefined>;

/**
 * Goes on from wherever `visit` says, as deep as it may be: the stack is an array here.
 * `once`: a visit has nothing to say any more after it went on, so that it need not be kept.
 */
function* goOn(visit: Visit, once: boolean, input: Found): Outputs {
  const open = [visit(input)];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const { done, value } = top.next();
    if (done) open.pop();
    else if (value instanceof Onward) {
      if (once) open.pop();
      open.push(visit(value.from));
    } else yield value as Found | Pause;
  }
}

const onward = (output: Found | Pause): Onward | Pause => (output === PAUSE ? output : new Onward(output));

/** until and while. */
export const rounds =
  (stopsBefore: boolean): NativeFunction =>
  (args, env, input) => {
    const [test, step] = args as [Filter, Filter];
    const visit: Visit = function* (current) {
      for (const holds of values(test, env, current.value)) {
        if (holds === PAUSE) {
          yield holds;
          continue;
        }
        if (isTrue(holds)) yield current;
        if (isTrue(holds) !== stopsBefore) for (const next of run(step, env, current)) yield onward(next);
      }
    };
    return goOn(visit, atMostOne(test) && atMostOne(step), input);
  };

/** jq 1.6 begins with what f gives. */
export const repeat: NativeFunction = (args, env, input) => {
  const [f] = args as [Filter];
  const visit: Visit = function* (current) {
    for (const next of run(f, env, current)) {
      yield next;
      if (next !== PAUSE) yield onward(next);
    }
  };
  return goOn(visit, atMostOne(f), input);
};

export const recursion: NativeFunction = (args, env, input) => {
  const [f] = args as [Filter];
  const visit: Visit = function* (current) {
    yield current;
    for (const next of run(f, env, current)) yield onward(next);
  };
  return goOn(visit, atMostOne(f), input);
};

export const quantified = (stopsAt: boolean): NativeFunction =>
  function* ([source, test], env, input) {
    for (const value of values(source as Filter, env, input.value)) {
      if (value === PAUSE) {
        yield value;
        continue;
      }
      for (const holds of values(test as Filter, env, value)) {
        if (holds === PAUSE) yield holds;
        else if (isTrue(holds) === stopsAt) {
          yield made(stopsAt, input);
          return;
        }
      }
    }
    yield made(!stopsAt, input);
  };
