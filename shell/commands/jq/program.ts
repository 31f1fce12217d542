// From a program's text to something that runs, with jq's own functions around it.

import { findMistakes, keyOf } from './check.ts';
import type { Environment, World } from './environment.ts';
import { functions } from './functions.ts';
import type { Json } from './json.ts';
import { Lexer, type Place, ProgramError } from './lexer.ts';
import { parseDefinitions, parseProgram } from './parser.ts';
import { prelude } from './prelude.ts';
import type { Definition, Filter } from './syntax-tree.ts';

let parsedPrelude: ReadonlyMap<string, Definition> | undefined;

/** jq's own functions in jq; read at the first use. */
export const preludeFunctions = (): ReadonlyMap<string, Definition> => {
  parsedPrelude ??= new Map(
    parseDefinitions(new Lexer(prelude).read()).map((definition) => [keyOf(definition), definition]),
  );
  return parsedPrelude;
};

const functionNames = (): Set<string> => new Set([...Object.keys(functions), ...preludeFunctions().keys()]);

/** A program that is wrong: everything jq says about it. */
export class CompileError extends Error {}

/** Throws CompileError. */
export const compile = (source: string, variables: ReadonlyMap<string, Json>): Filter => {
  try {
    const filter = parseProgram(new Lexer(source).read());
    const wrong = findMistakes(filter, functionNames(), new Set([...variables.keys(), 'ENV', '__prog_args']));
    if (wrong.length === 0) return filter;
    const words = wrong.map(({ message, place }) => blame(source, message, place));
    throw new CompileError(words.join('') + count(wrong.length));
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const hint = error.message.startsWith('syntax error') ? ' (Unix shell quoting issues?)' : '';
    throw new CompileError(blame(source, error.message + hint, error.place) + count(1));
  }
};

const count = (errors: number): string => `jq: ${errors} compile error${errors > 1 ? 's' : ''}\n`;

/** The line, and as many blanks as stand before the place. */
const blame = (source: string, message: string, { line, at }: Place): string =>
  `jq: error: ${message} at <top-level>, line ${line}:\n${source.split('\n')[line - 1] ?? ''}${' '.repeat(at)}\n`;

/** What the main program knows. */
export const environmentFor = (world: World, variables: ReadonlyMap<string, Json>): Environment => {
  let env: Environment = { variables: undefined, functions: undefined, world };
  for (const [name, value] of variables) env = { ...env, variables: { name, value, outer: env.variables } };
  return env;
};
