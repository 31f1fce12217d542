// Functions of the program, and calls of them.

import { chain, type Maybe } from '../maybe.ts';
import type { Local, Locals } from './array.ts';
import { type Code, END, type Run, runAll, type Step } from './code.ts';
import type { Compiler } from './compiler.ts';
import { AwkError } from './dialect.ts';
import type { Call, Expression } from './syntax-tree.ts';
import type { Value } from './value.ts';

/** Calls that are nested deeper than this end the program. */
const DEEPEST = 100_000;
/** After so many the stack of this process is left and a new one begun. */
const HOP = 150;

export interface CompiledFunction {
  readonly name: string;
  readonly slots: ReadonlyMap<string, number>;
  readonly slow: boolean;
  /** Set once it is compiled: functions may call those that come later. */
  body: Step | undefined;
  /** What return gave: read right after the body has ended. */
  result: Value;
}

/** `next` or `exit` within a function: leaves the expression that called it. Only the rules catch it. */
export class Jump extends Error {
  readonly end: typeof END.next | typeof END.nextfile | typeof END.exit;

  constructor(end: Jump['end']) {
    super('jump');
    this.end = end;
  }
}

export const compileCall = (compiler: Compiler, { name, args, place }: Call): Code => {
  const called = compiler.functions.get(name);
  const { runtime } = compiler;
  if (called === undefined)
    throw new AwkError(
      runtime.dialect.undefinedFunction(place, name),
      runtime.dialect.name === 'busybox' ? 1 : 2,
    );
  if (args.length > called.slots.size) {
    const { dialect } = runtime;
    const message =
      dialect.name === 'mawk'
        ? `line ${place.line}: too many arguments in call to ${name}`
        : `cmd. line:${place.line}: fatal: function \`${name}' called with more arguments than declared`;
    throw new AwkError(message, 2);
  }
  const parameters = [...called.slots.keys()];
  const codes = args.map((argument, at) => compileArgument(compiler, name, parameters[at] ?? '', argument));
  const enter = (values: Local[]): Maybe<Value> => {
    // Parameters that are not given are fresh variables.
    while (values.length < parameters.length) values.push(undefined);
    return callFunction(compiler, called, values);
  };
  const isSlow = called.slow || codes.some((code) => code.slow);
  if (!isSlow) {
    const run = (locals: Locals): Maybe<Value> => enter(codes.map((code) => code.run(locals) as Local));
    return { slow: false, run };
  }
  return {
    slow: true,
    run: (locals) => chain(runAll(codes as Code[], locals), (values) => enter(values as Local[])),
  };
};

/** Arrays are passed as they are, anything else as a value. */
const compileArgument = (
  compiler: Compiler,
  callee: string,
  parameter: string,
  argument: Expression,
): { slow: boolean; run: Run<Maybe<Local>> } => {
  const isArray = compiler.analysis.arrayParameters.get(callee)?.has(parameter) ?? false;
  if (isArray && argument.kind === 'name') return { slow: false, run: compiler.array(argument.name) };
  return compiler.expression(argument);
};

const callFunction = (compiler: Compiler, called: CompiledFunction, locals: Locals): Maybe<Value> => {
  const { runtime } = compiler;
  if (++runtime.depth > DEEPEST) throw new AwkError('function call nesting too deep');
  const go = (): Maybe<Value> =>
    chain((called.body as Step).run(locals), (end) => leave(compiler, called, end));
  if (!called.slow || runtime.depth % HOP !== 0) return go();
  return (runtime.process.breathe() ?? Promise.resolve()).then(go);
};

const leave = (compiler: Compiler, called: CompiledFunction, end: number): Value => {
  compiler.runtime.depth--;
  const { result } = called;
  called.result = undefined;
  if (end === END.next || end === END.nextfile || end === END.exit) throw new Jump(end);
  return result;
};
