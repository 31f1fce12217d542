// grep's options, and which of them take a word.

import type { NameOf, Options } from './options.ts';

export const grepOptions = {
  'extended-regexp': { short: 'E' },
  'fixed-strings': { short: 'F' },
  'basic-regexp': { short: 'G' },
  'perl-regexp': { short: 'P' },
  regexp: { short: 'e', argument: 'required' },
  file: { short: 'f', argument: 'required' },
  'ignore-case': { short: 'iy' },
  'no-ignore-case': {},
  'word-regexp': { short: 'w' },
  'line-regexp': { short: 'x' },
  'null-data': { short: 'z' },
  'no-messages': { short: 's' },
  'invert-match': { short: 'v' },
  'max-count': { short: 'm', argument: 'required' },
  'byte-offset': { short: 'b' },
  'line-number': { short: 'n' },
  'line-buffered': {},
  'with-filename': { short: 'H' },
  'no-filename': { short: 'h' },
  label: { argument: 'required' },
  'only-matching': { short: 'o' },
  quiet: { short: 'q', alias: ['silent'] },
  text: { short: 'a' },
  binary: { short: 'U' },
  'unix-byte-offsets': { short: 'u' },
  'binary-files': { argument: 'required' },
  I: {},
  'initial-tab': { short: 'T' },
  X: { argument: 'required' },
  directories: { short: 'd', argument: 'required' },
  devices: { short: 'D', argument: 'required' },
  recursive: { short: 'r' },
  'dereference-recursive': { short: 'R' },
  include: { argument: 'required' },
  exclude: { argument: 'required' },
  'exclude-from': { argument: 'required' },
  'exclude-dir': { argument: 'required' },
  'files-without-match': { short: 'L' },
  'files-with-matches': { short: 'l' },
  count: { short: 'c' },
  null: { short: 'Z' },
  'after-context': { short: 'A', argument: 'required' },
  'before-context': { short: 'B', argument: 'required' },
  context: { short: 'C', argument: 'required' },
  'group-separator': { argument: 'required' },
  'no-group-separator': {},
  V: {},
  color: { argument: 'optional', alias: ['colour'] },
} as const;

export type GrepOptions = Options<NameOf<typeof grepOptions>>;

/** A word of the command line whose next word is its value. */
export const WITH_VALUE =
  /^-[a-zA-Z]*[efmABCDdX]$|^--(regexp|file|max-count|(after-|before-)?context|label|binary-files|directories|devices|(in|ex)clude(-from|-dir)?|group-separator)$/;
