// Arithmetic in 64 bits, over the shell's variables.

import { assignElement, elementOf } from '../assign.ts';
import type { Shell } from '../shell.ts';
import { ShellError } from '../shell-error.ts';
import { type Arithmetic, parseArithmetic, reckonArithmetic, type Target } from './arithmetic-syntax.ts';

const wrap = (value: bigint): bigint => BigInt.asIntN(64, value);
const truth = (value: boolean): bigint => (value ? 1n : 0n);

/** The value of an expression whose `$` expansions are done already. */
export function evaluateArithmetic(shell: Shell, text: string, depth = 0): bigint {
  if (/^\s*-?[1-9][0-9]{0,17}\s*$/.test(text)) return BigInt(text.trim());
  if (shell.dialect === 'dash')
    return dashArithmetic(
      () => new Evaluation(shell, text, depth).value(parseArithmetic(asDashReads(text))),
      text,
    );
  if (shell.dialect === 'ash')
    return ashArithmetic(() => new Evaluation(shell, text, depth).value(parseArithmetic(text)));
  const shown = text.replace(/^[ \t]+/, '');
  return new Evaluation(shell, shown, depth).value(parsed(shell, shown, depth));
}

/** What reckoning while reading takes of the native stack, in levels of the other way. */
const DEEPER = 10;

/** bash reckons as it reads: what stands before an error is done, and its own errors come first. */
function parsed(shell: Shell, text: string, depth: number): Arithmetic {
  try {
    return parseArithmetic(text);
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    const evaluation = new Evaluation(shell, text, depth + DEEPER);
    return reckonArithmetic(text, (node) => evaluation.value(node));
  }
}

/** dash has neither steps nor powers: `++i` is +(+i); neither commas nor bases. */
function asDashReads(text: string): string {
  if (/[,#]/.test(text)) throw new ShellError(': stray');
  return text.replace(/([-+*])(?=\1)/g, '$1 ');
}

function dashArithmetic(evaluate: () => bigint, text: string): bigint {
  try {
    return evaluate();
  } catch (error) {
    if (!(error instanceof ShellError) || error.message.startsWith('Illegal number')) throw error;
    if (/division by 0/.test(error.message))
      throw new ShellError(`arithmetic expression: division by zero: "${text}"`, { status: 2 });
    const what = /operand expected|expression expected/.test(error.message)
      ? 'expecting primary'
      : 'expecting EOF';
    throw new ShellError(
      /:/.test(error.message) ? `arithmetic expression: ${what}: "${text}"` : error.message,
      { status: 2 },
    );
  }
}

/** busybox ends with 2 where bash ends with 1. */
function ashArithmetic(evaluate: () => bigint): bigint {
  try {
    return evaluate();
  } catch (error) {
    throw error instanceof ShellError && error.status === 1
      ? new ShellError(error.message, { status: 2, scope: error.scope })
      : error;
  }
}

const operations: Record<string, (a: bigint, b: bigint) => bigint> = {
  ',': (_a, b) => b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '&': (a, b) => a & b,
  '==': (a, b) => truth(a === b),
  '!=': (a, b) => truth(a !== b),
  '<': (a, b) => truth(a < b),
  '>': (a, b) => truth(a > b),
  '<=': (a, b) => truth(a <= b),
  '>=': (a, b) => truth(a >= b),
  '<<': (a, b) => wrap(a << (b & 63n)),
  '>>': (a, b) => a >> (b & 63n),
  '+': (a, b) => wrap(a + b),
  '-': (a, b) => wrap(a - b),
  '*': (a, b) => wrap(a * b),
};

class Evaluation {
  readonly #shell: Shell;
  readonly #text: string;
  readonly #depth: number;

  constructor(shell: Shell, text: string, depth: number) {
    this.#shell = shell;
    this.#text = text;
    this.#depth = depth;
  }

  value(node: Arithmetic): bigint {
    switch (node.kind) {
      case 'number':
        return node.value;
      case 'name':
        return this.#variable(node);
      case 'unary':
        return this.#unary(node.operator, this.value(node.operand));
      case 'step': {
        const before = this.#variable(node.target);
        const after = wrap(node.operator === '++' ? before + 1n : before - 1n);
        this.#assign(node.target, after);
        return node.prefix ? after : before;
      }
      case 'choice':
        return this.value(node.test) !== 0n ? this.value(node.yes) : this.value(node.no);
      case 'assign':
        return this.#assignment(node);
      case 'binary':
        return this.#binary(node);
    }
  }

  #unary(operator: string, value: bigint): bigint {
    if (operator === '-') return wrap(-value);
    if (operator === '!') return truth(value === 0n);
    return operator === '~' ? ~value : value;
  }

  #assignment(node: Extract<Arithmetic, { kind: 'assign' }>): bigint {
    const former = node.operator === '=' ? 0n : this.#variable(node.target);
    const right = this.value(node.value);
    const value =
      node.operator === '=' ? right : this.#apply(node.operator.slice(0, -1), former, right, node.rest);
    this.#assign(node.target, value);
    return value;
  }

  #binary(node: Extract<Arithmetic, { kind: 'binary' }>): bigint {
    const left = this.value(node.left);
    if (node.operator === '&&') return left === 0n ? 0n : truth(this.value(node.right) !== 0n);
    if (node.operator === '||') return left !== 0n ? 1n : truth(this.value(node.right) !== 0n);
    return this.#apply(node.operator, left, this.value(node.right), node.rest);
  }

  #apply(operator: string, left: bigint, right: bigint, rest: string): bigint {
    const simple = operations[operator];
    if (simple !== undefined) return simple(left, right);
    if (operator === '**') return this.#power(left, right, rest);
    if (right === 0n) throw new ShellError(`${this.#text}: division by 0 (error token is "${rest}")`);
    return operator === '/' ? wrap(left / right) : left % right;
  }

  #power(base: bigint, exponent: bigint, rest: string): bigint {
    if (exponent < 0n) throw new ShellError(`${this.#text}: exponent less than 0 (error token is "${rest}")`);
    let result = 1n;
    let square = base;
    for (let left = exponent; left > 0n; left >>= 1n) {
      if (left & 1n) result = wrap(result * square);
      square = wrap(square * square);
    }
    return result;
  }

  // A variable's value is itself an expression: x=y+1; echo $((x)).
  #variable(target: Target): bigint {
    const value = elementOf(this.#shell, target.name, target.subscript);
    if (value === undefined) {
      if (this.#shell.state.has('nounset')) throw this.#shell.unbound(target.name);
      return 0n;
    }
    if (value === '') return 0n;
    if (this.#depth > 1000)
      throw new ShellError(`${value}: expression recursion level exceeded (error token is "${value}")`);
    if (this.#shell.dialect === 'dash' && !/^\s*[-+]?(0[xX][0-9a-fA-F]+|\d+)\s*$/.test(value))
      throw new ShellError(`Illegal number: ${value}`, { status: 2 });
    return evaluateArithmetic(this.#shell, value, this.#depth + 1);
  }

  #assign(target: Target, value: bigint): void {
    assignElement(this.#shell, target.name, target.subscript, String(value));
  }
}
