// Rules, functions and statements.

import { AwkError, type Dialect } from './dialect.ts';
import { ExpressionParser, isLvalue } from './parse-expression.ts';
import type {
  Case,
  Expression,
  FunctionDefinition,
  Program,
  Redirect,
  Rule,
  Statement,
} from './syntax-tree.ts';
import type { Token } from './token.ts';
import { TokenReader } from './token-reader.ts';

const SPECIAL = {
  BEGIN: 'begin',
  END: 'end',
  BEGINFILE: 'begin-file',
  ENDFILE: 'end-file',
} as const satisfies Record<string, Rule['when']>;

const isSpecial = (text: string): text is keyof typeof SPECIAL => Object.hasOwn(SPECIAL, text);

/** Throws AwkError. */
export const parseProgram = (tokens: readonly Token[], dialect: Dialect): Program =>
  new ProgramParser(tokens, dialect).program();

class ProgramParser {
  readonly #in: TokenReader;
  readonly #expressions: ExpressionParser;
  readonly #dialect: Dialect;
  readonly #rules: Rule[] = [];
  readonly #functions = new Map<string, FunctionDefinition>();
  #inFunction = false;
  #loops = 0;

  constructor(tokens: readonly Token[], dialect: Dialect) {
    this.#in = new TokenReader(tokens, dialect);
    this.#expressions = new ExpressionParser(this.#in);
    this.#dialect = dialect;
  }

