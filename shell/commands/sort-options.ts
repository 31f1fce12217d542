// sort's options.

import type { NameOf, Options } from './options.ts';

export const sortOptions = {
  'ignore-leading-blanks': { short: 'b' },
  'dictionary-order': { short: 'd' },
  'ignore-case': { short: 'f' },
  'general-numeric-sort': { short: 'g' },
  'ignore-nonprinting': { short: 'i' },
  'month-sort': { short: 'M' },
  'human-numeric-sort': { short: 'h' },
  'numeric-sort': { short: 'n' },
  'random-sort': { short: 'R' },
  reverse: { short: 'r' },
  'version-sort': { short: 'V' },
  c: {},
  check: { argument: 'optional' },
  C: {},
  key: { short: 'k', argument: 'required' },
  merge: { short: 'm' },
  output: { short: 'o', argument: 'required' },
  stable: { short: 's' },
  'buffer-size': { short: 'S', argument: 'required' },
  'field-separator': { short: 't', argument: 'required' },
  'temporary-directory': { short: 'T', argument: 'required' },
  'batch-size': { argument: 'required' },
  'compress-program': { argument: 'required' },
  'files0-from': { argument: 'required' },
  'random-source': { argument: 'required' },
  parallel: { argument: 'required' },
  unique: { short: 'u' },
  'zero-terminated': { short: 'z' },
  sort: { argument: 'required' },
} as const;

export type SortOptions = Options<NameOf<typeof sortOptions>>;
