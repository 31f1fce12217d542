// POSIX regular expressions, basic and extended with GNU's additions (regex(7)), translated to JavaScript's.
// POSIX wants the longest of the leftmost matches, JavaScript takes the first that fits: see `RegexMatcher`.

import { readBracket } from './regex-bracket.ts';

export interface RegexOptions {
  readonly extended: boolean;
  readonly ignoreCase?: boolean;
  /** `^` and `$` match at every newline too. */
  readonly multiline?: boolean;
  /** Characters instead of bytes. */
  readonly utf8?: boolean;
  /** A `)` without its partner is an ordinary character, as in grep -E. */
  readonly looseParenthesis?: boolean;
}

/** A pattern that cannot be read; the message is regerror(3)'s. */
export class RegexError extends Error {}

const WORD = '[A-Za-z0-9_]';
const WORD_UTF8 = '[\\p{L}\\p{N}_]';

class Translator {
  readonly #source: string;
  readonly #options: RegexOptions;
  readonly #word: string;
  #at = 0;
  #groups = 0;
  /** Groups that are complete: what a back reference may name. */
  readonly #closed = new Set<number>();
  /** There are several ways to match: alternatives, or groups that repeat. */
  choices = false;
  /** What a strict reader would find odd. */
  readonly warnings: string[] = [];

  constructor(source: string, options: RegexOptions) {
    this.#source = source;
    this.#options = options;
    this.#word = options.utf8 ? WORD_UTF8 : WORD;
  }

  get groups(): number {
    return this.#groups;
  }

  translate(): string {
    return this.#alternatives(0);
  }

  #alternatives(depth: number): string {
    const parts = [this.#sequence(depth)];
    while (this.#takes(this.#options.extended ? '|' : '\\|')) {
      this.choices = true;
      parts.push(this.#sequence(depth));
    }
    return parts.join('|');
  }

  /** Atoms with their repetitions, up to an alternation, the group's end or the end. */
  #sequence(depth: number): string {
    let result = '';
    let first = true;
    while (this.#at < this.#source.length && !this.#ends(depth)) {
      const anchor = this.#anchor(first, depth);
      if (anchor !== undefined) {
        result += anchor;
        continue;
      }
      const atom = this.#atom(depth);
      if (atom === '') continue;
      first = false;
      // A repetition right after a place is dropped, or ordinary in a basic expression, as at the start.
      result += isPlace(atom) ? atom : this.#repeated(atom);
    }
    return result;
  }

  #ends(depth: number): boolean {
    const { extended } = this.#options;
    if (this.#looking(extended ? '|' : '\\|')) return true;
    if (!this.#looking(extended ? ')' : '\\)')) return false;
    if (depth > 0) return true;
    if (extended && this.#options.looseParenthesis) return false;
    throw new RegexError('Unmatched ) or \\)');
  }

  #anchor(first: boolean, depth: number): string | undefined {
    const { extended, multiline } = this.#options;
    const character = this.#source[this.#at];
    if (character === '^' && (extended || first)) {
      this.#at++;
      return multiline ? '(?<![^\\n])' : '^';
    }
    if (character === '$' && (extended || this.#atEnd(this.#at + 1, depth))) {
      this.#at++;
      return multiline ? '(?![^\\n])' : '$';
    }
    return undefined;
  }

  #atEnd(at: number, depth: number): boolean {
    const rest = this.#source.slice(at);
    return rest === '' || rest.startsWith('\\|') || (depth > 0 && rest.startsWith('\\)'));
  }

  #atom(depth: number): string {
    const { extended } = this.#options;
    const character = this.#next();
    if (character === '\\') return this.#escaped(depth);
    if (character === '[') return this.#bracket();
    if (character === '.') return '[^]';
    if (extended && character === '(') return this.#group(depth);
    if (extended && /[*+?]/.test(character)) {
      this.warnings.push(`${character} at start of expression`);
      return '';
    }
    return literal(character);
  }

  #group(depth: number): string {
    const number = ++this.#groups;
    const inside = this.#alternatives(depth + 1);
    if (!this.#takes(this.#options.extended ? ')' : '\\)')) throw new RegexError('Unmatched ( or \\(');
    this.#closed.add(number);
    return `(${inside})`;
  }

