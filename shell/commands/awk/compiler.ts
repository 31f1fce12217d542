// Expressions to closures.

import { chain, type Maybe } from '../maybe.ts';
import type { RegexMatcher } from '../posix-regex.ts';
import type { Analysis } from './analysis.ts';
import { AwkArray, type Locals } from './array.ts';
import {
  type ArrayOf,
  type Code,
  fast,
  isFast,
  lift1,
  lift2,
  liftAll,
  type Run,
  slow,
  type Target,
} from './code.ts';
import { compileBuiltin } from './compile-builtin.ts';
import { type CompiledFunction, compileCall } from './compile-function.ts';
import { compileGetline } from './compile-getline.ts';
import { compileTarget } from './compile-target.ts';
import { AwkError } from './dialect.ts';
import { RegexError } from './pattern.ts';
import type { Runtime } from './runtime.ts';
import type { ArithmeticOperator, ComparisonOperator, Expression, Lvalue } from './syntax-tree.ts';
import type { Place } from './token.ts';
import { compare, Input, isTrue, toNumber, type Value } from './value.ts';

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

const ARITHMETIC: Readonly<Record<ArithmeticOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
};

const COMPARE: Readonly<Record<ComparisonOperator, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

export class Compiler {
  readonly runtime: Runtime;
  readonly analysis: Analysis;
  readonly functions: ReadonlyMap<string, CompiledFunction>;
  /** The function whose body is compiled. */
  readonly inside: CompiledFunction | undefined;

  constructor(
    runtime: Runtime,
    analysis: Analysis,
    functions: ReadonlyMap<string, CompiledFunction>,
    inside?: CompiledFunction,
  ) {
    this.runtime = runtime;
    this.analysis = analysis;
    this.functions = functions;
    this.inside = inside;
  }

  /** The slot of a parameter; undefined for a global. */
  slot(name: string): number | undefined {
    return this.inside?.slots.get(name);
  }

  isArray(name: string): boolean {
    if (this.slot(name) === undefined) return this.analysis.arrays.has(name);
    return this.analysis.arrayParameters.get(this.inside?.name ?? '')?.has(name) ?? false;
  }

  array(name: string): ArrayOf {
    const slot = this.slot(name);
    if (slot === undefined) {
      const array = this.runtime.array(name);
      return () => array;
    }
    return (locals) => {
      const held = locals[slot];
      if (held instanceof AwkArray) return held;
      const made = new AwkArray();
      locals[slot] = made;
      return made;
    };
  }

  expression(expression: Expression): Code {
    const compile = this.#compile[expression.kind] as (one: Expression) => Code;
    return compile(expression);
  }

  /** True or false. */
  condition(expression: Expression): { slow: boolean; run: Run<Maybe<boolean>> } {
    const code = this.expression(expression);
    if (isFast(code)) {
      const { run } = code;
      return { slow: false, run: (locals) => isTrue(run(locals)) };
    }
    return { slow: true, run: (locals) => chain(code.run(locals), isTrue) };
  }

  target(lvalue: Lvalue): Target {
    return compileTarget(this, lvalue);
  }

  /** The pattern that an expression stands for: a regular expression, or a text that is one. */
  pattern(
    expression: Expression,
    place: Place,
  ): { readonly code: Code; matcher: (value: Value) => RegexMatcher } {
    const inner = expression.kind === 'group' ? expression.inner : expression;
    if (inner.kind === 'regex') {
      const { source } = inner;
      const found = this.#constantMatcher(source, place);
      return { code: fast(() => undefined), matcher: found };
    }
    return {
      code: this.expression(expression),
      matcher: (value) => this.matcher(this.runtime.text(value), place),
    };
  }

  /** Throws AwkError. */
  matcher(source: string, place: Place, constant = false): RegexMatcher {
    try {
      return this.runtime.patterns.compile(source);
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      const { dialect, moment } = this.runtime;
      throw dialect.badRegex(source, error.message, place, constant ? undefined : moment);
    }
  }

