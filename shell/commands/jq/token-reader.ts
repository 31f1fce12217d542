// The parser's view of the words.

import { ProgramError, type Token } from './lexer.ts';

const SHOWN: Readonly<Record<string, string>> = {
  end: '$end',
  field: 'FIELD',
  format: 'FORMAT',
  number: 'LITERAL',
  string: 'QQSTRING_START',
  name: 'IDENT',
  variable: "'$'",
};

export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as Token;
  }

  take(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#at++;
    return token;
  }

  is(...texts: string[]): boolean {
    const { kind, text } = this.peek();
    return (kind === 'mark' || kind === 'keyword') && texts.includes(text);
  }

  takes(...texts: string[]): Token | undefined {
    return this.is(...texts) ? this.take() : undefined;
  }

  expect(text: string): void {
    if (this.takes(text) === undefined) this.fail();
  }

  fail(): never {
    const { kind, text, place } = this.peek();
    const shown = SHOWN[kind] ?? (kind === 'mark' ? `'${text}'` : text);
    throw new ProgramError(`syntax error, unexpected ${shown}`, place);
  }
}
