// Calls of built-in functions. Those that take a pattern, an array or something to assign to are compiled here.

import { chain, type Maybe } from '../maybe.ts';
import type { AwkArray } from './array.ts';
import { sortedElements } from './array-order.ts';
import { builtins } from './builtins.ts';
import { type ArrayOf, type Code, fast, isFast, lift1, lift2, liftAll, runAll, slow } from './code.ts';
import type { Compiler } from './compiler.ts';
import { AwkError, type Dialect } from './dialect.ts';
import { isLvalue } from './parse-expression.ts';
import { splitByPattern, splitterFor } from './splitting.ts';
import { readGroupReplacement, readReplacement, substitute } from './substitute.ts';
import type { Call, Expression, Lvalue } from './syntax-tree.ts';
import { Input, toNumber, type Value } from './value.ts';

type Compile = (compiler: Compiler, call: Call) => Code;

/** The names that are functions in a dialect. */
export const builtinNames = (dialect: Dialect): ReadonlySet<string> => {
  const plain = Object.entries(builtins).filter(([, { only }]) => only?.includes(dialect.name) ?? true);
  const beyond = Object.keys(BEYOND).filter(
    (name) => dialect.name === 'gawk' || ELSEWHERE[name]?.includes(dialect.name),
  );
  return new Set([...plain.map(([name]) => name), ...Object.keys(COMPILE), ...beyond]);
};

export const compileBuiltin: Compile = (compiler, call) => {
  const special = COMPILE[call.name] ?? BEYOND[call.name];
  return special === undefined ? compilePlain(compiler, call) : special(compiler, call);
};

const compilePlain: Compile = (compiler, call) => {
  const { name, args, place } = call;
  const builtin = builtins[name];
  if (builtin === undefined) throw wrongCall(compiler, call);
  const [least, most] = builtin.arity;
  if (args.length < least || args.length > most) throw wrongCall(compiler, call);
  const codes = args.map((one) => compiler.expression(one));
  const run = (values: Value[]): Value => builtin.run(values, compiler.runtime, place) as Value;
  if (!builtin.slow) return liftAll(codes, run);
  return slow((locals) =>
    chain(runAll(codes, locals), (values): Maybe<Value> => builtin.run(values, compiler.runtime, place)),
  );
};

const wrongCall = ({ runtime: { dialect } }: Compiler, { name, place, args }: Call): AwkError => {
  if (dialect.name === 'mawk')
    return new AwkError(`line ${place.line}: wrong number of arguments in call to ${name}`, 2);
  if (dialect.name === 'gawk')
    return new AwkError(
      `cmd. line:${place.line}: error: ${args.length} is invalid as number of arguments for ${name}`,
      1,
    );
  return new AwkError(`cmd. line:${place.line}: Too few arguments`, 1);
};

const RECORD: Expression = {
  kind: 'field',
  index: { kind: 'number', value: 0 },
  place: { line: 1, column: 0, text: '', near: '' },
};

const arrayArgument = (compiler: Compiler, call: Call, at: number): ArrayOf => {
  const argument = call.args[at];
  if (argument?.kind !== 'name') throw wrongCall(compiler, call);
  return compiler.array(argument.name);
};

const compileLength: Compile = (compiler, call) => {
  const [argument] = call.args;
  if (argument === undefined)
    return fast(
      () => builtins.length?.run([compiler.runtime.record.whole], compiler.runtime, call.place) as Value,
    );
  if (argument.kind === 'name' && compiler.isArray(argument.name)) {
    const array = compiler.array(argument.name);
    return fast((locals) => array(locals).elements.size);
  }
  return compilePlain(compiler, call);
};

const fill = (array: AwkArray, values: readonly string[]): void => {
  array.elements.clear();
  for (const [at, value] of values.entries()) array.elements.set(String(at + 1), new Input(value));
};

