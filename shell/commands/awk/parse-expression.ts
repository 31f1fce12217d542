// Expressions, from the loosest operator to the tightest (POSIX awk, "Grammar").

import type { ArithmeticOperator, ComparisonOperator, Expression, Getline, Lvalue } from './syntax-tree.ts';
import type { TokenReader } from './token-reader.ts';

const ASSIGNMENTS = ['=', '+=', '-=', '*=', '/=', '%=', '^=', '**='];
const COMPARISONS = ['<', '<=', '==', '!=', '>', '>='];

export class ExpressionParser {
  readonly #in: TokenReader;
  /** Within the arguments of print `>` is a redirection. */
  #printing = false;

  constructor(reader: TokenReader) {
    this.#in = reader;
  }

  expression(): Expression {
    const test = this.#or();
    if (!this.#in.takes('?')) return test;
    this.#in.skipNewlines();
    const yes = this.expression();
    this.#in.skipNewlines();
    this.#in.expect(':');
    this.#in.skipNewlines();
    return { kind: 'choose', test, yes, no: this.expression() };
  }

  /** Expressions between commas, none if the list is empty. */
  list(end: (text: string) => boolean): Expression[] {
    const items: Expression[] = [];
    if (end(this.#in.next.text) || this.#in.next.kind === 'end') return items;
    do {
      this.#in.skipNewlines();
      items.push(this.expression());
    } while (this.#in.takes(','));
    return items;
  }

  /** What print prints: a list, or a list in parentheses. */
  printed(): Expression[] {
    const ends = new Set([';', '}', '>', '>>', '|', '\n', '']);
    this.#printing = true;
    const items = this.list((text) => this.#in.next.kind !== 'string' && ends.has(text));
    this.#printing = false;
    const [only] = items;
    return items.length === 1 && only?.kind === 'list' ? [...only.items] : items;
  }

  /** A redirection's target. */
  concatenation(): Expression {
    this.#printing = true;
    const target = this.#concatenation();
    this.#printing = false;
    return target;
  }

  #or(): Expression {
    let left = this.#and();
    while (this.#in.takes('||')) {
      this.#in.skipNewlines();
      left = { kind: 'logical', operator: '||', left, right: this.#and() };
    }
    return left;
  }

  #and(): Expression {
    let left = this.#membership();
    while (this.#in.takes('&&')) {
      this.#in.skipNewlines();
      left = { kind: 'logical', operator: '&&', left, right: this.#membership() };
    }
    return left;
  }

  #membership(): Expression {
    let left = this.#match();
    while (this.#in.takes('in')) {
      left = {
        kind: 'in',
        subscripts: left.kind === 'list' ? left.items : [left],
        name: this.#in.name().text,
      };
    }
    return left;
  }

  #match(): Expression {
    let left = this.#comparison();
    for (;;) {
      const { place } = this.#in;
      const operator = this.#in.takes('~', '!~');
      if (operator === undefined) return left;
      left = {
        kind: 'match',
        negated: operator.text === '!~',
        text: left,
        pattern: this.#comparison(),
        place,
      };
    }
  }

  #comparison(): Expression {
    let left = this.#piped(this.#concatenation());
    while (this.#in.is(...COMPARISONS) && !(this.#printing && this.#in.is('>'))) {
      const operator = this.#in.take().text as ComparisonOperator;
      left = { kind: 'compare', operator, left, right: this.#piped(this.#concatenation()) };
    }
    return left;
  }

  /** `"command" | getline` */
  #piped(source: Expression): Expression {
    let left = source;
    while (this.#in.is('|') && this.#in.ahead(1).text === 'getline') {
      this.#in.take();
      this.#in.take();
      left = { kind: 'getline', from: 'command', source: left, target: this.#optionalTarget() };
    }
    return left;
  }

  #concatenation(): Expression {
    let left = this.#sum();
    while (this.#beginsOperand()) left = { kind: 'concatenate', left, right: this.#sum() };
    return left;
  }

  #beginsOperand(): boolean {
    const { kind } = this.#in.next;
    if (kind === 'mark') return this.#in.is('$', '(', '++', '--');
    return ['number', 'string', 'regex', 'name', 'call', 'builtin'].includes(kind);
  }

  #sum(): Expression {
    return this.#arithmetic(['+', '-'], () => this.#product());
  }

  #product(): Expression {
    return this.#arithmetic(['*', '/', '%'], () => this.#unary());
  }

