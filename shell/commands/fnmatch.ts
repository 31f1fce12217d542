// fnmatch(3): file name patterns with `*`, `?`, `[...]` and backslash, for options that take a glob.

import { readBracket } from './regex-bracket.ts';

export interface FnmatchRules {
  readonly ignoreCase?: boolean;
  /** `*` and `?` stop at a slash (FNM_PATHNAME). */
  readonly pathname?: boolean;
  /** A leading dot needs a dot (FNM_PERIOD). */
  readonly period?: boolean;
}

const cache = new Map<string, RegExp>();

export const fnmatch = (pattern: string, name: string, rules: FnmatchRules = {}): boolean => {
  if (rules.period && name.startsWith('.') && !pattern.startsWith('.')) return false;
  const key = `${rules.ignoreCase ? 'i' : ''}${rules.pathname ? 'p' : ''}:${pattern}`;
  let regex = cache.get(key);
  if (regex === undefined) {
    regex = new RegExp(`^${translate(pattern, rules.pathname ?? false)}$`, rules.ignoreCase ? 'iu' : 'u');
    if (cache.size > 200) cache.clear();
    cache.set(key, regex);
  }
  return regex.test(name);
};

const translate = (pattern: string, pathname: boolean): string => {
  let result = '';
  for (let at = 0; at < pattern.length; ) {
    const character = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
    at += character.length;
    if (character === '*') result += pathname ? '[^/]*' : '[^]*';
    else if (character === '?') result += pathname ? '[^/]' : '[^]';
    else if (character === '[') {
      const start = pattern[at] === '!' ? at + 1 : at;
      const bracket = readBracket(
        pattern[at] === '!' ? `${pattern.slice(0, at)}^${pattern.slice(start)}` : pattern,
        at,
        true,
      );
      if ('problem' in bracket) result += '\\[';
      else {
        result += bracket.pattern;
        at = bracket.end;
      }
    } else if (character === '\\' && at < pattern.length) {
      const next = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
      result += quoted(next);
      at += next.length;
    } else result += quoted(character);
  }
  return result;
};

const quoted = (character: string): string =>
  /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
