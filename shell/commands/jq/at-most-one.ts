// Filters that never give more than one output: nothing of them need be kept after it.

import type { Filter } from './syntax-tree.ts';

type Of<K extends Filter['kind']> = Extract<Filter, { kind: K }>;

const always = (): boolean => true;
const both = ({ left, right }: { readonly left: Filter; readonly right: Filter }): boolean =>
  atMostOne(left) && atMostOne(right);

/** Kinds that are not here may give any number. */
const KINDS: { readonly [K in Filter['kind']]?: (filter: Of<K>) => boolean } = {
  identity: always,
  literal: always,
  variable: always,
  format: always,
  array: always,
  index: ({ target, key }) => atMostOne(target) && atMostOne(key),
  negate: ({ operand }) => atMostOne(operand),
  string: ({ parts }) => parts.every((part) => typeof part === 'string' || atMostOne(part)),
  object: ({ entries }) => entries.every(({ key, value }) => atMostOne(key) && atMostOne(value)),
  pipe: both,
  binary: both,
  and: both,
  or: both,
  update: ({ operator, right }) => operator === '|=' || atMostOne(right),
  if: ({ test, yes, no }) => atMostOne(test) && atMostOne(yes) && atMostOne(no),
};

export const atMostOne = (filter: Filter): boolean => {
  const known = KINDS[filter.kind] as ((filter: Filter) => boolean) | undefined;
  return known?.(filter) ?? false;
};
