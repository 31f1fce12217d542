// Words to a tree, by jq's precedence: `|` is the loosest, then `,`, `//`, the assignments, or, and, comparisons...

import type { Json } from './json.ts';
import type { Token } from './lexer.ts';
import { parsePattern } from './parse-pattern.ts';
import type { BinaryOperator, Definition, Filter, Pattern, UpdateOperator } from './syntax-tree.ts';
import { TokenReader } from './token-reader.ts';

const IDENTITY: Filter = { kind: 'identity' };
const UPDATES = ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='];
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];
const CONSTANTS: ReadonlyMap<string, Json> = new Map([
  ['null', null],
  ['true', true],
  ['false', false],
]);
const LEVELS = [['or'], ['and'], COMPARISONS, ['+', '-'], ['*', '/', '%']];

const binary = (operator: string, left: Filter, right: Filter): Filter =>
  operator === 'or' || operator === 'and'
    ? { kind: operator, left, right }
    : { kind: 'binary', operator: operator as BinaryOperator, left, right };

const literal = (value: Json): Filter => ({ kind: 'literal', value });

/** Reads a program. Throws ProgramError. */
export const parseProgram = (tokens: readonly Token[]): Filter => new Parser(tokens).program();

/** Reads definitions that stand alone. */
export const parseDefinitions = (tokens: readonly Token[]): Definition[] => new Parser(tokens).definitions();

class Parser {
  readonly #in: TokenReader;

  constructor(tokens: readonly Token[]) {
    this.#in = new TokenReader(tokens);
  }

