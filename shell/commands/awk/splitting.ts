// Taking records apart: what FS and the third argument of split mean.

import type { Patterns } from './pattern.ts';

export type Splitter = (text: string) => string[];

/** Runs of blanks and newlines separate; those at the ends do not count. */
const splitAtBlanks: Splitter = (text) => {
  const parts: string[] = [];
  const { length } = text;
  let at = 0;
  for (;;) {
    while (at < length && isBlank(text.charCodeAt(at))) at++;
    if (at >= length) return parts;
    const start = at;
    while (at < length && !isBlank(text.charCodeAt(at))) at++;
    parts.push(text.slice(start, at));
  }
};

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 10;

const splitAt =
  (separator: string): Splitter =>
  (text) =>
    text === '' ? [] : text.split(separator);

/** Every match separates; `found` gets what stood between the parts. */
export const splitByPattern = (
  text: string,
  source: string,
  patterns: Patterns,
  found?: string[],
): string[] => {
  if (text === '') return [];
  const matcher = patterns.compile(source);
  const parts: string[] = [];
  let from = 0;
  for (let search = 0; search <= text.length; ) {
    const match = matcher.find(text, search);
    if (match === undefined) break;
    if (match.end === match.start) {
      // An empty match separates nothing.
      search = match.end + 1;
      continue;
    }
    parts.push(text.slice(from, match.start));
    found?.push(text.slice(match.start, match.end));
    from = search = match.end;
  }
  parts.push(text.slice(from));
  return parts;
};

/** How a separator string separates. Throws RegexError. */
export const splitterFor = (separator: string, patterns: Patterns): Splitter => {
  if (separator === ' ') return splitAtBlanks;
  if (separator === '') return (text) => [...text];
  if (separator.length === 1 && separator !== '\\' && !patterns.ignoreCase) return splitAt(separator);
  if (separator === '\\|' || separator === '\\.') return splitAt(separator.slice(1));
  patterns.compile(separator);
  return (text) => splitByPattern(text, separator, patterns);
};

/** In paragraph mode a newline separates fields too. */
export const withNewlines = (separator: string, patterns: Patterns): Splitter => {
  if (separator === ' ' || separator === '') return splitterFor(separator, patterns);
  const one =
    separator.length === 1 && separator !== '\\' ? `[${separator === '^' ? '\\^' : separator}]` : separator;
  return splitterFor(`(${one})|\n`, patterns);
};
