// The order in which `for (key in array)` meets the keys, and gawk's named orders.

import type { AwkArray } from './array.ts';
import type { Runtime } from './runtime.ts';
import { compare, Input, toNumber, type Value } from './value.ts';

type Element = readonly [string, Value];
type Order = (a: Element, b: Element) => number;

export const arrayOrder = (runtime: Runtime, array: AwkArray): string[] => {
  const wanted =
    runtime.dialect.name === 'gawk' ? runtime.array('PROCINFO').elements.get('sorted_in') : undefined;
  if (wanted === undefined) return [...array.elements.keys()];
  return sortedElements(runtime, array, runtime.text(wanted)).map(([key]) => key);
};

/** The elements by one of gawk's orders (`@ind_num_desc`); an unknown one leaves them as they are. */
export const sortedElements = (runtime: Runtime, { elements }: AwkArray, name: string): Element[] => {
  const order = ORDERS[name.replace(/_(asc|desc)$/, '')]?.(runtime);
  if (order === undefined) return [...elements];
  const sorted = [...elements].sort(order);
  return name.endsWith('_desc') ? sorted.reverse() : sorted;
};

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const ORDERS: Readonly<Record<string, (runtime: Runtime) => Order>> = {
  '@ind_str':
    () =>
    ([a], [b]) =>
      byText(a, b),
  '@ind_num':
    () =>
    ([a], [b]) =>
      toNumber(a) - toNumber(b) || byText(a, b),
  '@val_str':
    (runtime) =>
    ([i, a], [j, b]) =>
      byText(runtime.text(a), runtime.text(b)) || byText(i, j),
  '@val_num':
    () =>
    ([i, a], [j, b]) =>
      toNumber(a) - toNumber(b) || byText(i, j),
  '@val_type':
    (runtime) =>
    ([i, a], [j, b]) =>
      rank(a) - rank(b) || compare(a, b, (value) => runtime.text(value)) || byText(i, j),
};

/** Numbers come before strings. */
const rank = (value: Value): number =>
  typeof value === 'string' || (value instanceof Input && !value.numeric) ? 1 : 0;
