// Compiled pieces: closures over the runtime. Slow ones may give promises; the rest never does and is not asked.

import { chain, type Maybe } from '../maybe.ts';
import type { AwkArray, Locals } from './array.ts';
import type { Value } from './value.ts';

export type Run<T> = (locals: Locals) => T;

export interface Code {
  readonly slow: boolean;
  readonly run: Run<Maybe<Value>>;
}

export interface FastCode {
  readonly slow: false;
  readonly run: Run<Value>;
}

export const fast = (run: Run<Value>): FastCode => ({ slow: false, run });
export const slow = (run: Run<Maybe<Value>>): Code => ({ slow: true, run });

export const isFast = (code: Code): code is FastCode => !code.slow;

export const lift1 = (one: Code, combine: (value: Value) => Value): Code => {
  if (isFast(one)) {
    const { run } = one;
    return fast((locals) => combine(run(locals)));
  }
  return slow((locals) => chain(one.run(locals), combine));
};

export const lift2 = (left: Code, right: Code, combine: (left: Value, right: Value) => Value): Code => {
  if (isFast(left) && isFast(right)) {
    const [a, b] = [left.run, right.run];
    return fast((locals) => combine(a(locals), b(locals)));
  }
  return slow((locals) => chain(left.run(locals), (a) => chain(right.run(locals), (b) => combine(a, b))));
};

/** All of them, in order. */
export const runAll = (codes: readonly Code[], locals: Locals): Maybe<Value[]> => {
  const values: Value[] = [];
  const from = (start: number): Maybe<Value[]> => {
    for (let at = start; at < codes.length; at++) {
      const value = (codes[at] as Code).run(locals);
      if (value instanceof Promise)
        return value.then((waited) => {
          values.push(waited);
          return from(at + 1);
        });
      values.push(value);
    }
    return values;
  };
  return from(0);
};

export const liftAll = (codes: readonly Code[], combine: (values: Value[]) => Value): Code => {
  const [first, second] = codes;
  if (first !== undefined && second === undefined) return lift1(first, (value) => combine([value]));
  if (codes.every(isFast)) return fast((locals) => combine(codes.map((code) => code.run(locals))));
  return slow((locals) => chain(runAll(codes, locals), combine));
};

/** Something that can be assigned to. `key` is worked out once: which element, which field. */
export interface Target {
  readonly key: Code;
  readonly get: (locals: Locals, key: Value) => Value;
  readonly set: (locals: Locals, key: Value, value: Value) => void;
}

/** How a statement ends. */
export const END = { normal: 0, break: 1, continue: 2, next: 3, nextfile: 4, exit: 5, return: 6 } as const;
export type End = (typeof END)[keyof typeof END];

/** A statement; `slow` as with Code. */
export interface Step {
  readonly slow: boolean;
  readonly run: Run<Maybe<End>>;
}

/** Where names mean something: a function's parameters, or the globals alone. */
export interface Scope {
  readonly parameters: ReadonlyMap<string, number>;
  isArray(name: string): boolean;
}

export type ArrayOf = Run<AwkArray>;