  program(): Filter {
    const definitions = this.definitions();
    const main = this.#in.peek().kind === 'end' ? IDENTITY : this.#pipe();
    if (this.#in.peek().kind !== 'end') this.#in.fail();
    return definitions.reduceRight<Filter>(
      (rest, definition) => ({ kind: 'define', definition, rest }),
      main,
    );
  }

  definitions(): Definition[] {
    const definitions: Definition[] = [];
    while (this.#in.is('def')) definitions.push(this.#definition());
    return definitions;
  }

  #definition(): Definition {
    this.#in.take();
    if (this.#in.peek().kind !== 'name' && this.#in.peek().kind !== 'keyword') this.#in.fail();
    const name = this.#in.take().text;
    const parameters: string[] = [];
    if (this.#in.takes('(')) {
      do {
        const { kind, text } = this.#in.peek();
        if (kind !== 'name' && kind !== 'variable') this.#in.fail();
        this.#in.take();
        parameters.push(kind === 'variable' ? `$${text}` : text);
      } while (this.#in.takes(';'));
      this.#in.expect(')');
    }
    this.#in.expect(':');
    const body = this.#pipe();
    this.#in.expect(';');
    return { name, parameters, body };
  }

  #pipe(): Filter {
    if (this.#in.is('def')) {
      const definition = this.#definition();
      return { kind: 'define', definition, rest: this.#pipe() };
    }
    if (this.#in.takes('label')) {
      if (this.#in.peek().kind !== 'variable') this.#in.fail();
      const name = this.#in.take().text;
      this.#in.expect('|');
      return { kind: 'label', name, body: this.#pipe() };
    }
    const left = this.#comma();
    return this.#in.takes('|') ? { kind: 'pipe', left, right: this.#pipe() } : left;
  }

  #comma(): Filter {
    let left = this.#alternative();
    while (this.#in.takes(',')) left = { kind: 'comma', left, right: this.#alternative() };
    return left;
  }

  /** `//` binds to the right, looser than the assignments. */
  #alternative(): Filter {
    const left = this.#update();
    return this.#in.takes('//') ? { kind: 'alternative', left, right: this.#alternative() } : left;
  }

  #update(): Filter {
    const left = this.#operation();
    const operator = this.#in.takes(...UPDATES);
    if (operator === undefined) return left;
    return { kind: 'update', operator: operator.text as UpdateOperator, left, right: this.#alternative() };
  }

  /** or, and, comparisons, sums, products: all but the comparisons chain to the left. */
  #operation(level = 0): Filter {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#bound();
    let left = this.#operation(level + 1);
    for (let sign = this.#in.takes(...operators); sign; sign = this.#in.takes(...operators)) {
      const right = this.#operation(level + 1);
      left = binary(sign.text, left, right);
      if (operators === COMPARISONS && this.#in.is(...COMPARISONS)) this.#in.fail();
    }
    return left;
  }

  /** `TERM as PATTERNS | BODY`: takes everything that follows. */
  #bound(): Filter {
    if (this.#in.takes('-')) return { kind: 'negate', operand: this.#bound() };
    const source = this.#postfix();
    if (!this.#in.takes('as')) return source;
    const patterns = [parsePattern(this.#in, () => this.#key())];
    while (this.#in.takes('?//')) patterns.push(parsePattern(this.#in, () => this.#key()));
    this.#in.expect('|');
    return { kind: 'bind', source, patterns, body: this.#pipe() };
  }

  /** The key of an object's entry. */
  #key(): Filter {
    const { kind, text } = this.#in.peek();
    if (kind === 'name' || kind === 'keyword' || kind === 'variable') {
      this.#in.take();
      return literal(text);
    }
    if (kind === 'string') return this.#string(undefined);
    if (kind === 'format') return this.#format();
    this.#in.expect('(');
    const key = this.#pipe();
    this.#in.expect(')');
    return key;
  }

  #postfix(): Filter {
    let term = this.#term();
    for (;;) {
      if (this.#in.peek().kind === 'field')
        term = { kind: 'index', target: term, key: literal(this.#in.take().text) };
      else if (this.#in.takes('?')) term = { kind: 'try', body: term, handler: undefined };
      else if (this.#in.is('[')) term = this.#bracket(term);
      else if (this.#in.is('.') && this.#in.peek(1).kind === 'string') {
        this.#in.take();
        term = { kind: 'index', target: term, key: this.#string(undefined) };
      } else return term;
    }
  }

  /** `[]`, `[KEY]`, `[FROM:TO]` */
  #bracket(target: Filter): Filter {
    this.#in.expect('[');
    if (this.#in.takes(']')) return { kind: 'iterate', target };
    if (this.#in.takes(':')) {
      const to = this.#pipe();
      this.#in.expect(']');
      return { kind: 'slice', target, from: undefined, to };
    }
    const key = this.#pipe();
    if (!this.#in.takes(':')) {
      this.#in.expect(']');
      return { kind: 'index', target, key };
    }
    const to = this.#in.is(']') ? undefined : this.#pipe();
    this.#in.expect(']');
    return { kind: 'slice', target, from: key, to };
  }

  #term(): Filter {
    const { kind, text, place } = this.#in.peek();
    if (kind === 'number') return literal(Number(this.#in.take().text));
    if (kind === 'string') return this.#string(undefined);
    if (kind === 'format') return this.#format();
    if (kind === 'field') return { kind: 'index', target: IDENTITY, key: literal(this.#in.take().text) };
    if (kind === 'variable') {
      this.#in.take();
      if (text === '__loc__') {
        return literal(
          new Map<string, Json>([
            ['file', '<top-level>'],
            ['line', place.line],
          ]),
        );
      }
      return { kind: 'variable', name: text, place };
    }
    if (kind === 'name') return this.#call();
    if (kind === 'keyword') return this.#keyword();
    if (this.#in.takes('..')) return { kind: 'recurse' };
    if (this.#in.takes('.')) return this.#dot();
    if (this.#in.takes('[')) return this.#array();
    if (this.#in.takes('{')) return this.#object();
    if (this.#in.takes('(')) {
      const inner = this.#pipe();
      this.#in.expect(')');
      return inner;
    }
    return this.#in.fail();
  }

  #dot(): Filter {
    if (this.#in.peek().kind === 'string')
      return { kind: 'index', target: IDENTITY, key: this.#string(undefined) };
    return IDENTITY;
  }

  #array(): Filter {
    if (this.#in.takes(']')) return { kind: 'array', items: undefined };
    const items = this.#pipe();
    this.#in.expect(']');
    return { kind: 'array', items };
  }

  #object(): Filter {
    const entries: { key: Filter; value: Filter }[] = [];
    while (!this.#in.is('}')) {
      if (entries.length > 0) this.#in.expect(',');
      entries.push(this.#entry());
    }
    this.#in.expect('}');
    return { kind: 'object', entries };
  }

  #entry(): { key: Filter; value: Filter } {
    const { kind, text, place } = this.#in.peek();
    const key = this.#key();
    if (kind === 'variable' && !this.#in.is(':')) {
      if (text === '__loc__') this.#in.fail();
      return { key, value: { kind: 'variable', name: text, place } };
    }
    if (!this.#in.takes(':')) {
      const short = ['name', 'keyword', 'string', 'format'].includes(kind);
      return short ? { key, value: { kind: 'index', target: IDENTITY, key } } : this.#in.fail();
    }
    return { key, value: this.#entryValue() };
  }

  /** Terms joined by `|`: commas part the entries. */
  #entryValue(): Filter {
    const left = this.#in.takes('-')
      ? ({ kind: 'negate', operand: this.#postfix() } as const)
      : this.#postfix();
    return this.#in.takes('|') ? { kind: 'pipe', left, right: this.#entryValue() } : left;
  }

  #call(): Filter {
    const { text: name, place } = this.#in.take();
    if (CONSTANTS.has(name)) return literal(CONSTANTS.get(name) as Json);
    if (name === 'break' && this.#in.peek().kind === 'variable')
      return { kind: 'break', name: this.#in.take().text };
    const args: Filter[] = [];
    if (this.#in.takes('(')) {
      do args.push(this.#pipe());
      while (this.#in.takes(';'));
      this.#in.expect(')');
    }
    return { kind: 'call', name, args, place };
  }

  #format(): Filter {
    const name = this.#in.take().text;
    return this.#in.peek().kind === 'string' ? this.#string(name) : { kind: 'format', name };
  }

  #string(format: string | undefined): Filter {
    const parts = (this.#in.take().parts ?? []).map((part) =>
      typeof part === 'string' ? part : new Parser(part).#whole(),
    );
    const [only] = parts;
    return parts.length === 1 && typeof only === 'string' ? literal(only) : { kind: 'string', format, parts };
  }

  #whole(): Filter {
    const filter = this.#pipe();
    return this.#in.peek().kind === 'end' ? filter : this.#in.fail();
  }

  #keyword(): Filter {
    if (this.#in.takes('if')) return this.#if();
    if (this.#in.takes('try')) {
      const body = this.#postTry();
      return { kind: 'try', body, handler: this.#in.takes('catch') ? this.#postTry() : undefined };
    }
    if (this.#in.takes('reduce')) return this.#reduce();
    if (this.#in.takes('foreach')) return this.#foreach();
    if (this.#in.is('def')) return this.#pipe();
    if (this.#in.is('label')) return this.#pipe();
    return this.#in.fail();
  }

  #postTry(): Filter {
    return this.#in.takes('-') ? { kind: 'negate', operand: this.#postfix() } : this.#postfix();
  }

  #if(): Filter {
    const test = this.#pipe();
    this.#in.expect('then');
    const yes = this.#pipe();
    if (this.#in.takes('elif')) return { kind: 'if', test, yes, no: this.#if() };
    this.#in.expect('else');
    const no = this.#pipe();
    this.#in.expect('end');
    return { kind: 'if', test, yes, no };
  }

  #source(): { source: Filter; pattern: Pattern } {
    const source = this.#postfix();
    this.#in.expect('as');
    const pattern = parsePattern(this.#in, () => this.#key());
    this.#in.expect('(');
    return { source, pattern };
  }

  #reduce(): Filter {
    const { source, pattern } = this.#source();
    const start = this.#pipe();
    this.#in.expect(';');
    const step = this.#pipe();
    this.#in.expect(')');
    return { kind: 'reduce', source, pattern, start, step };
  }

  #foreach(): Filter {
    const { source, pattern } = this.#source();
    const start = this.#pipe();
    this.#in.expect(';');
    const step = this.#pipe();
    const extract = this.#in.takes(';') ? this.#pipe() : undefined;
    this.#in.expect(')');
    return { kind: 'foreach', source, pattern, start, step, extract };
  }
}
