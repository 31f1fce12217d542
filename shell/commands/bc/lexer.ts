// The words of a bc program, line by line as they come.

export interface Token {
  readonly kind: 'newline' | 'number' | 'string' | 'name' | 'symbol' | 'assign' | 'relation' | 'end';
  readonly text: string;
}

export const KEYWORDS: ReadonlySet<string> = new Set(
  'auto break continue define else for halt history ibase if last length limits obase print quit read return scale sqrt void warranty while'.split(
    ' ',
  ),
);

const ASSIGNMENT = /^(?:[-+*/%^]=|=(?!=))/;
const RELATION = /^(?:[=!<>]=|[<>])/;
const SYMBOL = /^(?:&&|\|\||\+\+|--|[-+*/%^!;(){}[\],&])/;

export interface Source {
  /** The next line with its newline; undefined at the end. */
  line(): Promise<string | undefined>;
  /** A character that no word begins with. */
  illegal(character: string): Promise<void>;
}

export class Lexer {
  /** The number of the line that the last word stands on; a newline counts as the next line's. */
  line = 1;
  readonly #source: Source;
  #rest = '';
  #ended = false;

  constructor(source: Source) {
    this.#source = source;
  }

  async next(): Promise<Token> {
    for (;;) {
      const token = this.#scan();
      if (token !== undefined) return token;
      if (this.#rest !== '' && !(await this.#skip())) continue;
      if (this.#rest !== '') continue;
      if (!(await this.#more())) return { kind: 'end', text: '' };
    }
  }

  /** Adds a line of the source; false at its end. */
  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    const line = await this.#source.line();
    this.#ended = line === undefined;
    this.#rest += line ?? '';
    return line !== undefined;
  }

  /** The next line of the source itself: what `read()` takes. */
  async rawLine(): Promise<string | undefined> {
    this.line++;
    return this.#source.line();
  }

  #take(length: number): string {
    const text = this.#rest.slice(0, length);
    this.#rest = this.#rest.slice(length);
    return text;
  }

  #scan(): Token | undefined {
    const blank = /^(?:[ \t\f\v\r]|\\\n|#[^\n]*)+/.exec(this.#rest)?.[0] ?? '';
    this.line += blank.split('\n').length - 1;
    this.#take(blank.length);
    const text = this.#rest;
    if (text.startsWith('\n')) {
      this.line++;
      return { kind: 'newline', text: this.#take(1) };
    }
    if (/^(?:\/\*|")/.test(text)) return this.#scanQuoted();
    const name = /^[a-z][a-z0-9_]*/.exec(text)?.[0];
    if (name !== undefined) return { kind: 'name', text: this.#take(name.length) };
    const number = /^(?:\\\n|[0-9A-Z])*(?:\.(?:\\\n|[0-9A-Z])*)?/.exec(text)?.[0] ?? '';
    if (/[0-9A-Z]/.test(number)) return this.#number(number);
    // A number may go on after a newline that a backslash hides: the next line is needed.
    for (const [kind, pattern] of [
      ['relation', RELATION],
      ['assign', ASSIGNMENT],
      ['symbol', SYMBOL],
    ] as const) {
      const found = pattern.exec(text)?.[0];
      if (found !== undefined) return { kind, text: this.#take(found.length) };
    }
    return text.startsWith('.') ? { kind: 'name', text: this.#take(1) && 'last' } : undefined;
  }

  #number(text: string): Token | undefined {
    if (text.endsWith('\\\n') && this.#rest.length === text.length && !this.#ended) return undefined;
    this.line += text.split('\n').length - 1;
    this.#take(text.length);
    const bare = text
      .replaceAll('\\\n', '')
      .replace(/^0+(?=.)/, '')
      .replace(/\.$/, '');
    return { kind: 'number', text: bare === '' ? '0' : bare };
  }

  /** A string or a comment that is complete; comments are no words. */
  #scanQuoted(): Token | undefined {
    const found = /^(?:\/\*[\s\S]*?\*\/|"[^"]*")/.exec(this.#rest)?.[0];
    if (found === undefined) return undefined;
    this.line += found.split('\n').length - 1;
    this.#take(found.length);
    return found.startsWith('"') ? { kind: 'string', text: found.slice(1, -1) } : this.#scan();
  }

  /** Nothing could be read: more of the source is added, or a character left out. True when there is more. */
  async #skip(): Promise<boolean> {
    const open = /^(?:\/\*|")/.test(this.#rest) || /^[0-9A-Z.\\\n]*\\\n$/.test(this.#rest);
    if (open && (await this.#more())) return true;
    const character = this.#take(1);
    await this.#source.illegal(character);
    return false;
  }
}
