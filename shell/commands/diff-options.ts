// The options of diff, and which form they ask for.

import type { Options } from './options.ts';

export const diffOptions = {
  text: { short: 'a' },
  'ignore-space-change': { short: 'b' },
  'ignore-blank-lines': { short: 'B' },
  c: {},
  context: { short: 'C', argument: 'optional' },
  normal: {},
  'ignore-case': { short: 'i' },
  'new-file': { short: 'N' },
  brief: { short: 'q' },
  recursive: { short: 'r' },
  'report-identical-files': { short: 's' },
  u: {},
  unified: { short: 'U', argument: 'optional' },
  'ignore-all-space': { short: 'w' },
  'ignore-trailing-space': { short: 'Z' },
  label: { short: 'L', argument: 'required' },
  'no-dereference': {},
  color: { alias: ['colour'], argument: 'optional' },
  ed: { short: 'e' },
  'forward-ed': { short: 'f' },
  rcs: { short: 'n' },
  'side-by-side': { short: 'y' },
  width: { short: 'W', argument: 'required' },
  'left-column': {},
  'suppress-common-lines': {},
  'show-c-function': { short: 'p' },
  'show-function-line': { short: 'F', argument: 'required' },
  'expand-tabs': { short: 't' },
  'initial-tab': { short: 'T' },
  tabsize: { argument: 'required' },
  'suppress-blank-empty': {},
  'unidirectional-new-file': {},
  'ignore-file-name-case': {},
  'no-ignore-file-name-case': {},
  exclude: { short: 'x', argument: 'required' },
  'exclude-from': { short: 'X', argument: 'required' },
  'starting-file': { short: 'S', argument: 'required' },
  'from-file': { argument: 'required' },
  'to-file': { argument: 'required' },
  'ignore-tab-expansion': { short: 'E' },
  'ignore-matching-lines': { short: 'I', argument: 'required' },
  'strip-trailing-cr': {},
  ifdef: { short: 'D', argument: 'required' },
  'old-group-format': { argument: 'required' },
  'new-group-format': { argument: 'required' },
  'unchanged-group-format': { argument: 'required' },
  'changed-group-format': { argument: 'required' },
  'line-format': { argument: 'required' },
  'old-line-format': { argument: 'required' },
  'new-line-format': { argument: 'required' },
  'unchanged-line-format': { argument: 'required' },
  minimal: { short: 'd' },
  'horizon-lines': { argument: 'required' },
  'speed-large-files': { short: 'H' },
} as const;

export type DiffGiven = Options<keyof typeof diffOptions>;

export type Form = 'normal' | 'unified' | 'context' | 'ed' | 'forward-ed' | 'rcs' | 'side-by-side' | 'ifdef';

const FORMS = {
  u: 'unified',
  unified: 'unified',
  c: 'context',
  context: 'context',
  normal: 'normal',
  ed: 'ed',
  'forward-ed': 'forward-ed',
  rcs: 'rcs',
  'side-by-side': 'side-by-side',
  ifdef: 'ifdef',
} as const satisfies Partial<Record<keyof typeof diffOptions, Form>>;

export const formOf = (parsed: DiffGiven): Form => {
  const asked = parsed.list.findLast(({ name }) => name in FORMS)?.name as keyof typeof FORMS | undefined;
  if (asked !== undefined) return FORMS[asked];
  if (parsed.list.some(({ name }) => /-(group|line)-format$|^line-format$/.test(name))) return 'ifdef';
  return parsed.has('show-c-function') ? 'context' : 'normal';
};

const WITH_VALUE = 'CUWLxXSIFD';

/** `-U 5` as `-U5`: only the long form may lack its number. */
const withAttached = (argv: readonly string[]): string[] =>
  argv.flatMap((word, at) => {
    const lacks = (text: string | undefined): boolean => /^-[a-zA-Z]*[UC]$/.test(text ?? '');
    if (at > 1 && lacks(argv[at - 1])) return [];
    return [lacks(word) ? word + (argv[at + 1] ?? '') : word];
  });

/** `-u5` and `-3u`: lines of context as digits in a bundle, as an option of its own. */
export const contextWords = (argv: readonly string[]): string[] =>
  withAttached(argv).flatMap((word, at) => {
    const found = at === 0 ? null : /^-([a-zA-Z]*?)(\d+)([a-zA-Z]*)$/.exec(word);
    if (!found || [...(found[1] as string)].some((letter) => WITH_VALUE.includes(letter))) return [word];
    const [, before = '', digits = '', after = ''] = found;
    const letters = before + after;
    const form = letters.includes('c') ? 'C' : 'U';
    const rest = letters.replace(/[uc]/g, '');
    return [...(rest === '' ? [] : [`-${rest}`]), `-${form}${digits}`];
  });
