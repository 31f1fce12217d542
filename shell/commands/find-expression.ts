// The expression of find: words become a tree of tests and actions with their operators.

import type { Process } from '../fs/process.ts';
import type { FindFile } from './find-file.ts';
import { findPrimaries } from './find-primaries.ts';
import { FindError, type Primary, type PrimaryContext } from './find-primary.ts';

export interface FindExpression {
  /** True when the file passes; actions have happened then. */
  readonly test: (file: FindFile) => boolean | Promise<boolean>;
  readonly depthFirst: boolean;
  readonly maxDepth: number;
  readonly minDepth: number;
  /** Stay on the filesystem of the starting point. */
  readonly oneFileSystem: boolean;
  readonly links: 'never' | 'operands' | 'always';
  readonly warnings: readonly string[];
  /** What is left to do at the end, or before leaving: -exec … + . */
  readonly finish: readonly (() => Promise<void>)[];
}

type Test = Primary;

/** Reads the words after the paths. Throws FindError. */
export const parseExpression = (
  process: Process,
  words: readonly string[],
  links: FindExpression['links'],
): FindExpression => {
  const parser = new Parser(process, words, links);
  return parser.parse();
};

class Parser {
  readonly #words: readonly string[];
  readonly #context: PrimaryContext;
  #at = 0;

  constructor(process: Process, words: readonly string[], links: FindExpression['links']) {
    this.#words = words;
    this.#context = {
      process,
      take: (name) => this.#take(name),
      takeUntil: (name) => this.#takeUntil(name),
      settings: {
        depthFirst: false,
        maxDepth: Number.POSITIVE_INFINITY,
        minDepth: 0,
        oneFileSystem: false,
        links,
        warnings: [],
        finish: [],
        files: new Map(),
        acts: false,
        dayStart: false,
        regexType: 'emacs',
      },
    };
  }

  parse(): FindExpression {
    const { settings } = this.#context;
    const words = this.#words.length > 0;
    const given = words ? this.#list() : () => true;
    if (this.#at < this.#words.length) {
      const word = this.#words[this.#at] as string;
      throw new FindError(
        word === ')' ? "you have too many ')'" : `paths must precede expression: \`${word}'`,
      );
    }
    const { acts, dayStart: _dayStart, regexType: _regexType, ...rest } = settings;
    if (acts) return { ...rest, test: given };
    const print = findPrimaries.print?.(this.#context, '-print') as Test;
    return { ...rest, test: both(given, print) };
  }

  #list(): Test {
    let left = this.#or();
    while (this.#accept(',')) {
      const first = left;
      const second = this.#or();
      left = async (file) => {
        await first(file);
        return second(file);
      };
    }
    return left;
  }

  #or(): Test {
    let left = this.#and();
    while (this.#accept('-o', '-or')) {
      const first = left;
      const second = this.#and();
      left = (file) => {
        const passed = first(file);
        if (passed === true) return true;
        if (passed === false) return second(file);
        return passed.then((value) => value || second(file));
      };
    }
    return left;
  }

  #and(): Test {
    let left = this.#not();
    for (;;) {
      const explicit = this.#accept('-a', '-and');
      const next = this.#words[this.#at];
      if (next === undefined && explicit) throw new FindError(`expected an expression after '${explicit}'`);
      if (next === undefined || next === ')' || next === ',' || next === '-o' || next === '-or') return left;
      left = both(left, this.#not());
    }
  }

  #not(): Test {
    const word = this.#accept('!', '-not');
    if (word === undefined) return this.#primary();
    if (this.#at >= this.#words.length) throw new FindError(`expected an expression after '${word}'`);
    const inner = this.#not();
    return (file) => {
      const passed = inner(file);
      return typeof passed === 'boolean' ? !passed : passed.then((value) => !value);
    };
  }

  #primary(): Test {
    const word = this.#words[this.#at++];
    if (word === undefined) throw new FindError(`expected an expression after '${this.#words.at(-1)}'`);
    if (word === '(') return this.#group();
    if (word === ')') {
      if (this.#at === 1)
        throw new FindError(
          "invalid expression; expected to find a ')' but didn't see one. Perhaps you need an extra predicate after '('",
        );
      throw new FindError("you have too many ')'");
    }
    if (/^(-o|-or|-a|-and|,)$/.test(word)) {
      throw new FindError(
        `invalid expression; you have used a binary operator '${word}' with nothing before it.`,
      );
    }
    if (!word.startsWith('-')) throw new FindError(`paths must precede expression: \`${word}'`);
    const make = findPrimaries[word.slice(1)] ?? newerPrimary(word);
    if (make === undefined) throw new FindError(`unknown predicate \`${word}'`);
    return make(this.#context, word);
  }

  #group(): Test {
    if (this.#words[this.#at] === ')') {
      throw new FindError('invalid expression; empty parentheses are not allowed.');
    }
    const inner = this.#list();
    if (!this.#accept(')')) {
      throw new FindError("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
    }
    return inner;
  }

  #accept(...words: string[]): string | undefined {
    const word = this.#words[this.#at];
    if (word === undefined || !words.includes(word)) return undefined;
    this.#at++;
    return word;
  }

  #take(name: string): string {
    const word = this.#words[this.#at++];
    if (word === undefined) throw new FindError(`missing argument to \`${name}'`);
    return word;
  }

  /** The words of a command, up to `;` or `{} +`. */
  #takeUntil(name: string): { words: string[]; plus: boolean } {
    const words: string[] = [];
    for (;;) {
      const word = this.#words[this.#at++];
      if (word === undefined) throw new FindError(`missing argument to \`${name}'`);
      if (word === ';') return { words, plus: false };
      if (word === '+' && words.at(-1) === '{}') return { words: words.slice(0, -1), plus: true };
      words.push(word);
    }
  }
}

/** -newerXY is a family of its own. */
const newerPrimary = (word: string): ((context: PrimaryContext, name: string) => Primary) | undefined =>
  /^-newer..$/.test(word) ? findPrimaries.newerXY : undefined;

const both =
  (first: Test, second: Test): Test =>
  (file) => {
    const passed = first(file);
    if (passed === false) return false;
    if (passed === true) return second(file);
    return passed.then((value) => (value ? second(file) : false));
  };
