// test(1) as dash and busybox ash read it: one grammar for any number of words, after the special cases of POSIX for
// three and four.
import { matches } from './pattern.ts';
import { toRegExp } from './regular-expression.ts';
import type { Shell } from './shell.ts';
import {
  compareFiles,
  integerTests,
  isFileComparison,
  isUnaryTest,
  TestError,
  testInteger,
  textTests,
  unaryTest,
} from './test-expression.ts';

const BASH_ONLY = new Set(['-a', '-o', '-v', '-R', '-N']);

/** The truth of test's arguments; `extended`: those of ash's [[, where == and != match patterns. Throws TestError. */
export function posixTest(shell: Shell, words: readonly string[], extended: boolean): boolean {
  const special = words.length === 3 || words.length === 4;
  if (special && !(words.length === 3 && new PosixTest(shell, words, extended).isBinary(words[1]))) {
    if (words[0] === '(' && words.at(-1) === ')')
      return new PosixTest(shell, words.slice(1, -1), extended).whole();
    if (words[0] === '!') return !new PosixTest(shell, words.slice(1), extended).whole();
  }
  return new PosixTest(shell, words, extended).whole();
}

class PosixTest {
  readonly #shell: Shell;
  readonly #words: readonly string[];
  readonly #extended: boolean;
  /** The word that was taken last. */
  #at = 0;

  constructor(shell: Shell, words: readonly string[], extended: boolean) {
    this.#shell = shell;
    this.#words = words;
    this.#extended = extended;
  }

  whole(): boolean {
    if (this.#words.length === 0) return false;
    const truth = this.#or();
    const ash = this.#shell.dialect === 'ash';
    // dash names the word before the one that should not be there.
    if (this.#at + 1 < this.#words.length)
      throw new TestError(`${this.#words[ash ? this.#at + 1 : this.#at]}: unexpected operator`);
    return truth;
  }

  isBinary(word: string | undefined): boolean {
    if (word === undefined) return false;
    if (word === '==' || word === '=~')
      return this.#shell.dialect === 'ash' && (word === '==' || this.#extended);
    return Object.hasOwn(textTests, word) || Object.hasOwn(integerTests, word) || isFileComparison(word);
  }

  #or(): boolean {
    let truth = this.#and();
    while (this.#operatorAt(this.#at + 1) === '-o') {
      this.#at += 2;
      truth = this.#and() || truth;
    }
    return truth;
  }

  #and(): boolean {
    let truth = this.#not();
    while (this.#operatorAt(this.#at + 1) === '-a') {
      this.#at += 2;
      truth = this.#not() && truth;
    }
    return truth;
  }

  #not(): boolean {
    if (this.#operatorAt(this.#at) !== '!') return this.#primary();
    if (this.#at + 1 < this.#words.length) this.#at++;
    else return true;
    return !this.#not();
  }

  #primary(): boolean {
    const word = this.#words[this.#at];
    if (word === undefined) {
      if (this.#shell.dialect === 'ash') throw new TestError('argument expected');
      return false;
    }
    if (this.#operatorAt(this.#at) === '(') return this.#group();
    if (this.#isUnary(word) && this.#operatorAt(this.#at) !== undefined) return this.#unary(word);
    if (this.isBinary(this.#words[this.#at + 1])) return this.#binary(word);
    return word !== '';
  }

  #group(): boolean {
    this.#at++;
    if (this.#operatorAt(this.#at) === ')') return false;
    const truth = this.#or();
    if (this.#words[this.#at + 1] !== ')') throw new TestError('closing paren expected');
    this.#at++;
    return truth;
  }

  #unary(operator: string): boolean {
    const operand = this.#words[++this.#at];
    if (operand === undefined) throw new TestError(`${operator}: argument expected`);
    if (operator === '-t') testInteger(this.#shell, operand);
    return unaryTest(this.#shell, operator, operand);
  }

  #binary(left: string): boolean {
    const operator = this.#words[this.#at + 1] as string;
    this.#at += 2;
    const right = this.#words[this.#at];
    if (right === undefined) throw new TestError(`${operator}: argument expected`);
    if (this.#extended) {
      if (operator === '=~') return toRegExp(right)?.test(left) ?? false;
      if (operator === '!=') return !matches(right, left);
      if (operator === '=' || operator === '==') return matches(right, left);
    }
    const text = textTests[operator];
    if (text !== undefined) return text(left, right);
    const integers = integerTests[operator];
    if (integers !== undefined)
      return integers(testInteger(this.#shell, left), testInteger(this.#shell, right));
    return isFileComparison(operator) && compareFiles(this.#shell, operator, left, right);
  }

  /** The word as an operator; undefined where it stands for itself: at the end, or before an operator of two sides. */
  #operatorAt(at: number): string | undefined {
    const word = this.#words[at];
    if (word === undefined) return undefined;
    const next = this.#words[at + 1];
    if (
      this.#isUnary(word) &&
      (next === undefined || (this.#words[at + 2] !== undefined && this.isBinary(next)))
    )
      return undefined;
    return word === '(' && next === undefined ? undefined : word;
  }

  #isUnary(word: string): boolean {
    return isUnaryTest(word) && !BASH_ONLY.has(word);
  }
}