  program(): Program {
    for (;;) {
      while (this.#in.next.kind === 'newline' || this.#in.is(';')) this.#in.take();
      if (this.#in.next.kind === 'end') return { rules: this.#rules, functions: this.#functions };
      if (this.#in.is('function', 'func')) this.#function();
      else this.#rules.push(this.#rule());
      // After a rule's action another item may follow on the same line.
      if (!this.#atItemEnd()) this.#in.fail();
    }
  }

  #closed = false;

  #atItemEnd(): boolean {
    return (
      this.#closed || this.#in.is(';') || this.#in.next.kind === 'newline' || this.#in.next.kind === 'end'
    );
  }

  #function(): void {
    this.#in.take();
    const { kind, text: name } = this.#in.next;
    if ((kind !== 'name' && kind !== 'call') || this.#functions.has(name)) this.#in.fail();
    this.#in.take();
    this.#in.expect('(');
    const parameters: string[] = [];
    while (!this.#in.is(')')) {
      if (parameters.length > 0) this.#in.expect(',');
      this.#in.skipNewlines();
      if (this.#in.next.text === name || parameters.includes(this.#in.next.text)) this.#in.fail();
      parameters.push(this.#in.name().text);
      this.#in.skipNewlines();
    }
    this.#in.expect(')');
    this.#in.skipNewlines();
    this.#inFunction = true;
    const body = this.#braced();
    this.#inFunction = false;
    this.#closed = true;
    this.#functions.set(name, { name, parameters, body });
  }

  #rule(): Rule {
    const word = this.#in.next;
    if (word.kind === 'keyword' && isSpecial(word.text)) {
      this.#in.take();
      if (!this.#in.is('{')) this.#in.fail();
      this.#closed = true;
      return { when: SPECIAL[word.text], pattern: undefined, until: undefined, body: this.#braced() };
    }
    const pattern = this.#in.is('{') ? undefined : this.#checked();
    let until: Expression | undefined;
    if (this.#in.takes(',')) {
      this.#in.skipNewlines();
      until = this.#checked();
    }
    const body = this.#in.is('{') ? this.#braced() : undefined;
    this.#closed = body !== undefined;
    return { when: 'record', pattern, until, body };
  }

  /** An expression that is not a bare list. */
  #checked(): Expression {
    const expression = this.#expressions.expression();
    return expression.kind === 'list' ? this.#in.fail() : expression;
  }

  #braced(): Statement {
    this.#in.expect('{');
    this.#in.braces++;
    const body: Statement[] = [];
    this.#skipSeparators();
    while (!this.#in.is('}')) {
      body.push(this.#statement());
      this.#skipSeparators();
    }
    this.#in.braces--;
    this.#in.take();
    return { kind: 'block', body };
  }

  #skipSeparators(): void {
    while (this.#in.next.kind === 'newline' || this.#in.is(';')) this.#in.take();
  }

  #statement(): Statement {
    if (this.#in.is('{')) return this.#braced();
    const compound = this.#compound();
    if (compound !== undefined) return compound;
    const simple = this.#simple();
    this.#endOfSimple();
    return simple;
  }

  /** A simple statement ends with `;`, a newline, or before `}`. */
  #endOfSimple(): void {
    if (this.#in.takes(';') || this.#in.is('}')) return;
    if (this.#in.next.kind === 'newline') this.#in.take();
    else this.#in.fail();
  }

  #compound(): Statement | undefined {
    if (this.#in.takes('if')) return this.#if();
    if (this.#in.takes('while')) return this.#while();
    if (this.#in.takes('do')) return this.#do();
    if (this.#in.takes('for')) return this.#for();
    if (this.#in.takes('switch')) return this.#switch();
    return this.#in.takes(';') ? { kind: 'block', body: [] } : undefined;
  }

  #condition(): Expression {
    this.#in.expect('(');
    const test = this.#checked();
    this.#in.expect(')');
    return test;
  }

  #body(): Statement {
    this.#in.skipNewlines();
    return this.#statement();
  }

  #if(): Statement {
    const test = this.#condition();
    const yes = this.#body();
    let ahead = 0;
    while (this.#in.ahead(ahead).kind === 'newline' || this.#in.ahead(ahead).text === ';') ahead++;
    const { kind, text } = this.#in.ahead(ahead);
    if (kind !== 'keyword' || text !== 'else') return { kind: 'if', test, yes, no: undefined };
    for (; ahead >= 0; ahead--) this.#in.take();
    return { kind: 'if', test, yes, no: this.#body() };
  }

  #loopBody(): Statement {
    this.#loops++;
    const body = this.#body();
    this.#loops--;
    return body;
  }

  #while(): Statement {
    const test = this.#condition();
    const body: Statement = this.#in.takes(';') ? { kind: 'block', body: [] } : this.#loopBody();
    return { kind: 'loop', start: undefined, test, step: undefined, body, bodyFirst: false };
  }

  #do(): Statement {
    const body = this.#loopBody();
    this.#skipSeparators();
    this.#in.expect('while');
    const test = this.#condition();
    this.#endOfSimple();
    return { kind: 'loop', start: undefined, test, step: undefined, body, bodyFirst: true };
  }

  #for(): Statement {
    const inLoop = [0, 1, 2, 3].map((ahead) => this.#in.ahead(ahead));
    if (inLoop[1]?.kind === 'name' && inLoop[2]?.text === 'in' && inLoop[3]?.kind === 'name') {
      const after = this.#in.ahead(4);
      if (after.kind === 'mark' && after.text === ')') return this.#forIn();
    }
    this.#in.expect('(');
    const start = this.#in.is(';') ? undefined : this.#simple();
    this.#in.expect(';');
    this.#in.skipNewlines();
    const test = this.#in.is(';') ? undefined : this.#checked();
    this.#in.expect(';');
    this.#in.skipNewlines();
    const step = this.#in.is(')') ? undefined : this.#simple();
    this.#in.expect(')');
    const body: Statement = this.#in.takes(';') ? { kind: 'block', body: [] } : this.#loopBody();
    return { kind: 'loop', start, test, step, body, bodyFirst: false };
  }

  #forIn(): Statement {
    this.#in.take();
    const { text, place } = this.#in.name();
    this.#in.take();
    const name = this.#in.name().text;
    this.#in.take();
    return { kind: 'for-in', target: { kind: 'name', name: text, place }, name, body: this.#loopBody() };
  }

  #switch(): Statement {
    const value = this.#condition();
    this.#in.skipNewlines();
    this.#in.expect('{');
    this.#in.braces++;
    this.#loops++;
    const cases: Case[] = [];
    this.#skipSeparators();
    while (!this.#in.is('}')) {
      const label = this.#in.takes('default') ? undefined : this.#label();
      this.#in.expect(':');
      const body: Statement[] = [];
      this.#skipSeparators();
      while (!this.#in.is('case', 'default', '}')) {
        body.push(this.#statement());
        this.#skipSeparators();
      }
      cases.push({ label, body });
    }
    this.#loops--;
    this.#in.braces--;
    this.#in.take();
    return { kind: 'switch', value, cases };
  }

  #label(): Expression {
    this.#in.expect('case');
    return this.#expressions.concatenation();
  }

  #simple(): Statement {
    const { text, place } = this.#in.next;
    if (this.#in.is('print', 'printf')) return this.#print();
    if (this.#in.takes('delete')) return this.#delete();
    if (this.#in.is('next', 'nextfile', 'break', 'continue')) return this.#jump();
    if (this.#in.is('exit', 'return')) {
      if (text === 'return' && !this.#inFunction) {
        if (this.#dialect.name !== 'mawk') this.#in.fail();
        throw new AwkError(`line ${place.line}: return outside function body`);
      }
      this.#in.take();
      const ends = this.#in.is(';', '}') || ['newline', 'end'].includes(this.#in.next.kind);
      const value = ends ? undefined : this.#checked();
      return { kind: text as 'exit', value, place };
    }
    return { kind: 'expression', expression: this.#checked() };
  }

  #jump(): Statement {
    const { text, place } = this.#in.next;
    const loops = text === 'break' || text === 'continue';
    if (loops && this.#loops === 0) this.#in.fail();
    this.#in.take();
    return { kind: text as 'next', place };
  }

  #print(): Statement {
    const { text, place } = this.#in.take();
    const args = this.#expressions.printed();
    if (text === 'printf' && args.length === 0) this.#in.fail();
    return { kind: text as 'print', args, redirect: this.#redirect(), place };
  }

  #redirect(): Redirect | undefined {
    const { place } = this.#in;
    const sign = this.#in.takes('>', '>>', '|');
    if (sign === undefined) return undefined;
    return { mode: sign.text as '>', target: this.#expressions.concatenation(), place };
  }

  #delete(): Statement {
    const target = this.#expressions.expression();
    const inner = target.kind === 'group' ? target.inner : target;
    if (!isLvalue(inner) || inner.kind === 'field') return this.#in.fail();
    return {
      kind: 'delete',
      name: inner.name,
      subscripts: inner.kind === 'element' ? inner.subscripts : undefined,
    };
  }
}
