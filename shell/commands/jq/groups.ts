// Elements by what a filter makes of them: sorted, grouped, the least and the greatest.

import type { Environment } from './environment.ts';
import { compareJson, type Json } from './json.ts';
import { values } from './outputs.ts';
import type { Filter } from './syntax-tree.ts';
import { array } from './value-functions.ts';

/** Elements with what `f` makes of each. */
export const keyed = (
  value: Json,
  f: Filter,
  env: Environment,
  what: string,
): { item: Json; key: Json[] }[] =>
  array(value, what).map((item) => ({ item, key: [...values(f, env, item)] }));

export const byKey = (a: { key: Json[] }, b: { key: Json[] }): number => compareJson(a.key, b.key);

export const SORT = 'cannot be sorted, as it is not an array';
const GROUP = 'cannot be grouped, as it is not an array';

export const grouped = (value: Json, f: Filter, env: Environment): Json[][] => {
  const groups: Json[][] = [];
  let last: { key: Json[] } | undefined;
  for (const one of keyed(value, f, env, GROUP).sort(byKey)) {
    if (last === undefined || byKey(last, one) !== 0) groups.push([]);
    groups.at(-1)?.push(one.item);
    last = one;
  }
  return groups;
};

/** Of equal ones min gives the first and max the last. */
export const extreme =
  (sign: 1 | -1) =>
  (value: Json, f: Filter, env: Environment): Json => {
    const items = keyed(value, f, env, SORT);
    const best = items.reduce<(typeof items)[number] | undefined>((found, one) => {
      if (found === undefined) return one;
      const order = byKey(one, found) * sign;
      return order < 0 || (order === 0 && sign === -1) ? one : found;
    }, undefined);
    return best?.item ?? null;
  };
