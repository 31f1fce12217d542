// Statements to closures.

import { chain, type Maybe } from '../maybe.ts';
import type { Locals } from './array.ts';
import { arrayOrder } from './array-order.ts';
import { type Code, END, type End, fast, isFast, type Step } from './code.ts';
import { compilePrint } from './compile-print.ts';
import type { Compiler } from './compiler.ts';
import type { Statement } from './syntax-tree.ts';
import { compare, Input, toNumber } from './value.ts';

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

/** Rounds of a loop between two looks at whether others wait. */
const ROUNDS = 512;

const step = (slow: boolean, run: (locals: Locals) => Maybe<End>): Step => ({ slow, run });

export const compileStatement = (compiler: Compiler, statement: Statement): Step => {
  const compile = COMPILE[statement.kind] as (compiler: Compiler, one: Statement) => Step;
  return compile(compiler, statement);
};

const COMPILE: { readonly [K in Statement['kind']]: (compiler: Compiler, statement: Of<K>) => Step } = {
  expression: (compiler, { expression }) => {
    const code = compiler.expression(expression);
    if (isFast(code)) {
      return step(false, (locals) => {
        code.run(locals);
        return END.normal;
      });
    }
    return step(true, (locals) => chain(code.run(locals), () => END.normal));
  },
  print: compilePrint,
  printf: compilePrint,
  block: (compiler, { body }) => compileSequence(compiler, body),
  if: (compiler, statement) => compileIf(compiler, statement),
  loop: (compiler, statement) => compileLoop(compiler, statement),
  'for-in': (compiler, statement) => compileForIn(compiler, statement),
  switch: (compiler, statement) => compileSwitch(compiler, statement),
  exit: (compiler, { value }) => {
    const code = optional(compiler, value);
    return step(code.slow, (locals) =>
      chain(code.run(locals), (status) => {
        if (value !== undefined) compiler.runtime.exitStatus = Math.trunc(toNumber(status)) & 0xff;
        return END.exit;
      }),
    );
  },
  return: (compiler, { value }) => {
    const code = optional(compiler, value);
    const { inside } = compiler;
    return step(code.slow, (locals) =>
      chain(code.run(locals), (result) => {
        if (inside !== undefined) inside.result = result;
        return END.return;
      }),
    );
  },
  break: () => step(false, () => END.break),
  continue: () => step(false, () => END.continue),
  next: () => step(false, () => END.next),
  nextfile: () => step(false, () => END.nextfile),
  delete: (compiler, { name, subscripts }) => {
    const array = compiler.array(name);
    if (subscripts === undefined) {
      return step(false, (locals) => {
        array(locals).elements.clear();
        return END.normal;
      });
    }
    const key = compiler.key(subscripts);
    return step(key.slow, (locals) =>
      chain(key.run(locals), (found) => {
        array(locals).elements.delete(found as string);
        return END.normal;
      }),
    );
  },
};

const optional = (compiler: Compiler, value: Parameters<Compiler['expression']>[0] | undefined): Code =>
  value === undefined ? fast(() => undefined) : compiler.expression(value);

const compileSequence = (compiler: Compiler, body: readonly Statement[]): Step => {
  const steps = body.map((one) => compileStatement(compiler, one));
  const [only] = steps;
  if (only !== undefined && steps.length === 1) return only;
  const runFrom = (locals: Locals, start: number): Maybe<End> => {
    for (let at = start; at < steps.length; at++) {
      const end = (steps[at] as Step).run(locals);
      if (end instanceof Promise)
        return end.then((waited) => (waited === END.normal ? runFrom(locals, at + 1) : waited));
      if (end !== END.normal) return end;
    }
    return END.normal;
  };
  return step(
    steps.some(({ slow }) => slow),
    (locals) => runFrom(locals, 0),
  );
};

const compileIf = (compiler: Compiler, { test, yes, no }: Of<'if'>): Step => {
  const condition = compiler.condition(test);
  const first = compileStatement(compiler, yes);
  const second = no === undefined ? step(false, () => END.normal) : compileStatement(compiler, no);
  return step(condition.slow || first.slow || second.slow, (locals) =>
    chain(condition.run(locals), (holds) => (holds ? first.run(locals) : second.run(locals))),
  );
};

/** Lets others run, and waits for slow readers, every so many rounds. */
const pauser = ({ runtime }: Compiler): (() => Promise<void> | undefined) => {
  let rounds = 0;
  return () => {
    if (++rounds < ROUNDS) return undefined;
    rounds = 0;
    return runtime.streams.caughtUp() ?? runtime.process.breathe();
  };
};

