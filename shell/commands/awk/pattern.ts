// awk's regular expressions: extended ones, with the escapes of strings (POSIX awk, "Regular Expressions").

import { CONTROL_CHARACTERS } from '../byte-letters.ts';
import { compileRegex, RegexError, type RegexMatcher } from '../posix-regex.ts';
import type { Dialect } from './dialect.ts';

/** Compiles patterns and remembers them. */
export class Patterns {
  ignoreCase = false;
  readonly #dialect: Dialect;
  readonly #utf8: boolean;
  readonly #compiled = new Map<string, RegexMatcher>();

  constructor(dialect: Dialect, utf8: boolean) {
    this.#dialect = dialect;
    this.#utf8 = utf8;
  }

  /** Throws RegexError. */
  compile(source: string): RegexMatcher {
    const key = this.ignoreCase ? `i${source}` : `c${source}`;
    let matcher = this.#compiled.get(key);
    if (matcher === undefined) {
      if (this.#compiled.size > 500) this.#compiled.clear();
      matcher = compileRegex(toExtended(source, this.#dialect), {
        extended: true,
        looseParenthesis: true,
        utf8: this.#utf8,
        ignoreCase: this.ignoreCase,
      });
      this.#compiled.set(key, matcher);
    }
    return matcher;
  }
}

export { RegexError };

/** awk's escapes read, what remains is an extended expression of regex(7). */
const toExtended = (source: string, dialect: Dialect): string => {
  let result = '';
  for (let at = 0; at < source.length; ) {
    const character = source[at] as string;
    if (character === '\\') {
      const { text, end } = readEscape(source, at, dialect);
      result += text;
      at = end;
    } else if (character === '[') {
      const { text, end } = readBracket(source, at);
      result += text;
      at = end;
    } else {
      result += character === '{' && !dialect.intervals ? '\\{' : character;
      at++;
    }
  }
  return result;
};

const quoted = (character: string): string =>
  /[\\^$.*+?()[\]{}|]/.test(character) ? `\\${character}` : character;

const readEscape = (source: string, at: number, dialect: Dialect): { text: string; end: number } => {
  const letter = source[at + 1];
  if (letter === undefined) return { text: '\\\\', end: at + 1 };
  const coded = /^(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2})/.exec(source.slice(at + 1, at + 4))?.[0];
  if (coded !== undefined) return { text: quoted(character(coded)), end: at + 1 + coded.length };
  const control = CONTROL_CHARACTERS[letter];
  if (control !== undefined) return { text: control, end: at + 2 };
  if (dialect.gnuPatterns && /[wWsS<>B`']/.test(letter)) return { text: `\\${letter}`, end: at + 2 };
  if (dialect.name === 'gawk' && letter === 'y') return { text: '\\b', end: at + 2 };
  return { text: quoted(letter), end: at + 2 };
};

const character = (coded: string): string =>
  String.fromCharCode(
    coded.startsWith('x') ? Number.parseInt(coded.slice(1), 16) : Number.parseInt(coded, 8) & 0xff,
  );

/** A bracket expression with its backslash escapes read, which POSIX does not have there. */
const readBracket = (source: string, start: number): { text: string; end: number } => {
  let text = '[';
  let at = start + 1;
  if (source[at] === '^') text += source[at++];
  for (let first = true; at < source.length; first = false) {
    const letter = source[at] as string;
    if (letter === ']' && !first) return { text: `${text}]`, end: at + 1 };
    const named = /^\[([:.=]).*?\1\]/.exec(source.slice(at))?.[0];
    if (named !== undefined) {
      text += named;
      at += named.length;
    } else if (letter === '\\' && at + 1 < source.length) {
      const coded = /^(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2})/.exec(source.slice(at + 1, at + 4))?.[0];
      const next = source[at + 1] as string;
      const plain = coded === undefined ? (CONTROL_CHARACTERS[next] ?? next) : character(coded);
      text += /[\]^\-[]/.test(plain) ? `[.${plain}.]` : plain;
      at += 1 + (coded?.length ?? 1);
    } else {
      text += letter;
      at++;
    }
  }
  return { text, end: at };
};