/** split(text, array[, separator[, separators]]) */
const compileSplit: Compile = (compiler, call) => {
  const { runtime } = compiler;
  const [text, , separator] = call.args;
  if (text === undefined || call.args.length < 2 || call.args.length > 4) throw wrongCall(compiler, call);
  const array = arrayArgument(compiler, call, 1);
  const found = call.args[3] === undefined ? undefined : arrayArgument(compiler, call, 3);
  const pattern = separator?.kind === 'regex' ? separator.source : undefined;
  const source: Code =
    pattern !== undefined
      ? fast(() => pattern)
      : separator === undefined
        ? fast(() => runtime.separators.field)
        : compiler.expression(separator);
  const parts = (whole: string, by: string, between: string[]): string[] => {
    // A constant pattern of one blank is a pattern, not the default.
    if (pattern !== undefined) return splitByPattern(whole, by, runtime.patterns, between);
    if (found === undefined || by === ' ') return splitterFor(by, runtime.patterns)(whole);
    return splitByPattern(whole, by.length === 1 ? `[${by}]` : by, runtime.patterns, between);
  };
  const textCode = compiler.expression(text);
  const run = (locals: Parameters<ArrayOf>[0], value: Value, by: Value): number => {
    const between: string[] = [];
    const list = runtime.guard(call.place, () => parts(runtime.text(value), runtime.text(by), between));
    fill(array(locals), list);
    if (found !== undefined) fill(found(locals), between);
    return list.length;
  };
  if (isFast(textCode) && isFast(source))
    return fast((locals) => run(locals, textCode.run(locals), source.run(locals)));
  return slow((locals) =>
    chain(textCode.run(locals), (value) => chain(source.run(locals), (by) => run(locals, value, by))),
  );
};

/** match(text, pattern[, array]) */
const compileMatch: Compile = (compiler, call) => {
  const { runtime } = compiler;
  const [text, pattern] = call.args;
  if (text === undefined || pattern === undefined || call.args.length > 3) throw wrongCall(compiler, call);
  const groups = call.args[2] === undefined ? undefined : arrayArgument(compiler, call, 2);
  const { code, matcher } = compiler.pattern(pattern, call.place);
  const both = lift2(compiler.expression(text), code, (value, source) => {
    const whole = runtime.text(value);
    const found = matcher(source).find(whole);
    matched = found?.groups ?? [];
    const start = found === undefined ? 0 : builtinLength(compiler, whole.slice(0, found.start)) + 1;
    const length = found === undefined ? -1 : builtinLength(compiler, whole.slice(found.start, found.end));
    runtime.assign('RSTART', start);
    runtime.assign('RLENGTH', length);
    return start;
  });
  let matched: readonly (string | undefined)[] = [];
  if (groups === undefined) return both;
  return slow((locals) =>
    chain(both.run(locals), (start) => {
      const { elements } = groups(locals);
      elements.clear();
      for (const [at, group] of matched.entries()) {
        if (group !== undefined) elements.set(String(at), new Input(group));
      }
      return start;
    }),
  );
};

const builtinLength = ({ runtime }: Compiler, text: string): number =>
  runtime.codec.utf8 ? [...text].length : text.length;

/** sub and gsub: what is changed is $0 or something to assign to. */
const compileSubstitute =
  (which: 1 | 'all'): Compile =>
  (compiler, call) => {
    const { runtime } = compiler;
    const [pattern, replacement, third = RECORD] = call.args;
    if (pattern === undefined || replacement === undefined || call.args.length > 3)
      throw wrongCall(compiler, call);
    const inner: Expression = third.kind === 'group' ? third.inner : third;
    const { code, matcher } = compiler.pattern(pattern, call.place);
    const text = compiler.expression(replacement);
    const target = isLvalue(inner) ? compiler.target(inner as Lvalue) : undefined;
    const key = target?.key ?? compiler.expression(inner);
    const run = (locals: Parameters<ArrayOf>[0], source: Value, by: Value, found: Value): number => {
      const old = runtime.text(target === undefined ? found : target.get(locals, found));
      const result = substitute(old, matcher(source), readReplacement(runtime.text(by)), which);
      if (result.count > 0) target?.set(locals, found, result.text);
      return result.count;
    };
    if (isFast(code) && isFast(text) && isFast(key))
      return fast((locals) => run(locals, code.run(locals), text.run(locals), key.run(locals)));
    return slow((locals) =>
      chain(runAll([code, text, key], locals), ([source, by, found]) => run(locals, source, by, found)),
    );
  };

