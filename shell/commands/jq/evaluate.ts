// Filters at work: each input gives any number of outputs, in order. Where a path is asked for, it comes along.

import { getIndex, getSlice } from './access.ts';
import { operate } from './arithmetic.ts';
import { variablesOf } from './check.ts';
import { combine, formatNamed, objects } from './constructions.ts';
import {
  bindVariable,
  type Closure,
  define,
  type Environment,
  type Found,
  type Functions,
  type Outputs,
  PAUSE,
} from './environment.ts';
import { runForeach, runReduce } from './folds.ts';
import { toText } from './formats.ts';
import { isArray, isObject, isTrue, JqError, type Json, typeOf } from './json.ts';
import { shortText } from './json-text.ts';
import { afterPause, collect, each, made, run, values } from './outputs.ts';
import { bindPattern } from './patterns.ts';
import type { Definition, Filter, Pattern } from './syntax-tree.ts';
import { runUpdate } from './updates.ts';

/** `break $name`, on its way to the label. */
class Break extends Error {
  readonly label: object;

  constructor(label: object) {
    super('break');
    this.label = label;
  }
}

type Of<K extends Filter['kind']> = Extract<Filter, { kind: K }>;

/** Runs a filter. Throws JqError, Break. */
export const evaluate = (filter: Filter, env: Environment, input: Found): Outputs => {
  const how = EVALUATE[filter.kind] as (filter: Filter, env: Environment, input: Found) => Outputs;
  return env.world.tick() ? afterPause(how(filter, env, input)) : how(filter, env, input);
};

const step = (from: Found, key: Json, value: Json): Found => {
  if (from.path === undefined) return { value, path: undefined };
  if (from.path === null) throw new JqError(`Invalid path expression with result ${shortText(from.value)}`);
  return { value, path: [...from.path, key] };
};

function* iterate(from: Found): Outputs {
  const { value } = from;
  if (value !== null && isArray(value)) {
    for (const [at, item] of value.entries()) yield step(from, at, item);
  } else if (isObject(value)) {
    for (const [key, item] of value) yield step(from, key, item);
  } else {
    const shown = value === null ? 'null' : `${typeOf(value)} (${shortText(value)})`;
    throw new JqError(`Cannot iterate over ${value === null ? 'null (null)' : shown}`);
  }
}

/** The value and all below it. */
export function* recurse(from: Found): Outputs {
  yield from;
  if (from.value !== null && typeof from.value === 'object') yield* each(iterate(from), recurse);
}

const sliceKey = (from: Json, to: Json): Json =>
  new Map<string, Json>([
    ['start', from],
    ['end', to],
  ]);

function* runSlice({ target, from, to }: Of<'slice'>, env: Environment, input: Found): Outputs {
  const nothing: Filter = { kind: 'literal', value: null };
  yield* each(values(to ?? nothing, env, input.value), (end) =>
    each(values(from ?? nothing, env, input.value), function* (start) {
      for (const one of run(target, env, input))
        yield one === PAUSE ? one : step(one, sliceKey(start, end), getSlice(one.value, start, end));
    }),
  );
}

function* runTry({ body, handler }: Of<'try'>, env: Environment, input: Found): Outputs {
  const outputs = run(body, env, input);
  for (;;) {
    let next: ReturnType<Outputs['next']>;
    try {
      next = outputs.next();
    } catch (error) {
      if (!(error instanceof JqError)) throw error;
      if (handler !== undefined) {
        for (const value of values(handler, env, error.value))
          yield value === PAUSE ? value : made(value, input);
      }
      return;
    }
    if (next.done) return;
    yield next.value;
  }
}

/** `SOURCE as A ?// B | BODY`: an error makes the next pattern be tried. */
function* runBind({ source, patterns, body }: Of<'bind'>, env: Environment, input: Found): Outputs {
  const bind = (pattern: Pattern, value: Json, known: Environment): Outputs =>
    each(bindPattern(pattern, value, known), (inner) => run(body, inner, input));
  const all = patterns.length > 1 ? patterns.flatMap(variablesOf) : [];
  const empty = all.reduce((known, name) => bindVariable(known, name, null), env);
  for (const value of values(source, env, input.value)) {
    if (value === PAUSE) {
      yield value;
      continue;
    }
    for (const [at, pattern] of patterns.entries()) {
      try {
        yield* bind(pattern, value, empty);
        break;
      } catch (error) {
        if (!(error instanceof JqError) || at === patterns.length - 1) throw error;
      }
    }
  }
}

/** `A op B`: every A with every B, the last operand changing slowest. */
function* runBinary({ operator, left, right }: Of<'binary'>, env: Environment, input: Found): Outputs {
  const calculate = operate[operator];
  for (const b of values(right, env, input.value)) {
    if (b === PAUSE) yield b;
    else for (const a of values(left, env, input.value)) yield a === PAUSE ? a : made(calculate(a, b), input);
  }
}

/** `and` and `or`: the left operand decides where it is `decisive`. */
function* runLogic(decisive: boolean, left: Filter, right: Filter, env: Environment, input: Found): Outputs {
  for (const a of values(left, env, input.value)) {
    if (a === PAUSE) yield a;
    else if (isTrue(a) === decisive) yield made(decisive, input);
    else for (const b of values(right, env, input.value)) yield b === PAUSE ? b : made(isTrue(b), input);
  }
}

function* runAlternative({ left, right }: Of<'alternative'>, env: Environment, input: Found): Outputs {
  let any = false;
  const outputs = run({ kind: 'try', body: left, handler: undefined }, env, input);
  for (const output of outputs) {
    if (output !== PAUSE) {
      if (!isTrue(output.value)) continue;
      any = true;
    }
    yield output;
  }
  if (!any) yield* run(right, env, input);
}

