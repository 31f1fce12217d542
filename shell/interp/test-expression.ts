// test(1), as builtin and for [[ ]]: primaries, and the argument grammar with POSIX's rules by count.
import { R_OK, W_OK, X_OK } from '../fs/credentials.ts';
import { isFsError } from '../fs/errno.ts';
import type { Stat } from '../fs/stat.ts';
import { elementOf } from './assign.ts';
import { optionByLetter } from './options.ts';
import type { Shell } from './shell.ts';

type Kind = Stat['kind'];

const kindTests: Record<string, Kind> = {
  '-b': 'block',
  '-c': 'char',
  '-d': 'directory',
  '-f': 'file',
  '-p': 'fifo',
  '-S': 'socket',
};
const modeTests: Record<string, number> = { '-u': 0o4000, '-g': 0o2000, '-k': 0o1000 };
const accessTests: Record<string, number> = { '-r': R_OK, '-w': W_OK, '-x': X_OK };

const otherTests: Record<string, (shell: Shell, operand: string) => boolean> = {
  '-n': (_shell, operand) => operand !== '',
  '-z': (_shell, operand) => operand === '',
  '-a': ({ process }, operand) => process.tryStat(operand) !== undefined,
  '-e': ({ process }, operand) => process.tryStat(operand) !== undefined,
  '-s': ({ process }, operand) => (process.tryStat(operand)?.size ?? 0) > 0,
  '-h': ({ process }, operand) => process.tryLstat(operand)?.kind === 'symlink',
  '-L': ({ process }, operand) => process.tryLstat(operand)?.kind === 'symlink',
  '-O': ({ process }, operand) => process.tryStat(operand)?.uid === process.cred.uid,
  '-G': ({ process }, operand) => process.tryStat(operand)?.gid === process.cred.gid,
  '-N': ({ process }, operand) => {
    const stat = process.tryStat(operand);
    return stat !== undefined && stat.mtime > stat.atime;
  },
  '-t': ({ process }, operand) => process.tty(Number(operand)) !== undefined,
  '-v': (shell, operand) => variableIsSet(shell, operand),
  '-R': (shell, operand) => shell.state.variables.get(operand)?.reference === true,
  '-o': (shell, operand) =>
    shell.state.has(operand) || (operand.length === 1 && shell.state.has(optionByLetter(operand) ?? '')),
};

/** True for the letters that test one operand. */
export const isUnaryTest = (operator: string): boolean =>
  Object.hasOwn(kindTests, operator) ||
  Object.hasOwn(modeTests, operator) ||
  Object.hasOwn(accessTests, operator) ||
  Object.hasOwn(otherTests, operator);

export function unaryTest(shell: Shell, operator: string, operand: string): boolean {
  const { process } = shell;
  const kind = kindTests[operator];
  if (kind !== undefined) return process.tryStat(operand)?.kind === kind;
  const bit = modeTests[operator];
  if (bit !== undefined) return ((process.tryStat(operand)?.mode ?? 0) & bit) !== 0;
  const want = accessTests[operator];
  if (want !== undefined) return mayAccess(shell, operand, want);
  return otherTests[operator]?.(shell, operand) ?? false;
}

function mayAccess({ process }: Shell, path: string, want: number): boolean {
  try {
    process.access(path, want);
    return true;
  } catch (error) {
    if (isFsError(error)) return false;
    throw error;
  }
}

function variableIsSet(shell: Shell, name: string): boolean {
  const shape = /^(\w+)(?:\[(.*)\])?$/s.exec(name);
  if (shape === null) return false;
  if (/^\d+$/.test(name)) return name === '0' || Number(name) <= shell.state.positional.length;
  if (shape[2] === '@' || shape[2] === '*')
    return shell.state.variables.get(shape[1] as string) !== undefined;
  return elementOf(shell, shape[1] as string, shape[2]) !== undefined;
}

const fileComparisons = {
  '-nt': (a, b) => a !== undefined && (b === undefined || a.mtime > b.mtime),
  '-ot': (a, b) => b !== undefined && (a === undefined || a.mtime < b.mtime),
  '-ef': (a, b) => a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev,
} satisfies Record<string, (a: Stat | undefined, b: Stat | undefined) => boolean>;

export type FileComparison = keyof typeof fileComparisons;
export const isFileComparison = (operator: string): operator is FileComparison =>
  Object.hasOwn(fileComparisons, operator);