/** gensub(pattern, replacement, which[, text]) */
const compileGensub: Compile = (compiler, call) => {
  const { runtime } = compiler;
  const [pattern, replacement, which, text = RECORD] = call.args;
  if (pattern === undefined || replacement === undefined || which === undefined || call.args.length > 4)
    throw wrongCall(compiler, call);
  const { code, matcher } = compiler.pattern(pattern, call.place);
  const rest = [replacement, which, text].map((one) => compiler.expression(one));
  return liftAll([code, ...rest], ([source, by, mode, given]) => {
    const word = runtime.text(mode);
    const number = /^[gG]/.test(word) ? 'all' : Math.max(1, Math.trunc(toNumber(mode)));
    return substitute(runtime.text(given), matcher(source), readGroupReplacement(runtime.text(by)), number)
      .text;
  });
};

/** patsplit(text, array[, pattern]) */
const compilePatsplit: Compile = (compiler, call) => {
  const { runtime } = compiler;
  const [text, , pattern] = call.args;
  if (text === undefined) throw wrongCall(compiler, call);
  const array = arrayArgument(compiler, call, 1);
  const { code, matcher } = compiler.pattern(
    pattern ?? { kind: 'name', name: 'FPAT', place: call.place },
    call.place,
  );
  const textCode = compiler.expression(text);
  return slow((locals) =>
    chain(runAll([textCode, code], locals), ([value, source]) => {
      const found: string[] = [];
      substitute(
        runtime.text(value),
        matcher(source),
        ({ start, end }, whole) => {
          found.push(whole.slice(start, end));
          return '';
        },
        'all',
      );
      fill(array(locals), found);
      return found.length;
    }),
  );
};

/** asort(array[, to]), asorti: values, or keys, in order, numbered. */
const compileSort =
  (what: 'values' | 'keys'): Compile =>
  (compiler, call) => {
    if (call.args.length < 1 || call.args.length > 3) throw wrongCall(compiler, call);
    const from = arrayArgument(compiler, call, 0);
    const to = call.args[1] === undefined ? from : arrayArgument(compiler, call, 1);
    const how =
      call.args[2] === undefined
        ? fast(() => (what === 'values' ? '@val_type_asc' : '@ind_str_asc'))
        : compiler.expression(call.args[2]);
    return slow((locals) =>
      chain(how.run(locals), (order) => {
        const { runtime } = compiler;
        const sorted = sortedElements(runtime, from(locals), runtime.text(order)).map(([key, value]) =>
          what === 'keys' ? key : value,
        );
        const { elements } = to(locals);
        elements.clear();
        for (const [at, value] of sorted.entries()) elements.set(String(at + 1), value);
        return sorted.length;
      }),
    );
  };

const compileTypeof: Compile = (compiler, call) => {
  const [argument] = call.args;
  if (argument === undefined) throw wrongCall(compiler, call);
  if (argument.kind === 'name' && compiler.isArray(argument.name)) return fast(() => 'array');
  if (argument.kind === 'regex') return fast(() => 'regexp');
  return lift1(compiler.expression(argument), (value) => {
    if (value === undefined) return 'untyped';
    if (typeof value === 'number') return 'number';
    return typeof value === 'string' || !value.numeric ? 'string' : 'strnum';
  });
};

const COMPILE: Readonly<Record<string, Compile>> = {
  length: compileLength,
  split: compileSplit,
  match: compileMatch,
  sub: compileSubstitute(1),
  gsub: compileSubstitute('all'),
};

/** gawk's, some of which busybox has too. */
const BEYOND: Readonly<Record<string, Compile>> = {
  gensub: compileGensub,
  patsplit: compilePatsplit,
  asort: compileSort('values'),
  asorti: compileSort('keys'),
  typeof: compileTypeof,
  isarray: (compiler, call) => {
    const [argument] = call.args;
    const is = argument?.kind === 'name' && compiler.isArray(argument.name);
    return fast(() => (is ? 1 : 0));
  },
};

const ELSEWHERE: Readonly<Record<string, readonly string[]>> = { gensub: ['busybox'] };
