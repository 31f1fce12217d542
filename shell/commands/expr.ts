// expr: evaluate an expression of arguments (POSIX expr; integers of any size, as GNU's with GMP).

import type { Process } from '../fs/process.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { compileRegex, RegexError } from './posix-regex.ts';
import { quoteLocale } from './quoting.ts';
import { codecOf, type TextCodec } from './text-codec.ts';
import { usageError } from './usage-error.ts';

export const expr: Command = {
  name: 'expr',
  usageStatus: 2,
  help: `Usage: expr EXPRESSION
  or:  expr OPTION
Print the value of EXPRESSION.

      --help        display this help and exit
      --version     output version information and exit

Every part of EXPRESSION is an argument of its own. From weak to strong:

  ARG1 | ARG2       ARG1 if it is neither null nor 0, else ARG2
  ARG1 & ARG2       ARG1 if neither is null or 0, else 0
  ARG1 < ARG2       also <= = != >= >: compared as numbers, or as text
  ARG1 + ARG2       also -
  ARG1 * ARG2       also / and %
  STRING : REGEXP   what REGEXP, a basic one, matches at the start of STRING
  match STRING REGEXP         the same
  substr STRING POS LENGTH    a part of STRING, POS counted from 1
  index STRING CHARS          where one of CHARS is in STRING, or 0
  length STRING               how long STRING is
  + TOKEN                     TOKEN as text, even if it is a keyword or an operator
  ( EXPRESSION )              the value of EXPRESSION

The exit status is 0 if the value is neither null nor 0, 1 if it is, 2 after a wrong expression, 3 after an error.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const [, first] = argv;
    if (argv.length === 2 && (first === '--help' || first === '--version')) {
      const parsed = await parseOptions(out, expr, argv, {});
      if ('exit' in parsed) return parsed.exit;
    }
    const words = first === '--' ? argv.slice(2) : argv.slice(1);
    if (words.length === 0) return usageError(out, expr, 'missing operand');
    const result = new Expression(process, words).result();
    if ('problem' in result) {
      out.failureStatus = result.status;
      await out.warn(result.problem);
      return result.status;
    }
    out.line(result.value);
    await out.flush();
    return isNull(result.value) ? 1 : 0;
  },
};

type Result = { readonly value: string } | { readonly problem: string; readonly status: number };

const isNull = (value: string): boolean => value === '' || /^-?0+$/.test(value);

const isInteger = (text: string): boolean => /^-?\d+$/.test(text);

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '=': (order) => order === 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '>=': (order) => order >= 0,
  '>': (order) => order > 0,
};

const SUMS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
};

const PRODUCTS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

const KEYWORDS: Readonly<Record<string, number>> = { match: 2, substr: 3, index: 2, length: 1 };

/** Recursive descent; the first problem is kept, and every value after it is of no interest. */
class Expression {
  readonly #process: Process;
  readonly #codec: TextCodec;
  readonly #words: readonly string[];
  #at = 0;
  #problem: { problem: string; status: number } | undefined;

  constructor(process: Process, words: readonly string[]) {
    this.#process = process;
    this.#codec = codecOf(process);
    this.#words = words;
  }

  result(): Result {
    const value = this.#or(true);
    const extra = this.#words[this.#at];
    if (extra !== undefined) this.#fail(`syntax error: unexpected argument ${this.#quote(extra)}`);
    return this.#problem ?? { value };
  }

  #quote(text: string): string {
    return quoteLocale(this.#process, text);
  }

  #fail(problem: string, status = 2): string {
    this.#problem ??= { problem, status };
    return '';
  }

  /** Takes the next word if it is one of these. */
  #take(table: Readonly<Record<string, unknown>>): string | undefined {
    const word = this.#words[this.#at];
    if (this.#problem !== undefined || word === undefined || !Object.hasOwn(table, word)) return undefined;
    this.#at++;
    return word;
  }

  #or(evaluate: boolean): string {
    let left = this.#and(evaluate);
    while (this.#take({ '|': 1 }) !== undefined) {
      const right = this.#and(evaluate && isNull(left));
      if (isNull(left)) left = isNull(right) ? '0' : right;
    }
    return left;
  }

  #and(evaluate: boolean): string {
    let left = this.#compare(evaluate);
    while (this.#take({ '&': 1 }) !== undefined) {
      const right = this.#compare(evaluate && !isNull(left));
      if (isNull(left) || isNull(right)) left = '0';
    }
    return left;
  }

  #compare(evaluate: boolean): string {
    let left = this.#arithmetic(evaluate, 0);
    for (let sign = this.#take(COMPARISONS); sign !== undefined; sign = this.#take(COMPARISONS)) {
      const right = this.#arithmetic(evaluate, 0);
      left = COMPARISONS[sign]?.(orderOf(left, right)) ? '1' : '0';
    }
    return left;
  }

  #arithmetic(evaluate: boolean, level: 0 | 1): string {
    const operand = (): string => (level === 0 ? this.#arithmetic(evaluate, 1) : this.#matching(evaluate));
    const table = level === 0 ? SUMS : PRODUCTS;
    let left = operand();
    for (let sign = this.#take(table); sign !== undefined; sign = this.#take(table)) {
      const right = operand();
      if (!evaluate || this.#problem !== undefined) continue;
      if (!isInteger(left) || !isInteger(right)) return this.#fail('non-integer argument');
      if (sign !== '*' && level === 1 && BigInt(right) === 0n) return this.#fail('division by zero');
      left = String(table[sign]?.(BigInt(left), BigInt(right)));
    }
    return left;
  }

  #matching(evaluate: boolean): string {
    let left = this.#primary(evaluate);
    while (this.#take({ ':': 1 }) !== undefined) {
      const right = this.#primary(evaluate);
      if (evaluate && this.#problem === undefined) left = this.#match(left, right);
    }
    return left;
  }

  #primary(evaluate: boolean): string {
    if (this.#problem !== undefined) return '';
    if (this.#at >= this.#words.length) return this.#missing();
    if (this.#take({ '+': 1 }) !== undefined)
      return this.#at < this.#words.length ? this.#word() : this.#missing();
    if (this.#take({ '(': 1 }) !== undefined) return this.#parenthesis(evaluate);
    if (this.#words[this.#at] === ')') return this.#fail(`syntax error: unexpected ')'`);
    const keyword = this.#take(KEYWORDS);
    if (keyword === undefined) return this.#word();
    const values = Array.from({ length: KEYWORDS[keyword] ?? 0 }, () => this.#primary(evaluate));
    return evaluate && this.#problem === undefined ? this.#call(keyword, values) : '';
  }

  #word(): string {
    return this.#words[this.#at++] as string;
  }

  #missing(): string {
    return this.#fail(`syntax error: missing argument after ${this.#quote(this.#words[this.#at - 1] ?? '')}`);
  }

  #parenthesis(evaluate: boolean): string {
    const value = this.#or(evaluate);
    if (this.#problem !== undefined) return '';
    const after = this.#words[this.#at];
    if (after === undefined)
      return this.#fail(`syntax error: expecting ')' after ${this.#quote(this.#words[this.#at - 1] ?? '')}`);
    if (after !== ')') return this.#fail(`syntax error: expecting ')' instead of ${this.#quote(after)}`);
    this.#at++;
    return value;
  }

  #call(keyword: string, [text = '', second = '', third = '']: readonly string[]): string {
    if (keyword === 'match') return this.#match(text, second);
    const characters = [...text];
    if (keyword === 'length') return String(this.#codec.utf8 ? characters.length : Buffer.byteLength(text));
    if (keyword === 'index')
      return String(characters.findIndex((character) => second.includes(character)) + 1);
    const [position, length] = [Number(second), Number(third)];
    if (!isInteger(second) || !isInteger(third) || position <= 0 || length <= 0) return '';
    return characters.slice(position - 1, position - 1 + length).join('');
  }

  /** The first group, or how many characters match; both count from the start of the text. */
  #match(text: string, pattern: string): string {
    try {
      const { utf8 } = this.#codec;
      const regex = compileRegex(this.#codec.argument(pattern), { extended: false, utf8 });
      const found = regex.find(this.#codec.argument(text));
      const match = found?.start === 0 ? found : undefined;
      if (regex.groups > 0) return this.#codec.name(match?.groups[1] ?? '');
      return String([...(match?.groups[0] ?? '')].length);
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      return this.#fail(error.message);
    }
  }
}

const orderOf = (left: string, right: string): number => {
  if (isInteger(left) && isInteger(right)) {
    const difference = BigInt(left) - BigInt(right);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  return left < right ? -1 : left > right ? 1 : 0;
};