export const compareFiles = ({ process }: Shell, operator: FileComparison, a: string, b: string): boolean =>
  fileComparisons[operator](process.tryStat(a), process.tryStat(b));

/** What is wrong with the arguments of test, without the prefix. */
export class TestError extends Error {}

export const integerTests: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};

export const textTests: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
};

const isBinary = (operator: string | undefined): operator is string =>
  operator !== undefined &&
  (Object.hasOwn(textTests, operator) || Object.hasOwn(integerTests, operator) || isFileComparison(operator));

/** The truth of test's arguments as bash reads them; throws TestError. */
export function testArguments(shell: Shell, words: readonly string[]): boolean {
  return byCount(shell, words) ?? new TestParser(shell, words).whole();
}

// POSIX says what one to four arguments mean, whatever they look like.
function byCount(shell: Shell, words: readonly string[]): boolean | undefined {
  const [a, b, c] = words as [string, string, string];
  if (words.length === 0) return false;
  if (words.length === 1) return a !== '';
  if (words.length === 2) {
    if (a === '!') return b === '';
    if (isUnaryTest(a)) return unary(shell, a, b);
    throw new TestError(`${a}: unary operator expected`);
  }
  if (words.length === 3) {
    if (isBinary(b)) return binary(shell, a, b, c);
    if (b === '-a') return a !== '' && c !== '';
    if (b === '-o') return a !== '' || c !== '';
    if (a === '!') return !testArguments(shell, [b, c]);
    if (a === '(' && c === ')') return b !== '';
    throw new TestError(`${b}: binary operator expected`);
  }
  if (words.length === 4 && a === '!') return !testArguments(shell, words.slice(1));
  if (words.length === 4 && a === '(' && words[3] === ')') return testArguments(shell, [b, c]);
  return undefined;
}

function unary(shell: Shell, operator: string, operand: string): boolean {
  return unaryTest(shell, operator, operand);
}

function binary(shell: Shell, a: string, operator: string, b: string): boolean {
  const text = textTests[operator];
  if (text !== undefined) return text(a, b);
  const integers = integerTests[operator];
  if (integers !== undefined) return integers(testInteger(shell, a), testInteger(shell, b));
  if (isFileComparison(operator)) return compareFiles(shell, operator, a, b);
  throw new TestError(`${operator}: unexpected operator`);
}

export function testInteger(shell: Shell, text: string): bigint {
  const trimmed = text.trim();
  if (!/^[-+]?\d+$/.test(trimmed) || tooLarge(shell, trimmed))
    throw new TestError(
      shell.dialect === 'bash' ? `${text}: integer expression expected` : `Illegal number: ${text}`,
    );
  return BigInt(trimmed.replace(/^\+/, ''));
}

const tooLarge = ({ dialect }: Shell, text: string): boolean =>
  dialect === 'bash' &&
  text.length > 18 &&
  BigInt.asIntN(64, BigInt(text.replace(/^\+/, ''))) !== BigInt(text.replace(/^\+/, ''));

class TestParser {
  readonly #shell: Shell;
  readonly #words: readonly string[];
  #at = 0;

  constructor(shell: Shell, words: readonly string[]) {
    this.#shell = shell;
    this.#words = words;
  }

  whole(): boolean {
    const truth = this.#or();
    if (this.#at < this.#words.length) throw new TestError('too many arguments');
    return truth;
  }

  #or(): boolean {
    let truth = this.#and();
    while (this.#words[this.#at] === '-o') {
      this.#at++;
      const right = this.#and();
      truth = truth || right;
    }
    return truth;
  }

  #and(): boolean {
    let truth = this.#not();
    while (this.#words[this.#at] === '-a') {
      this.#at++;
      const right = this.#not();
      truth = truth && right;
    }
    return truth;
  }

  #not(): boolean {
    if (this.#words[this.#at] !== '!') return this.#primary();
    this.#at++;
    return !this.#not();
  }

  #primary(): boolean {
    const word = this.#next();
    if (word === '(' && !isBinary(this.#words[this.#at])) {
      const truth = this.#or();
      if (this.#next() !== ')') throw new TestError("`)' expected");
      return truth;
    }
    if (isBinary(this.#words[this.#at])) return binary(this.#shell, word, this.#next(), this.#next());
    if (isUnaryTest(word) && this.#at < this.#words.length) return unary(this.#shell, word, this.#next());
    return word !== '';
  }

  #next(): string {
    const word = this.#words[this.#at++];
    if (word === undefined) throw new TestError('argument expected');
    return word;
  }
}