  #escaped(depth: number): string {
    if (this.#at >= this.#source.length) throw new RegexError('Trailing backslash');
    const character = this.#next();
    const word = this.#word;
    if (!this.#options.extended && character === '(') return this.#group(depth);
    if (/[1-9]/.test(character)) {
      if (!this.#closed.has(Number(character))) throw new RegexError('Invalid back reference');
      return `(?:\\${character})`;
    }
    const special: Readonly<Record<string, string>> = {
      w: word,
      W: `(?!${word})[^]`,
      s: '[ \\t\\n\\v\\f\\r]',
      S: '[^ \\t\\n\\v\\f\\r]',
      '<': `(?<!${word})(?=${word})`,
      '>': `(?<=${word})(?!${word})`,
      b: `(?:(?<!${word})(?=${word})|(?<=${word})(?!${word}))`,
      B: `(?:(?<!${word})(?!${word})|(?<=${word})(?=${word}))`,
      '`': '(?<![^])',
      "'": '(?![^])',
    };
    return special[character] ?? literal(character);
  }

  #bracket(): string {
    const bracket = readBracket(this.#source, this.#at, this.#options.utf8 ?? false);
    if ('problem' in bracket) throw new RegexError(bracket.problem);
    this.#at = bracket.end;
    return bracket.pattern;
  }

  /** Any repetitions that follow an atom; several of them nest. */
  #repeated(atom: string): string {
    let result = atom;
    for (let count = 0; ; count++) {
      const repeat = this.#repeat();
      if (repeat === undefined) return result;
      if (result === '') continue;
      if (result.endsWith(')')) this.choices = true;
      result = count === 0 && isSingle(result) ? `${result}${repeat}` : `(?:${result})${repeat}`;
    }
  }

  #repeat(): string | undefined {
    const { extended } = this.#options;
    if (this.#takes('*')) return '*';
    if (this.#takes(extended ? '+' : '\\+')) return '+';
    if (this.#takes(extended ? '?' : '\\?')) return '?';
    if (!this.#looking(extended ? '{' : '\\{')) return undefined;
    return this.#interval();
  }

  /** `{2}`, `{2,}`, `{,3}`, `{2,3}`; in an extended expression anything else is an ordinary brace. */
  #interval(): string | undefined {
    const { extended } = this.#options;
    const open = extended ? (this.#source[this.#at] === '{' ? 1 : 0) : 2;
    const close = extended ? '}' : '\\}';
    const rest = this.#source.slice(this.#at + open);
    const end = rest.indexOf(close);
    const body = end < 0 ? undefined : /^(\d*)(,?)(\d*)$/.exec(rest.slice(0, end));
    if (!body || (body[1] === '' && body[2] === '')) {
      if (extended) return undefined;
      throw new RegexError(end < 0 ? 'Unmatched \\{' : 'Invalid content of \\{\\}');
    }
    const [, low = '', comma = '', high = ''] = body;
    if (high !== '' && Number(low) > Number(high)) throw new RegexError('Invalid content of \\{\\}');
    if (Number(low) > 32767 || Number(high) > 32767) throw new RegexError('Regular expression too big');
    this.#at += open + end + close.length;
    return `{${low === '' ? '0' : low}${comma}${high}}`;
  }

  #next(): string {
    const code = this.#source.codePointAt(this.#at) ?? 0;
    const character = String.fromCodePoint(code);
    this.#at += character.length;
    return character;
  }

  #looking(text: string): boolean {
    return this.#source.startsWith(text, this.#at);
  }

  #takes(text: string): boolean {
    if (!this.#looking(text)) return false;
    this.#at += text.length;
    return true;
  }
}

/** Matches a place between characters: \b, \< and their like. */
const isPlace = (atom: string): boolean =>
  /^(?:\(\?<?[!=]|\(\?:\(\?<[!=])/.test(atom) && !atom.endsWith('[^]');

const literal = (character: string): string =>
  /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;

/** True for a piece of pattern that a repetition after it takes as a whole. */
const isSingle = (piece: string): boolean =>
  /^(?:\\?[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\])$/u.test(piece) ||
  (piece.startsWith('(') && !piece.startsWith('(?') && closes(piece));

const closes = (piece: string): boolean => {
  let depth = 0;
  for (let at = 0; at < piece.length; at++) {
    if (piece[at] === '\\') at++;
    else if (piece[at] === '[') at = classEnd(piece, at);
    else if (piece[at] === '(') depth++;
    else if (piece[at] === ')' && --depth === 0) return at === piece.length - 1;
  }
  return false;
};

const classEnd = (piece: string, start: number): number => {
  let at = start + 1;
  while (at < piece.length && piece[at] !== ']') at += piece[at] === '\\' ? 2 : 1;
  return at;
};

export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  /** The parts that groups matched; [0] is the whole. */
  readonly groups: readonly (string | undefined)[];
}

/** Finds matches of a pattern in a text. */
export class RegexMatcher {
  readonly groups: number;
  readonly warnings: readonly string[];
  readonly #source: string;
  readonly #flags: string;
  readonly #regex: RegExp;
  /** The first match may not be the longest one. */
  readonly #choices: boolean;
  readonly #reaching = new Map<number, RegExp>();

  constructor(source: string, translator: Translator, options: RegexOptions) {
    this.groups = translator.groups;
    this.warnings = translator.warnings;
    this.#source = source;
    this.#flags = `${options.ignoreCase ? 'i' : ''}u`;
    this.#regex = new RegExp(this.#source, `${this.#flags}g`);
    this.#choices = translator.choices;
  }

  /** The leftmost longest match at or after `from`. */
  find(text: string, from = 0): RegexMatch | undefined {
    this.#regex.lastIndex = from;
    const match = this.#regex.exec(text);
    if (match === null) return undefined;
    const found = {
      start: match.index,
      end: match.index + match[0].length,
      groups: match as readonly string[],
    };
    return this.#choices ? this.#longest(text, found) : found;
  }

  test(text: string): boolean {
    this.#regex.lastIndex = 0;
    return this.#regex.test(text);
  }

  /** Asks for a match from the same start that reaches further, until there is none. */
  #longest(text: string, first: RegexMatch): RegexMatch {
    for (let best = first; ; ) {
      if (best.end === text.length) return best;
      const regex = this.#reachingTo([...text.slice(0, best.end)].length + 1);
      regex.lastIndex = best.start;
      const match = regex.exec(text);
      if (match === null) return best;
      best = { start: best.start, end: best.start + match[0].length, groups: match as readonly string[] };
    }
  }

  /** The pattern for matches that end after `count` characters of the text at least. */
  #reachingTo(count: number): RegExp {
    let regex = this.#reaching.get(count);
    if (regex === undefined) {
      regex = new RegExp(`(?:${this.#source})(?<=^[^]{${count},})`, `${this.#flags}y`);
      this.#reaching.set(count, regex);
    }
    return regex;
  }
}

/** Reads a POSIX pattern. Throws RegexError. */
export const compileRegex = (pattern: string, options: RegexOptions): RegexMatcher => {
  const translator = new Translator(pattern, options);
  return new RegexMatcher(translator.translate(), translator, options);
};
