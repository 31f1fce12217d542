// test and [: evaluate a condition. The shells have a builtin of their own; this is the program.

import { R_OK, W_OK, X_OK } from '../fs/credentials.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { printHelp, printVersion } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';

export const test: Command = {
  name: 'test',
  usageStatus: 2,
  help: `Usage: test EXPRESSION
  or:  test
  or:  [ EXPRESSION ]
  or:  [ ]
  or:  [ OPTION
Exit with 0 when EXPRESSION is true, with 1 when it is false.

      --help        display this help and exit (as [ alone)
      --version     output version information and exit (as [ alone)

  ( E )   ! E   E1 -a E2   E1 -o E2       grouping, not, and, or
  -n S    S     -z S                      text is not empty, is empty
  S1 = S2       S1 != S2                  texts are equal, differ
  N1 -eq N2     -ne -gt -ge -lt -le       numbers compared
  F1 -ef F2     F1 -nt F2     F1 -ot F2   same file, newer, older
  -b -c -d -f -h -L -p -S -k -g -u F      a file of this kind or with this bit
  -e -s -r -w -x -O -G -N F               exists, not empty, may be read ...
  -t FD                                   a terminal
`,
  run: async (process, argv) => {
    const out = new Output(process);
    let words = argv.slice(1);
    if ((argv[0] ?? '').endsWith('[')) {
      if (words.length === 1 && words[0] === '--help') return printHelp(out, test);
      if (words.length === 1 && words[0] === '--version') return printVersion(out, test);
      if (words.at(-1) !== ']') {
        await out.errorText(`${out.name}: missing ${quoteLocale(process, ']')}\n`);
        return 2;
      }
      words = words.slice(0, -1);
    }
    const parser = new TestParser(process, words);
    const value = parser.whole();
    if (parser.problem === undefined) return value ? 0 : 1;
    await out.errorText(`${out.name}: ${parser.problem}\n`);
    return 2;
  },
};

type Unary = (process: Process, word: string) => boolean;

const kindIs =
  (kind: string): Unary =>
  (process, word) =>
    process.tryStat(word)?.kind === kind;
const bitIs =
  (bit: number): Unary =>
  (process, word) =>
    ((process.tryStat(word)?.mode ?? 0) & bit) !== 0;
const may =
  (want: number): Unary =>
  (process, word) =>
    !attempt(() => process.access(word, want)).error;
const isLink: Unary = (process, word) => process.tryLstat(word)?.kind === 'symlink';

const UNARY: Readonly<Record<string, Unary>> = {
  '-n': (_process, word) => word !== '',
  '-z': (_process, word) => word === '',
  '-e': (process, word) => process.tryStat(word) !== undefined,
  '-s': (process, word) => (process.tryStat(word)?.size ?? 0) > 0,
  '-b': kindIs('block'),
  '-c': kindIs('char'),
  '-d': kindIs('directory'),
  '-f': kindIs('file'),
  '-p': kindIs('fifo'),
  '-S': kindIs('socket'),
  '-h': isLink,
  '-L': isLink,
  '-k': bitIs(0o1000),
  '-g': bitIs(0o2000),
  '-u': bitIs(0o4000),
  '-r': may(R_OK),
  '-w': may(W_OK),
  '-x': may(X_OK),
  '-O': (process, word) => process.tryStat(word)?.uid === process.cred.uid,
  '-G': (process, word) => process.tryStat(word)?.gid === process.cred.gid,
  '-N': (process, word) => {
    const stat = process.tryStat(word);
    return stat !== undefined && stat.mtime > stat.atime;
  },
  '-t': (process, word) => process.tty(Number(word)) !== undefined,
};

const NUMBERS: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
};

const BINARY: Readonly<Record<string, (process: Process, a: string, b: string) => boolean>> = {
  '=': (_process, a, b) => a === b,
  '==': (_process, a, b) => a === b,
  '!=': (_process, a, b) => a !== b,
  '-ef': (process, a, b) => {
    const [x, y] = [process.tryStat(a), process.tryStat(b)];
    return x !== undefined && y !== undefined && x.ino === y.ino && x.dev === y.dev;
  },
  '-nt': (process, a, b) => (process.tryStat(a)?.mtime ?? -1n) > (process.tryStat(b)?.mtime ?? -1n),
  '-ot': (process, a, b) => (process.tryStat(a)?.mtime ?? -1n) < (process.tryStat(b)?.mtime ?? -1n),
};