const runCall = (call: Of<'call'>, env: Environment, input: Found): Outputs =>
  env.world.calls.within(() => called(call, env, input));

const called = (call: Of<'call'>, env: Environment, input: Found): Outputs => {
  const key = `${call.name}/${call.args.length}`;
  for (let known = env.functions; known !== undefined; known = known.outer) {
    if (known.key === key) return callClosure(known.closure, known, call, env, input);
  }
  const native = env.world.natives[key];
  if (native !== undefined) return native(call.args, env, input);
  const definition = env.world.prelude.get(key) as Definition;
  const home: Environment = { variables: undefined, functions: undefined, world: env.world };
  return bindArguments(definition, home, call.args, env, input, 0);
};

const callClosure = (
  { definition, filter, env: home }: Closure,
  self: NonNullable<Functions>,
  call: Of<'call'>,
  env: Environment,
  input: Found,
): Outputs =>
  definition === undefined
    ? run(filter, home, input)
    : bindArguments(definition, { ...home, functions: self }, call.args, env, input, 0);

/** `$x` is bound to every value of its argument, and `x` is a filter too. */
const bindArguments = (
  definition: Definition,
  home: Environment,
  args: readonly Filter[],
  env: Environment,
  input: Found,
  at: number,
): Outputs => {
  const parameter = definition.parameters[at];
  const argument = args[at];
  if (parameter === undefined || argument === undefined) return run(definition.body, home, input);
  const bind = (name: string, filter: Filter, known: Environment): Environment => ({
    ...home,
    functions: {
      key: `${name}/0`,
      closure: { definition: undefined, filter, env: known },
      outer: home.functions,
    },
  });
  if (!parameter.startsWith('$'))
    return bindArguments(definition, bind(parameter, argument, env), args, env, input, at + 1);
  const name = parameter.slice(1);
  return each(values(argument, env, input.value), (value) => {
    const known = bindVariable(bind(name, { kind: 'literal', value }, env), name, value);
    return bindArguments(definition, known, args, env, input, at + 1);
  });
};

function* runLabel({ name, body }: Of<'label'>, env: Environment, input: Found): Outputs {
  const label = {};
  const inner = bindVariable(env, `*${name}`, label as unknown as Json);
  try {
    yield* run(body, inner, input);
  } catch (error) {
    if (!(error instanceof Break) || error.label !== label) throw error;
  }
}

const lookUp = (env: Environment, name: string): Json | undefined => {
  for (let known = env.variables; known !== undefined; known = known.outer) {
    if (known.name === name) return known.value;
  }
  return undefined;
};

const EVALUATE: {
  readonly [K in Filter['kind']]: (filter: Of<K>, env: Environment, input: Found) => Outputs;
} = {
  *identity(_filter, _env, input) {
    yield input;
  },
  recurse: (_filter, _env, input) => recurse(input),
  *literal({ value }, _env, input) {
    yield made(value, input);
  },
  *index({ target, key }, env, input) {
    for (const name of values(key, env, input.value)) {
      if (name === PAUSE) yield name;
      else
        for (const one of run(target, env, input))
          yield one === PAUSE ? one : step(one, name, getIndex(one.value, name));
    }
  },
  slice: runSlice,
  iterate: ({ target }, env, input) => each(run(target, env, input), iterate),
  try: runTry,
  *string({ format, parts }, env, input) {
    const show = format === undefined ? toText : formatNamed(format);
    for (const text of combine(parts, env, input.value, show))
      yield text === PAUSE ? text : made(text, input);
  },
  *format({ name }, _env, input) {
    yield made(formatNamed(name)(input.value), input);
  },
  *array({ items }, env, input) {
    yield made(items === undefined ? [] : yield* collect(values(items, env, input.value)), input);
  },
  *object({ entries }, env, input) {
    for (const object of objects(entries, env, input.value, entries.length - 1))
      yield object === PAUSE ? object : made(object, input);
  },
  *negate({ operand }, env, input) {
    for (const value of values(operand, env, input.value)) {
      if (value === PAUSE) yield value;
      else if (typeof value === 'number') yield made(-value, input);
      else throw new JqError(`${typeOf(value)} (${shortText(value)}) cannot be negated`);
    }
  },
  pipe: ({ left, right }, env, input) => each(run(left, env, input), (one) => run(right, env, one)),
  *comma({ left, right }, env, input) {
    yield* run(left, env, input);
    yield* run(right, env, input);
  },
  binary: runBinary,
  and: ({ left, right }, env, input) => runLogic(false, left, right, env, input),
  or: ({ left, right }, env, input) => runLogic(true, left, right, env, input),
  alternative: runAlternative,
  update: runUpdate,
  if: ({ test, yes, no }, env, input) =>
    each(values(test, env, input.value), (holds) => run(isTrue(holds) ? yes : no, env, input)),
  reduce: runReduce,
  foreach: runForeach,
  define: ({ definition, rest }, env, input) => run(rest, define(env, definition), input),
  call: runCall,
  *variable({ name }, env, input) {
    if (name === 'ENV') yield made(env.world.environment, input);
    else if (name === '__prog_args') yield made(null, input);
    else yield made(lookUp(env, name) ?? null, input);
  },
  bind: runBind,
  label: runLabel,
  // biome-ignore lint/correctness/useYield: it only ever leaves.
  *break({ name }, env) {
    throw new Break(lookUp(env, `*${name}`) as unknown as object);
  },
};
