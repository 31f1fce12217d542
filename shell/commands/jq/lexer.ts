// jq's words. A string with \(...) in it holds the words of its inner programs.

import { unescapeJson } from './json-parser.ts';

export type TokenKind =
  | 'mark'
  | 'keyword'
  | 'name'
  | 'field'
  | 'variable'
  | 'format'
  | 'number'
  | 'string'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly place: Place;
  /** Of a string. */
  readonly parts?: readonly (string | readonly Token[])[];
}

/** Where something stands: its line, and the offset there. */
export interface Place {
  readonly line: number;
  readonly at: number;
}

/** A program that is none; status 3. */
export class ProgramError extends Error {
  readonly place: Place;

  constructor(message: string, place: Place) {
    super(message);
    this.place = place;
  }
}

const KEYWORDS = new Set(
  'def if then elif else end as reduce foreach try catch label import include and or __loc__'.split(' '),
);
const MARK = /\?\/\/|\|=|\/\/=|\/\/|[-+*/%=!<>]=|\.\.|[-+*/%<>=|,;:?.()[\]{}]/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const NAME = /[A-Za-z_][A-Za-z_0-9]*(?:::[A-Za-z_][A-Za-z_0-9]*)*/y;
const FORMAT = /@[A-Za-z0-9_]+/y;
const SPACE = /(?:\s|#[^\n]*)+/y;
/** Fields and variables, whose sign is not part of the name. */
const SIGNED = /\.[A-Za-z_][A-Za-z_0-9]*|\$\s*[A-Za-z_][A-Za-z_0-9]*(?:::[A-Za-z_][A-Za-z_0-9]*)*/y;
const IN_STRING = 'expecting QQSTRING_TEXT or QQSTRING_INTERP_START or QQSTRING_END';

const WORDS = [
  ['number', NUMBER],
  ['name', NAME],
  ['format', FORMAT],
] as const;

export class Lexer {
  readonly #source: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;
  /** Where the last word or space began: what the end of the program is blamed on. */
  #last: Place = { line: 1, at: 0 };

  constructor(source: string) {
    this.#source = source;
  }

  /** All words, the last one being the end. Throws ProgramError. */
  read(): Token[] {
    return this.#until(undefined);
  }

  /** Up to the parenthesis that closes an interpolation, or to the end of the program. */
  #until(close: ')' | undefined): Token[] {
    const tokens: Token[] = [];
    for (let depth = 0; ; ) {
      this.#skipSpace();
      if (this.#at >= this.#source.length) {
        if (close !== undefined)
          throw new ProgramError('syntax error, unexpected $end, expecting QQSTRING_INTERP_END', this.#last);
        tokens.push({ kind: 'end', text: '', place: this.#last });
        return tokens;
      }
      const token = this.#token();
      if (token.kind === 'mark' && token.text === '(') depth++;
      if (token.kind === 'mark' && token.text === ')' && depth-- === 0 && close !== undefined) {
        tokens.push({ kind: 'end', text: '', place: token.place });
        return tokens;
      }
      tokens.push(token);
    }
  }

  get #place(): Place {
    return { line: this.#line, at: this.#at - this.#lineStart };
  }

  #skipSpace(): void {
    const place = this.#place;
    const space = this.#take(SPACE);
    if (space === undefined) return;
    this.#last = place;
    const newline = space.lastIndexOf('\n');
    if (newline < 0) return;
    this.#line += space.split('\n').length - 1;
    this.#lineStart = this.#at - space.length + newline + 1;
  }

  #token(): Token {
    const place = this.#place;
    this.#last = place;
    if (this.#source[this.#at] === '"') return this.#string(place);
    for (const [kind, pattern] of WORDS) {
      const text = this.#take(pattern);
      if (text !== undefined)
        return { kind: kind === 'name' && KEYWORDS.has(text) ? 'keyword' : kind, text, place };
    }
    const sign = this.#take(SIGNED);
    const mark = sign === undefined ? this.#take(MARK) : undefined;
    if (mark !== undefined) return { kind: 'mark', text: mark, place };
    if (sign === undefined) throw new ProgramError('syntax error, unexpected INVALID_CHARACTER', place);
    if (sign.startsWith('$')) this.#last = { ...place, at: place.at + 1 };
    return { kind: sign.startsWith('$') ? 'variable' : 'field', text: sign.slice(1).trim(), place };
  }

  #string(place: Place): Token {
    const parts: (string | readonly Token[])[] = [];
    let text = '';
    for (this.#at++; ; ) {
      const character = this.#source[this.#at];
      if (character === undefined)
        throw new ProgramError(`syntax error, unexpected $end, ${IN_STRING}`, { ...place, at: place.at + 1 });
      if (character === '"') break;
      if (character === '\\' && this.#source[this.#at + 1] === '(') {
        this.#at += 2;
        parts.push(this.#unescape(text, place), this.#until(')'));
        text = '';
        continue;
      }
      if (character === '\n') {
        this.#line++;
        this.#lineStart = this.#at + 1;
      }
      const length = character === '\\' ? 2 : 1;
      text += this.#source.slice(this.#at, this.#at + length);
      this.#at += length;
    }
    this.#last = this.#place;
    this.#at++;
    parts.push(this.#unescape(text, place));
    return { kind: 'string', text: '', place, parts };
  }

  #unescape(text: string, place: Place): string {
    const read = unescapeJson(text);
    if ('problem' in read)
      throw new ProgramError(`${read.problem} at line 1, column 4 (while parsing '"${text}"')`, place);
    return read.text;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}
