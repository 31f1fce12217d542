// tar --transform: expressions of sed's s command that members' names go through.

import { compileRegex, RegexError, type RegexMatcher } from './posix-regex.ts';
import { type Replacement, readReplacement, replacementText } from './sed-replacement.ts';

interface Rule {
  readonly matcher: RegexMatcher;
  readonly replacement: Replacement;
  readonly global: boolean;
  /** The first match that is replaced, from 1. */
  readonly number: number;
}

export type Rename = (name: string) => string;

/** `s,RE,TEXT,FLAGS`, several with semicolons between them; undefined for anything else. */
export const readRename = (source: string): Rename | undefined => {
  const rules: Rule[] = [];
  let rest = source;
  while (rest !== '') {
    const found =
      /^s([^\\\n])((?:\\[\s\S]|(?!\1)[^\\])*)\1((?:\\[\s\S]|(?!\1)[^\\])*)\1([gixrRsShH\d]*)(?:;|$)/.exec(
        rest,
      );
    if (!found) return undefined;
    const [whole, delimiter = '', pattern = '', text = '', flags = ''] = found;
    const plain = (part: string): string => part.replaceAll(`\\${delimiter}`, delimiter);
    try {
      rules.push({
        matcher: compileRegex(plain(pattern), {
          extended: flags.includes('x'),
          ignoreCase: flags.includes('i'),
        }),
        replacement: readReplacement(plain(text)),
        global: flags.includes('g'),
        number: Number(/\d+/.exec(flags)?.[0] ?? 1),
      });
    } catch (error) {
      if (error instanceof RegexError) return undefined;
      throw error;
    }
    rest = rest.slice(whole.length);
  }
  return (name) => rules.reduce(apply, name);
};

const apply = (name: string, { matcher, replacement, global, number }: Rule): string => {
  let result = '';
  let copied = 0;
  let seen = 0;
  for (let at = 0; at <= name.length; ) {
    const match = matcher.find(name, at);
    if (match === undefined) break;
    const chosen = ++seen === number || (global && seen > number);
    if (chosen) {
      result += name.slice(copied, match.start) + replacementText(replacement, match);
      copied = match.end;
    }
    if (chosen && !global) break;
    at = match.end === match.start ? match.end + 1 : match.end;
  }
  return result + name.slice(copied);
};
