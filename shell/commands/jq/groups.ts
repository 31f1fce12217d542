// Elements by what a filter makes of them: sorted, grouped, the least and the greatest.

import type { Environment, Work } from './environment.ts';
import { compareJson, type Json } from './json.ts';
import { collect, values } from './outputs.ts';
import type { Filter } from './syntax-tree.ts';
import { array } from './value-functions.ts';

interface Keyed {
  readonly item: Json;
  readonly key: Json[];
}

/** Elements with what `f` makes of each. */
function* keyed(value: Json, f: Filter, env: Environment, what: string): Work<Keyed[]> {
  const all: Keyed[] = [];
  for (const item of array(value, what)) all.push({ item, key: yield* collect(values(f, env, item)) });
  return all;
}

const byKey = (a: Keyed, b: Keyed): number => compareJson(a.key, b.key);

export const SORT = 'cannot be sorted, as it is not an array';
const GROUP = 'cannot be grouped, as it is not an array';

export function* sorted(value: Json, f: Filter, env: Environment): Work<Json[]> {
  return (yield* keyed(value, f, env, SORT)).sort(byKey).map(({ item }) => item);
}

export function* grouped(value: Json, f: Filter, env: Environment): Work<Json[][]> {
  const groups: Json[][] = [];
  let last: Keyed | undefined;
  for (const one of (yield* keyed(value, f, env, GROUP)).sort(byKey)) {
    if (last === undefined || byKey(last, one) !== 0) groups.push([]);
    groups.at(-1)?.push(one.item);
    last = one;
  }
  return groups;
}

/** The first of every group. */
export function* distinct(value: Json, f: Filter, env: Environment): Work<Json[]> {
  return (yield* grouped(value, f, env)).map(([first]) => first as Json);
}

/** Of equal ones min gives the first and max the last. */
export const extreme = (sign: 1 | -1) =>
  function* (value: Json, f: Filter, env: Environment): Work<Json> {
    const items = yield* keyed(value, f, env, SORT);
    const best = items.reduce<Keyed | undefined>((found, one) => {
      if (found === undefined) return one;
      const order = byKey(one, found) * sign;
      return order < 0 || (order === 0 && sign === -1) ? one : found;
    }, undefined);
    return best?.item ?? null;
  };