const isBinary = (word: string | undefined): word is string =>
  word !== undefined && (word in BINARY || word in NUMBERS);

/** POSIX goes by the number of words up to four; beyond that by precedence. */
class TestParser {
  problem: string | undefined;
  readonly #process: Process;
  readonly #words: readonly string[];
  #at = 0;

  constructor(process: Process, words: readonly string[]) {
    this.#process = process;
    this.#words = words;
  }

  whole(): boolean {
    return this.#byCount(this.#words);
  }

  #byCount(words: readonly string[]): boolean {
    const [a = '', b = '', c = '', d = ''] = words;
    if (words.length === 0) return false;
    if (words.length === 1) return a !== '';
    if (words.length === 2) {
      if (a === '!') return b === '';
      const unary = UNARY[a];
      if (unary) return unary(this.#process, b);
      return this.#fail(
        /^-.$/.test(a)
          ? `${this.#quote(a)}: unary operator expected`
          : `missing argument after ${this.#quote(b)}`,
      );
    }
    if (words.length === 3) {
      if (isBinary(b)) return this.#binary(a, b, c);
      if (a === '!') return !this.#byCount([b, c]);
      if (a === '(' && c === ')') return b !== '';
      if (b === '-a') return a !== '' && c !== '';
      if (b === '-o') return a !== '' || c !== '';
      return this.#fail(`${this.#quote(b)}: binary operator expected`);
    }
    if (words.length === 4 && a === '!') return !this.#byCount([b, c, d]);
    if (words.length === 4 && a === '(' && d === ')') return this.#byCount([b, c]);
    return this.#expression();
  }

  #expression(): boolean {
    const value = this.#or();
    const extra = this.#words[this.#at];
    if (extra !== undefined && this.problem === undefined)
      return this.#fail(`extra argument ${this.#quote(extra)}`);
    return value;
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#words[this.#at] === '-o') {
      this.#at++;
      const right = this.#and();
      value = value || right;
    }
    return value;
  }

  #and(): boolean {
    let value = this.#term();
    while (this.#words[this.#at] === '-a') {
      this.#at++;
      const right = this.#term();
      value = value && right;
    }
    return value;
  }

  #term(): boolean {
    const words = this.#words.slice(this.#at);
    const [a, b, c] = words;
    if (a === undefined) return this.#fail(`missing argument after ${this.#quote(this.#words.at(-1) ?? '')}`);
    if (a === '!') {
      this.#at++;
      return !this.#term();
    }
    if (a === '(') {
      this.#at++;
      const value = this.#or();
      if (this.#words[this.#at] !== ')') return this.#fail(`${this.#quote(')')} expected`);
      this.#at++;
      return value;
    }
    if (isBinary(b) && c !== undefined) {
      this.#at += 3;
      return this.#binary(a, b, c);
    }
    const unary = UNARY[a];
    if (unary && b !== undefined) {
      this.#at += 2;
      return unary(this.#process, b);
    }
    this.#at++;
    return a !== '';
  }

  #binary(a: string, operator: string, b: string): boolean {
    const numbers = NUMBERS[operator];
    if (!numbers) return BINARY[operator]?.(this.#process, a, b) ?? false;
    const wrong = [a, b].find((word) => !/^\s*[-+]?\d+\s*$/.test(word));
    if (wrong !== undefined) return this.#fail(`invalid integer ${this.#quote(wrong)}`);
    return numbers(BigInt(a.trim().replace(/^\+/, '')), BigInt(b.trim().replace(/^\+/, '')));
  }

  #quote(word: string): string {
    return quoteLocale(this.#process, word);
  }

  #fail(problem: string): boolean {
    this.problem ??= problem;
    return false;
  }
}