  /** A wrong constant is found before the program runs; IGNORECASE may change it later. */
  #constantMatcher(source: string, place: Place): () => RegexMatcher {
    const { patterns } = this.runtime;
    let matcher = this.matcher(source, place, true);
    let ignoreCase = patterns.ignoreCase;
    return () => {
      if (ignoreCase !== patterns.ignoreCase) {
        ignoreCase = patterns.ignoreCase;
        matcher = this.matcher(source, place);
      }
      return matcher;
    };
  }

  readonly #compile: { readonly [K in Expression['kind']]: (expression: Of<K>) => Code } = {
    number: ({ value }) => fast(() => value),
    string: ({ value }) => fast(() => value),
    regex: (expression) =>
      this.#match(
        fast(() => this.runtime.record.whole),
        expression,
        expression.place,
        false,
      ),
    group: ({ inner }) => this.expression(inner),
    list: ({ place }) => {
      throw new AwkError(this.runtime.dialect.syntaxError(place), this.runtime.dialect.syntaxStatus);
    },
    name: (lvalue) => this.#read(lvalue),
    field: (lvalue) => this.#read(lvalue),
    element: (lvalue) => this.#read(lvalue),
    assign: (expression) => this.#assign(expression),
    increment: (expression) => this.#increment(expression),
    choose: (expression) => this.#choose(expression),
    logical: (expression) => this.#logical(expression),
    unary: ({ operator, operand }) => {
      const code = this.expression(operand);
      if (operator === '!') return lift1(code, (value) => (isTrue(value) ? 0 : 1));
      return lift1(code, operator === '-' ? (value) => -toNumber(value) : toNumber);
    },
    arithmetic: ({ operator, left, right, place }) => {
      const calculate = this.#arithmetic(operator, place);
      // gawk works out constants before the program runs.
      if (this.runtime.dialect.name === 'gawk' && left.kind === 'number' && right.kind === 'number')
        this.#checkDivision(operator, right.value, place);
      return lift2(this.expression(left), this.expression(right), (a, b) =>
        calculate(toNumber(a), toNumber(b)),
      );
    },
    compare: ({ operator, left, right }) => {
      const holds = COMPARE[operator];
      const text = (value: Value): string => this.runtime.text(value);
      return lift2(this.expression(left), this.expression(right), (a, b) =>
        holds(compare(a, b, text)) ? 1 : 0,
      );
    },
    concatenate: ({ left, right }) =>
      lift2(
        this.expression(left),
        this.expression(right),
        (a, b) => this.runtime.text(a) + this.runtime.text(b),
      ),
    match: ({ negated, text, pattern, place }) => this.#match(this.expression(text), pattern, place, negated),
    in: ({ subscripts, name }) => {
      const array = this.array(name);
      const key = this.key(subscripts);
      if (isFast(key)) {
        return fast((locals) => (array(locals).elements.has(key.run(locals) as string) ? 1 : 0));
      }
      return slow((locals) =>
        chain(key.run(locals), (found) => (array(locals).elements.has(found as string) ? 1 : 0)),
      );
    },
    getline: (expression) => compileGetline(this, expression),
    call: (call) => compileCall(this, call),
    builtin: (call) => compileBuiltin(this, call),
  };

  /** The key of an element, as a string. */
  key(subscripts: readonly Expression[]): Code {
    return liftAll(
      subscripts.map((one) => this.expression(one)),
      (values) => this.runtime.key(values),
    );
  }

  #read(lvalue: Lvalue): Code {
    const { key, get } = this.target(lvalue);
    if (isFast(key)) return fast((locals) => get(locals, key.run(locals)));
    return slow((locals) => chain(key.run(locals), (found) => get(locals, found)));
  }

  #arithmetic(operator: ArithmeticOperator, place: Place): (a: number, b: number) => number {
    const calculate = ARITHMETIC[operator];
    const problem = this.runtime.dialect.words.divisionByZero;
    if ((operator !== '/' && operator !== '%') || problem === undefined) return calculate;
    const words = operator === '%' && this.runtime.dialect.name === 'gawk' ? `${problem} in \`%'` : problem;
    return (a, b) => {
      if (b === 0) throw this.runtime.error(place, words);
      return calculate(a, b);
    };
  }

  #checkDivision(operator: ArithmeticOperator, divisor: number, place: Place): void {
    if (divisor !== 0 || (operator !== '/' && operator !== '%')) return;
    const which = operator === '%' ? " in `%'" : '';
    throw new AwkError(`cmd. line:${place.line}: error: division by zero attempted${which}`, 1);
  }

  #assign({ operator, target, value, place }: Of<'assign'>): Code {
    const { key, get, set } = this.target(target);
    const code = this.expression(value);
    const calculate = operator === undefined ? undefined : this.#arithmetic(operator, place);
    const store = (locals: Locals, found: Value, next: Value): Value => {
      const result = calculate === undefined ? next : calculate(toNumber(get(locals, found)), toNumber(next));
      set(locals, found, result);
      return result;
    };
    if (isFast(key) && isFast(code)) {
      return fast((locals) => {
        // The value comes first: `$(i++) = i` and `a[k] = f(k)` in this order as well.
        const next = code.run(locals);
        return store(locals, key.run(locals), next);
      });
    }
    return slow((locals) =>
      chain(code.run(locals), (next) => chain(key.run(locals), (found) => store(locals, found, next))),
    );
  }

  #increment({ target, by, before }: Of<'increment'>): Code {
    const { key, get, set } = this.target(target);
    const step = (locals: Locals, found: Value): number => {
      const old = toNumber(get(locals, found));
      set(locals, found, old + by);
      return before ? old + by : old;
    };
    if (isFast(key)) return fast((locals) => step(locals, key.run(locals)));
    return slow((locals) => chain(key.run(locals), (found) => step(locals, found)));
  }

  #choose({ test, yes, no }: Of<'choose'>): Code {
    const condition = this.condition(test);
    const [a, b] = [this.expression(yes), this.expression(no)];
    if (!condition.slow && isFast(a) && isFast(b))
      return fast((locals) => (condition.run(locals) ? a.run(locals) : b.run(locals)));
    return slow((locals) => chain(condition.run(locals), (holds) => (holds ? a.run(locals) : b.run(locals))));
  }

  #logical({ operator, left, right }: Of<'logical'>): Code {
    const [a, b] = [this.condition(left), this.condition(right)];
    const ends = operator === '||';
    if (!a.slow && !b.slow) {
      return ends
        ? fast((locals) => (a.run(locals) || b.run(locals) ? 1 : 0))
        : fast((locals) => (a.run(locals) && b.run(locals) ? 1 : 0));
    }
    return slow((locals) =>
      chain(a.run(locals), (first) =>
        first === ends ? Number(first) : chain(b.run(locals), (second) => Number(second)),
      ),
    );
  }

  #match(text: Code, pattern: Expression, place: Place, negated: boolean): Code {
    const { code, matcher } = this.pattern(pattern, place);
    return lift2(text, code, (value, source) => {
      const whole = value instanceof Input ? value.text : this.runtime.text(value);
      return matcher(source).test(whole) !== negated ? 1 : 0;
    });
  }
}
