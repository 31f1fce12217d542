// The words of a program one by one, with those that were looked at beforehand; and what a wrong one leads to.

import type { Lexer, Token } from './lexer.ts';

/** The program cannot be read on from here: the rest of the line is left out. */
export class SyntaxMistake extends Error {}

export class Words {
  /** Something in this line is wrong: it is not run. */
  mistaken = false;
  readonly #lexer: Lexer;
  readonly #complain: (line: number, text: string) => Promise<void>;
  readonly #ahead: Token[] = [];
  #last: Token | undefined;

  constructor(lexer: Lexer, complain: (line: number, text: string) => Promise<void>) {
    this.#lexer = lexer;
    this.#complain = complain;
  }

  async peek(distance = 0): Promise<Token> {
    while (this.#ahead.length <= distance) this.#ahead.push(await this.#lexer.next());
    return this.#ahead[distance] as Token;
  }

  async take(): Promise<Token> {
    const token = await this.peek();
    this.#ahead.shift();
    this.#last = token;
    return token;
  }

  /** `name[]`: an array as a whole. */
  async takeArray(): Promise<string | undefined> {
    const first = await this.peek();
    if (first.kind !== 'name' || (await this.peek(1)).text !== '[' || (await this.peek(2)).text !== ']')
      return undefined;
    for (let count = 0; count < 3; count++) await this.take();
    return first.text;
  }

  async expect(text: string): Promise<void> {
    if ((await this.take()).text !== text) this.fail();
  }

  fail(): never {
    throw new SyntaxMistake('syntax error');
  }

  async complain(text: string): Promise<void> {
    this.mistaken = true;
    await this.#complain(this.#lexer.line, text);
  }

  /** After a mistake: on to the end of the line where the mistake is. */
  async skipLine(): Promise<void> {
    for (let token = this.#last; token?.kind !== 'newline' && token?.kind !== 'end'; )
      token = await this.take();
  }
}
