// What bash says of a [[ ]] that it cannot read. It reads these with a grammar of its own, and ends there as at the end
// of the text: no line is shown, and the status stays what it was.

import { forEachChild, type Parsed, type SyntaxNode } from './syntax.ts';

export interface ConditionFault {
  /** What bash says, and where it says so: behind the text at its end. */
  told: readonly { pos: number; text: string }[];
  /** The text ends inside: more lines could still complete it. */
  open: boolean;
  /** It was read to the end of the text. */
  last: boolean;
}

type Kind = 'word' | 'end' | 'close' | 'operator' | 'newline';

interface Token {
  kind: Kind;
  text: string;
  pos: number;
}

const BINARY = /^(=|==|!=|=~|<|>|-(eq|ne|lt|le|gt|ge|nt|ot|ef))$/;
const UNARY = /^-[abcdefghknoprstuvwxzGLNORS]$/;

/** The first [[ ]] of the text that bash cannot read. */
export function conditionFault({ source, script }: Parsed): ConditionFault | undefined {
  const places: number[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'TestCommand' && source.startsWith('[[', node.pos)) places.push(node.pos);
    forEachChild(node, visit);
  };
  visit(script);
  for (const pos of places.sort((a, b) => a - b)) {
    const fault = new ConditionReader(source, pos + 2).fault(pos);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

class Stray extends Error {}

class ConditionReader {
  readonly #source: string;
  readonly #told: { pos: number; text: string }[] = [];
  #at: number;
  #token: Token;

  constructor(source: string, from: number) {
    this.#source = source;
    this.#at = from;
    this.#token = { kind: 'newline', text: 'newline', pos: from };
  }

  fault(pos: number): ConditionFault | undefined {
    try {
      this.#or();
      if (this.#token.kind === 'close') return undefined;
      const what =
        this.#token.kind === 'end'
          ? "unexpected EOF while looking for `]]'"
          : `syntax error in conditional expression${this.#named(': unexpected token `', "'")}`;
      this.#told.push({ pos, text: what });
    } catch (error) {
      if (!(error instanceof Stray)) throw error;
    }
    const { kind } = this.#token;
    const last = kind === 'end' || (kind === 'newline' && /^\s*$/.test(this.#source.slice(this.#at)));
    return { told: this.#told, open: kind === 'end', last };
  }

  // Words have no name in bash's complaints.
  #named(before: string, after: string): string {
    return this.#token.kind === 'word' ? '' : `${before}${this.#token.text}${after}`;
  }

  #stray(pos: number, text: string | undefined): never {
    if (text !== undefined) this.#told.push({ pos, text });
    throw new Stray();
  }

  #or(): void {
    this.#and();
    if (this.#token.text === '||' && this.#token.kind === 'operator') this.#or();
  }

  #and(): void {
    this.#term();
    if (this.#token.text === '&&' && this.#token.kind === 'operator') this.#and();
  }

  #term(): void {
    this.#skipLines();
    const { kind, text, pos } = this.#token;
    if (kind === 'close') this.#stray(pos, undefined);
    if (kind === 'operator' && text === '(') return this.#group(pos);
    if (kind !== 'word') this.#stray(pos, `unexpected token \`${text}' in conditional command`);
    if (text === '!') return this.#term();
    if (UNARY.test(text)) {
      this.#next();
      this.#operand(pos, 'unary');
      return;
    }
    this.#next();
    const { kind: next, text: operator } = this.#token;
    if ((next === 'word' || next === 'operator') && BINARY.test(operator)) {
      this.#next(operator === '=~');
      this.#operand(pos, 'binary');
    } else if (!(next === 'close' || (next === 'operator' && /^(&&|\|\||\))$/.test(operator))))
      this.#stray(pos, `${this.#named('unexpected token `', "', ")}conditional binary operator expected`);
  }

  #group(pos: number): void {
    try {
      this.#or();
    } catch (error) {
      if (error instanceof Stray) this.#told.push({ pos, text: "expected `)'" });
      throw error;
    }
    if (this.#token.text !== ')' || this.#token.kind !== 'operator')
      this.#stray(pos, `${this.#named('unexpected token `', "', ")}expected \`)'`);
    this.#skipLines();
  }

  #operand(pos: number, what: 'unary' | 'binary'): void {
    if (this.#token.kind !== 'word')
      this.#stray(pos, `unexpected argument${this.#named(' `', "'")} to conditional ${what} operator`);
    this.#skipLines();
  }

  #skipLines(): void {
    do this.#next();
    while (this.#token.kind === 'newline');
  }

  #next(pattern = false): void {
    const source = this.#source;
    const blank = /(?:[ \t]|\\\n)*(?:#[^\n]*)?/y;
    blank.lastIndex = this.#at;
    blank.exec(source);
    const pos = blank.lastIndex;
    const operator = /\n|;;&|;;|;&|&&|\|\||\|&|&>>|&>|<<<|<<-|<<|>>|<>|>&|<&|>\||[;&|()<>]/y;
    operator.lastIndex = pos;
    const found = operator.exec(source)?.[0];
    if (pos >= source.length) {
      // The last line ends with the text where no newline ends it.
      const kind =
        this.#token.pos < source.length && !source.endsWith('\n') && this.#token.kind !== 'newline';
      this.#token = kind
        ? { kind: 'newline', text: 'newline', pos }
        : { kind: 'end', text: 'EOF', pos: source.length + 1 };
    } else if (found !== undefined && !(pattern && found === '('))
      this.#token =
        found === '\n' ? { kind: 'newline', text: 'newline', pos } : { kind: 'operator', text: found, pos };
    else {
      this.#at = wordEnd(source, pos, pattern);
      const text = source.slice(pos, this.#at);
      this.#token = { kind: text === ']]' ? 'close' : 'word', text, pos };
      return;
    }
    this.#at = pos + (found?.length ?? 0);
  }
}

/** The end of the word that starts at `from`: quotes, substitutions and the groups of patterns belong to it. */
function wordEnd(source: string, from: number, pattern: boolean): number {
  const piece =
    /\\[\s\S]|'[^']*'?|"(?:\\[\s\S]|[^"\\])*"?|`(?:\\[\s\S]|[^`\\])*`?|(\$?\(|[?*+@!]\(|[<>]\()|\$\{|[^\s;&|()<>]/y;
  let at = from;
  while (at < source.length) {
    piece.lastIndex = at;
    const found = piece.exec(source)?.[0];
    if (found === undefined) return at;
    if (found === '(' && !pattern) return at;
    at = piece.lastIndex;
    if (found.endsWith('(')) at = closing(source, at, '(', ')');
    else if (found === '${') at = closing(source, at, '{', '}');
  }
  return at;
}

function closing(source: string, from: number, open: string, close: string): number {
  let depth = 1;
  let at = from;
  for (; at < source.length && depth > 0; at++) {
    const char = source[at] as string;
    if (char === '\\') at++;
    else if (char === "'" || char === '"') {
      const end = source.indexOf(char, at + 1);
      at = end === -1 ? source.length : end;
    } else if (char === open) depth++;
    else if (char === close) depth--;
  }
  return at;
}