/** What a loop does with the end of one round: undefined to go on. */
const leaves = (end: End): End | undefined => {
  if (end === END.normal || end === END.continue) return undefined;
  return end === END.break ? END.normal : end;
};

const compileLoop = (compiler: Compiler, loop: Of<'loop'>): Step => {
  const nothing = step(false, () => END.normal);
  const start = loop.start === undefined ? nothing : compileStatement(compiler, loop.start);
  const test = loop.test === undefined ? { slow: false, run: () => true } : compiler.condition(loop.test);
  const next = loop.step === undefined ? nothing : compileStatement(compiler, loop.step);
  const body = compileStatement(compiler, loop.body);
  const pause = pauser(compiler);
  const rounds = (locals: Locals, tested: boolean): Maybe<End> => {
    for (let skipTest = tested; ; skipTest = false) {
      const holds = skipTest || test.run(locals);
      if (holds instanceof Promise)
        return holds.then((waited) => (waited ? rounds(locals, true) : END.normal));
      if (!holds) return END.normal;
      const end = body.run(locals);
      if (end instanceof Promise) return end.then((waited) => after(locals, waited));
      const left = leaves(end);
      if (left !== undefined) return left;
      const stepped = next.run(locals);
      if (stepped instanceof Promise) return stepped.then(() => rounds(locals, false));
      const waiting = pause();
      if (waiting !== undefined) return waiting.then(() => rounds(locals, false));
    }
  };
  const after = (locals: Locals, end: End): Maybe<End> =>
    leaves(end) ??
    chain(next.run(locals), () => {
      const waiting = pause();
      return waiting === undefined ? rounds(locals, false) : waiting.then(() => rounds(locals, false));
    });
  return step(true, (locals) => chain(start.run(locals), () => rounds(locals, loop.bodyFirst)));
};

const compileForIn = (compiler: Compiler, { target, name, body }: Of<'for-in'>): Step => {
  const array = compiler.array(name);
  const { set } = compiler.target(target);
  const inner = compileStatement(compiler, body);
  const pause = pauser(compiler);
  const rounds = (locals: Locals, keys: readonly string[], from: number): Maybe<End> => {
    for (let at = from; at < keys.length; at++) {
      set(locals, undefined, new Input(keys[at] as string));
      const end = inner.run(locals);
      if (end instanceof Promise) return end.then((waited) => leaves(waited) ?? rounds(locals, keys, at + 1));
      const left = leaves(end);
      if (left !== undefined) return left;
      const waiting = pause();
      if (waiting !== undefined) return waiting.then(() => rounds(locals, keys, at + 1));
    }
    return END.normal;
  };
  return step(true, (locals) => rounds(locals, arrayOrder(compiler.runtime, array(locals)), 0));
};

/** gawk's switch: a label is a value, or a pattern to match. */
const compileSwitch = (compiler: Compiler, { value, cases }: Of<'switch'>): Step => {
  const { runtime } = compiler;
  const code = compiler.expression(value);
  const labels = cases.map(({ label }) => {
    if (label === undefined) return undefined;
    if (label.kind === 'regex') {
      const { matcher } = compiler.pattern(label, label.place);
      return (given: Parameters<typeof toNumber>[0]) => matcher(undefined).test(runtime.text(given));
    }
    const constant = compiler.expression(label);
    return (given: Parameters<typeof toNumber>[0]) => {
      const wanted = isFast(constant) ? constant.run([]) : undefined;
      return compare(given, wanted, (one) => runtime.text(one)) === 0;
    };
  });
  const bodies = cases.map(({ body }) => compileSequence(compiler, body));
  const fallThrough = (locals: Locals, from: number): Maybe<End> => {
    const body = bodies[from];
    if (body === undefined) return END.normal;
    return chain(body.run(locals), (end) => {
      if (end === END.normal) return fallThrough(locals, from + 1);
      return end === END.break ? END.normal : end;
    });
  };
  return step(code.slow || bodies.some(({ slow }) => slow), (locals) =>
    chain(code.run(locals), (given) => {
      const found = labels.findIndex((matches) => matches?.(given));
      const at = found >= 0 ? found : labels.indexOf(undefined);
      return at < 0 ? END.normal : fallThrough(locals, at);
    }),
  );
};
