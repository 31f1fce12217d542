// The life of a program: BEGIN, the records and their rules, END.

import { chain, type Maybe } from '../maybe.ts';
import { analyse } from './analysis.ts';
import { END, type End, type Step } from './code.ts';
import { type CompiledFunction, Jump } from './compile-function.ts';
import { compileStatement } from './compile-statement.ts';
import { Compiler } from './compiler.ts';
import type { Runtime } from './runtime.ts';
import type { Program, Rule, Statement } from './syntax-tree.ts';

const PRINT_RECORD: Statement = {
  kind: 'print',
  args: [],
  redirect: undefined,
  place: { line: 1, column: 0, text: '', near: '' },
};

const NOTHING: Step = { slow: false, run: () => END.normal };

type Phases = Readonly<Record<Rule['when'], Step>>;

/** Compiles everything. Throws AwkError. */
const compile = (program: Program, runtime: Runtime): Phases => {
  const analysis = analyse(program);
  const functions = new Map<string, CompiledFunction>();
  for (const { name, parameters } of program.functions.values()) {
    const slots = new Map(parameters.map((parameter, at) => [parameter, at]));
    functions.set(name, {
      name,
      slots,
      slow: analysis.slowFunctions.has(name),
      body: undefined,
      result: undefined,
    });
  }
  const compiler = new Compiler(runtime, analysis, functions);
  const phase = (when: Rule['when']): Step =>
    inSequence(program.rules.filter((rule) => rule.when === when).map((rule) => compileRule(compiler, rule)));
  const phases = {
    begin: phase('begin'),
    record: phase('record'),
    end: phase('end'),
    'begin-file': phase('begin-file'),
    'end-file': phase('end-file'),
  };
  for (const { name, body } of program.functions.values()) {
    const compiled = functions.get(name) as CompiledFunction;
    compiled.body = compileStatement(new Compiler(runtime, analysis, functions, compiled), body);
  }
  return phases;
};

const compileRule = (compiler: Compiler, { pattern, until, body }: Rule): Step => {
  const action = compileStatement(compiler, body ?? PRINT_RECORD);
  if (pattern === undefined) return action;
  const first = compiler.condition(pattern);
  if (until === undefined) {
    return {
      slow: true,
      run: (locals) => chain(first.run(locals), (holds) => (holds ? action.run(locals) : END.normal)),
    };
  }
  const last = compiler.condition(until);
  let inside = false;
  return {
    slow: true,
    run: (locals) =>
      chain(inside || first.run(locals), (holds) => {
        if (!holds) return END.normal;
        return chain(last.run(locals), (ends) => {
          inside = !ends;
          return action.run(locals);
        });
      }),
  };
};

const inSequence = (steps: readonly Step[]): Step => {
  const [only] = steps;
  if (only === undefined) return NOTHING;
  if (steps.length === 1) return only;
  const from = (start: number): Maybe<End> => {
    for (let at = start; at < steps.length; at++) {
      const end = (steps[at] as Step).run([]);
      if (end instanceof Promise)
        return end.then((waited) => (waited === END.normal ? from(at + 1) : waited));
      if (end !== END.normal) return end;
    }
    return END.normal;
  };
  return { slow: true, run: () => from(0) };
};

/** Runs a phase; what `next` and `exit` within functions throw is an end like others. */
const perform = ({ run }: Step, runtime: Runtime): Maybe<End> => {
  runtime.depth = 0;
  try {
    const end = run([]);
    return end instanceof Promise ? end.catch(jumped) : end;
  } catch (error) {
    return jumped(error);
  }
};

const jumped = (error: unknown): End => {
  if (error instanceof Jump) return error.end;
  throw error;
};

/** Runs the program to its end and gives its status. Throws AwkError, FsError. */
export const runProgram = async (program: Program, runtime: Runtime): Promise<number> => {
  const phases = compile(program, runtime);
  const has = (when: Rule['when']): boolean => program.rules.some((rule) => rule.when === when);
  let end = await perform(phases.begin, runtime);
  if (end !== END.exit && (has('record') || has('end'))) {
    if (has('begin-file') || has('end-file')) {
      runtime.input.onFile = async (when) => {
        await perform(phases[when], runtime);
      };
    }
    end = await readRecords(phases.record, runtime);
  }
  if (end !== END.exit || has('end')) await perform(phases.end, runtime);
  await runtime.streams.closeAll();
  return runtime.exitStatus;
};

const readRecords = async (rules: Step, runtime: Runtime): Promise<End> => {
  const { input, process, streams } = runtime;
  for (;;) {
    let record = input.next();
    if (record instanceof Promise) record = await record;
    if (record === undefined) return END.normal;
    runtime.count('NR', 'FNR');
    runtime.setRecord(record);
    let end = perform(rules, runtime);
    if (end instanceof Promise) end = await end;
    if (end === END.exit) return end;
    if (end === END.nextfile) await input.skipFile();
    const pause = streams.caughtUp() ?? process.breathe();
    if (pause !== undefined) await pause;
  }
};
