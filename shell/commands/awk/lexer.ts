// Program text to tokens. A slash divides after an operand and begins a regular expression anywhere else.

import { AwkError, type Dialect } from './dialect.ts';
import { unescapeString } from './escapes.ts';
import { KEYWORDS, MORE_KEYWORDS, type Place, type Token, type TokenKind } from './token.ts';

const MARKS = /\*\*=|\*\*|&&|\|\||\+\+|--|[-+*/%^!<>=]=|!~|>>|[-+*/%^!<>=~|?:,;{}()[\]$]/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const HEX = /0[xX][0-9a-fA-F]+/y;
const WORD = /[A-Za-z_][A-Za-z_0-9]*/y;
const BLANKS = /(?:[ \t\r]|\\\r?\n|#[^\n]*)+/y;

/** Words after which a slash divides. */
const endsOperand = (token: Token | undefined): boolean =>
  token !== undefined &&
  (['number', 'string', 'regex', 'name', 'builtin'].includes(token.kind) ||
    (token.kind === 'mark' && [')', ']', '$', '++', '--'].includes(token.text)));

export class Lexer {
  readonly warnings: string[] = [];
  readonly #source: string;
  readonly #dialect: Dialect;
  readonly #builtins: ReadonlySet<string>;
  readonly #tokens: Token[] = [];
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(source: string, dialect: Dialect, builtins: ReadonlySet<string>) {
    this.#source = source;
    this.#dialect = dialect;
    this.#builtins = builtins;
  }

  /** All tokens, the last one being the end. Throws AwkError. */
  read(): Token[] {
    while (this.#at < this.#source.length) {
      if (this.#take(BLANKS) !== undefined) continue;
      this.#readToken();
    }
    this.#push('end', '', this.#at);
    return this.#tokens;
  }

  #readToken(): void {
    const start = this.#at;
    const character = this.#source[start];
    if (character === '\n') {
      this.#at++;
      this.#push('newline', '\n', start);
      this.#line++;
      this.#lineStart = this.#at;
    } else if (character === '"') this.#readString(start);
    else if (character === '/' && !endsOperand(this.#tokens.at(-1))) this.#readRegex(start);
    else this.#readWord(start);
  }

  #readWord(start: number): void {
    const hex = this.#dialect.name === 'mawk' ? undefined : this.#take(HEX);
    const number = hex ?? this.#take(NUMBER);
    if (number !== undefined) {
      this.#push('number', number, start, this.#numberOf(number));
      return;
    }
    const word = this.#take(WORD);
    if (word !== undefined) {
      this.#push(this.#kindOf(word), word, start);
      return;
    }
    const mark = this.#take(MARKS);
    if (mark === undefined || (mark.startsWith('**') && this.#dialect.name === 'mawk'))
      throw new AwkError(
        this.#dialect.syntaxError(this.#place(start, this.#source[start] ?? '')),
        this.#dialect.syntaxStatus,
      );
    this.#push('mark', mark, start);
  }

  /** gawk and busybox read `011` and `0x11` in a program as octal and hexadecimal. */
  #numberOf(text: string): number {
    if (/^0[xX]/.test(text)) return Number(text);
    return this.#dialect.name !== 'mawk' && /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
  }

  #kindOf(word: string): TokenKind {
    if (KEYWORDS.has(word) || (this.#dialect.extended && MORE_KEYWORDS.has(word))) return 'keyword';
    if (this.#builtins.has(word)) return 'builtin';
    return this.#source[this.#at] === '(' ? 'call' : 'name';
  }

  #readString(start: number): void {
    let end = start + 1;
    while (end < this.#source.length && this.#source[end] !== '"' && this.#source[end] !== '\n') {
      end += this.#source[end] === '\\' ? 2 : 1;
    }
    if (this.#source[end] !== '"') {
      const place = this.#place(start, this.#restOfLine(start));
      throw new AwkError(this.#dialect.openString(place), this.#dialect.syntaxStatus);
    }
    this.#at = end + 1;
    const body = this.#source.slice(start + 1, end);
    const text = unescapeString(body, this.#dialect.name !== 'mawk', (letter) => this.#warn(letter));
    this.#push('string', text, start, 0, this.#source.slice(start, end + 1));
    this.#countLines(body, start + 1);
  }

  #warn(letter: string): void {
    if (this.#dialect.name !== 'gawk') return;
    this.warnings.push(
      `cmd. line:${this.#line}: warning: escape sequence \`\\${letter}' treated as plain \`${letter}'`,
    );
  }

  #readRegex(start: number): void {
    let bracket = 0;
    let end = start + 1;
    for (; end < this.#source.length && this.#source[end] !== '\n'; end++) {
      const character = this.#source[end];
      if (character === '\\') end++;
      else if (bracket > 0) {
        // A `]` right after `[` or `[^` is one of the characters.
        if (character === ']' && end > bracket + (this.#source[bracket + 1] === '^' ? 2 : 1)) bracket = 0;
      } else if (character === '[' && this.#dialect.name !== 'busybox') bracket = end;
      else if (character === '/') break;
    }
    if (this.#source[end] !== '/') {
      const place = this.#place(start, this.#restOfLine(start));
      throw new AwkError(this.#dialect.openRegex(place), this.#dialect.syntaxStatus);
    }
    this.#at = end + 1;
    this.#push('regex', this.#source.slice(start + 1, end), start, 0, this.#source.slice(start, end + 1));
  }

  #countLines(text: string, from: number): void {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      this.#line++;
      this.#lineStart = from + at + 1;
    }
  }

  #restOfLine(start: number): string {
    return this.#source.slice(start).split('\n', 1)[0] ?? '';
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source)?.[0];
    if (found === undefined) return undefined;
    this.#at += found.length;
    if (pattern === BLANKS) this.#countLines(found, this.#at - found.length);
    return found;
  }

  #push(kind: TokenKind, text: string, start: number, value = 0, near = text): void {
    this.#tokens.push({ kind, text, value, place: this.#place(start, kind === 'newline' ? '' : near) });
  }

  #place(start: number, near: string): Place {
    return {
      line: this.#line,
      column: start - this.#lineStart,
      text: this.#source.slice(this.#lineStart).split('\n', 1)[0] ?? '',
      near,
    };
  }
}