  #arithmetic(operators: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    while (this.#in.is(...operators)) {
      const { place, text } = this.#in.take();
      left = { kind: 'arithmetic', operator: text as ArithmeticOperator, left, right: operand(), place };
    }
    return left;
  }

  #unary(): Expression {
    const sign = this.#in.takes('!', '-', '+');
    if (sign === undefined) return this.#power();
    return { kind: 'unary', operator: sign.text as '!', operand: this.#unary() };
  }

  #power(): Expression {
    const base = this.#postfix(true);
    const { place } = this.#in;
    if (!this.#in.takes('^', '**')) return base;
    return { kind: 'arithmetic', operator: '^', left: base, right: this.#exponent(), place };
  }

  /** Binds to the right, and may have a sign of its own: `2^-3^2`. */
  #exponent(): Expression {
    const sign = this.#in.takes('!', '-', '+');
    if (sign === undefined) return this.#power();
    return { kind: 'unary', operator: sign.text as '!', operand: this.#exponent() };
  }

  /** An lvalue with `++` behind it, or an assignment to it: nothing else may follow an lvalue with `=`. */
  #postfix(assignable: boolean): Expression {
    const first = this.#primary();
    // In mawk the pipe binds tighter than concatenation.
    const value = this.#in.dialect.name === 'mawk' && !isLvalue(first) ? this.#piped(first) : first;
    if (!isLvalue(value)) return value;
    const step = this.#in.takes('++', '--');
    if (step) return { kind: 'increment', target: value, by: step.text === '++' ? 1 : -1, before: false };
    const { place } = this.#in;
    const operator = assignable ? this.#in.takes(...ASSIGNMENTS) : undefined;
    if (operator === undefined) return this.#in.dialect.name === 'mawk' ? this.#piped(value) : value;
    this.#in.skipNewlines();
    const sign = operator.text === '**=' ? '^' : operator.text.slice(0, -1);
    return {
      kind: 'assign',
      operator: sign === '' ? undefined : (sign as ArithmeticOperator),
      target: value,
      value: this.expression(),
      place,
    };
  }

  #primary(): Expression {
    const { kind, text, place } = this.#in.next;
    if (kind === 'number') return { kind: 'number', value: this.#in.take().value };
    if (kind === 'string') return { kind: 'string', value: this.#in.take().text };
    if (kind === 'regex') return { kind: 'regex', source: this.#in.take().text, place };
    if (kind === 'name') return this.#variable();
    if (kind === 'call' || kind === 'builtin') return this.#call(kind, text);
    if (this.#in.is('getline')) return this.#getline();
    if (this.#in.takes('$')) return { kind: 'field', index: this.#fieldIndex(), place };
    if (this.#in.is('++', '--')) return this.#increment();
    if (this.#in.is('(')) return this.#group();
    return this.#in.fail();
  }

  #increment(): Expression {
    const by = this.#in.take().text === '++' ? 1 : -1;
    const target = this.#primary();
    return isLvalue(target) ? { kind: 'increment', target, by, before: true } : this.#in.fail();
  }

  #fieldIndex(): Expression {
    const sign = this.#in.takes('!', '-', '+');
    if (sign) return { kind: 'unary', operator: sign.text as '!', operand: this.#fieldIndex() };
    return this.#in.is('++', '--') ? this.#increment() : this.#primary();
  }

  #variable(): Lvalue {
    const { text: name, place } = this.#in.take();
    if (!this.#in.takes('[')) return { kind: 'name', name, place };
    const subscripts = this.#inside(() => this.list((text) => text === ']'));
    if (subscripts.length === 0) this.#in.fail();
    this.#in.expect(']');
    return { kind: 'element', name, subscripts, place };
  }

  #call(kind: 'call' | 'builtin', name: string): Expression {
    const { place } = this.#in.take();
    // Only length needs no parentheses.
    if (!this.#in.takes('(')) {
      return name === 'length' ? { kind, name, args: [], place } : this.#in.fail();
    }
    this.#in.skipNewlines();
    const args = this.#inside(() => this.list((text) => text === ')' && this.#in.next.kind === 'mark'));
    this.#in.skipNewlines();
    this.#in.expect(')');
    return { kind, name, args, place };
  }

  #group(): Expression {
    const { place } = this.#in.take();
    const items = this.#inside(() => this.list((text) => text === ')' && this.#in.next.kind === 'mark'));
    this.#in.skipNewlines();
    const [first] = items;
    if (first === undefined) return this.#in.fail();
    this.#in.expect(')');
    return items.length === 1 ? { kind: 'group', inner: first } : { kind: 'list', items, place };
  }

  /** Within parentheses and brackets `>` compares again. */
  #inside<T>(read: () => T): T {
    const printing = this.#printing;
    this.#printing = false;
    const value = read();
    this.#printing = printing;
    return value;
  }

  #getline(): Getline {
    this.#in.take();
    const target = this.#optionalTarget();
    if (!this.#in.takes('<')) return { kind: 'getline', from: 'input', source: undefined, target };
    return { kind: 'getline', from: 'file', source: this.#postfix(false), target };
  }

  #optionalTarget(): Lvalue | undefined {
    if (!this.#in.is('$') && this.#in.next.kind !== 'name') return undefined;
    const target = this.#primary();
    return isLvalue(target) ? target : this.#in.fail();
  }
}

export const isLvalue = (expression: Expression): expression is Lvalue =>
  expression.kind === 'name' || expression.kind === 'field' || expression.kind === 'element';
