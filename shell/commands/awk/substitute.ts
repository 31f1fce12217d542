// sub, gsub and gensub: matches replaced, `&` in the replacement standing for what matched.

import type { RegexMatch, RegexMatcher } from '../posix-regex.ts';

/** Makes the replacement of one match. */
export type Replacement = (match: RegexMatch, text: string) => string;

const matched = ({ start, end }: RegexMatch, text: string): string => text.slice(start, end);

/** sub's and gsub's: `\&` is an ampersand, `\\&` a backslash and the match; other backslashes stay. */
export const readReplacement = (source: string): Replacement => {
  if (!/[\\&]/.test(source)) return () => source;
  const parts: (string | undefined)[] = [];
  let from = 0;
  for (const found of source.matchAll(/(\\*)&/g)) {
    const slashes = found[1]?.length ?? 0;
    parts.push(source.slice(from, found.index) + '\\'.repeat(Math.floor(slashes / 2)));
    parts.push(slashes % 2 === 1 ? '&' : undefined);
    from = found.index + found[0].length;
  }
  parts.push(source.slice(from));
  return (match, text) => parts.map((part) => part ?? matched(match, text)).join('');
};

/** gensub's: `\0` to `\9` are the groups besides. */
export const readGroupReplacement = (source: string): Replacement => {
  return (match, text) =>
    source.replace(/\\([\s\S])|&/g, (whole, letter: string | undefined) => {
      if (whole === '&' || letter === '0') return matched(match, text);
      if (letter !== undefined && /\d/.test(letter)) return match.groups[Number(letter)] ?? '';
      return letter === '&' || letter === '\\' ? letter : whole;
    });
};

/** `which`: the number of the match to replace, or all. */
export const substitute = (
  text: string,
  matcher: RegexMatcher,
  replacement: Replacement,
  which: number | 'all',
): { readonly text: string; readonly count: number } => {
  let result = '';
  let copied = 0;
  let count = 0;
  /** The end of the last match: an empty match right there does not count. */
  let lastEnd = -1;
  for (let from = 0, seen = 0; from <= text.length; ) {
    const match = matcher.find(text, from);
    if (match === undefined) break;
    const empty = match.end === match.start;
    if (!(empty && match.start === lastEnd)) {
      seen++;
      if (which === 'all' || which === seen) {
        result += text.slice(copied, match.start) + replacement(match, text);
        copied = match.end;
        count++;
      }
      lastEnd = match.end;
      if (which === seen) break;
    }
    from = empty ? match.end + 1 : match.end;
  }
  return { text: result + text.slice(copied), count };
};
