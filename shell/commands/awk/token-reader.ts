// The parser's view of the tokens: what comes next, and the complaint when it is something else.

import { AwkError, type Dialect } from './dialect.ts';
import type { Place, Token } from './token.ts';

export class TokenReader {
  readonly dialect: Dialect;
  readonly #tokens: readonly Token[];
  #at = 0;
  /** Braces that are open: what a program that ends too early lacks. */
  braces = 0;

  constructor(tokens: readonly Token[], dialect: Dialect) {
    this.#tokens = tokens;
    this.dialect = dialect;
  }

  get next(): Token {
    return this.ahead(0);
  }

  get place(): Place {
    return this.next.place;
  }

  ahead(count: number): Token {
    return this.#tokens[Math.min(this.#at + count, this.#tokens.length - 1)] as Token;
  }

  take(): Token {
    const token = this.next;
    if (this.#at < this.#tokens.length - 1) this.#at++;
    return token;
  }

  /** Marks and keywords. */
  is(...texts: string[]): boolean {
    const { kind, text } = this.next;
    return (kind === 'mark' || kind === 'keyword') && texts.includes(text);
  }

  takes(...texts: string[]): Token | undefined {
    return this.is(...texts) ? this.take() : undefined;
  }

  expect(text: string): Token {
    const found = this.takes(text);
    if (found !== undefined) return found;
    const { place } = this;
    if (text === ')' && this.dialect.name === 'mawk' && this.next.kind !== 'end')
      throw new AwkError(`line ${place.line}: missing ) near ${place.near || 'end of line'}`, 2);
    return this.fail();
  }

  name(): Token {
    return this.next.kind === 'name' ? this.take() : this.fail();
  }

  skipNewlines(): void {
    while (this.next.kind === 'newline') this.take();
  }

  /** A syntax error at what comes next. */
  fail(): never {
    const { kind, place } = this.next;
    const { missingBrace, syntaxError, syntaxStatus } = this.dialect;
    throw new AwkError(
      kind === 'end' && this.braces > 0 ? missingBrace(place) : syntaxError(place),
      syntaxStatus,
    );
  }
}
