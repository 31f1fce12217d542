// jq's built-in functions that are not told in jq itself; the key is the name with the number of arguments.

import { deletePaths, getPath, setPath } from './access.ts';
import { operate } from './arithmetic.ts';
import {
  type Environment,
  type Found,
  type NativeFunction,
  PAUSE,
  type Stream,
  type Work,
} from './environment.ts';
import { recurse } from './evaluate.ts';
import { toText } from './formats.ts';
import { distinct, extreme, grouped, SORT, sorted } from './groups.ts';
import { compareJson, isArray, isObject, isTrue, JqError, type Json, typeOf } from './json.ts';
import { jsonText, shortText } from './json-text.ts';
import { limited, nth, quantified, range, recursion, repeat, rounds } from './loops.ts';
import { mathFunctions } from './math.ts';
import { firstOf, made, paths, run, values } from './outputs.ts';
import type { Filter } from './syntax-tree.ts';
import { findMatches } from './text-matches.ts';
import { gmtime, mktime, strftime, strptime } from './times.ts';
import {
  affix,
  array,
  atEnd,
  type Calculate,
  changeCase,
  contains,
  fail,
  flatten,
  has,
  implode,
  indexes,
  iterated,
  join,
  keysOf,
  length,
  parsed,
  refuse,
  search,
  split,
  text,
  toNumber,
  transpose,
  trimmed,
} from './value-functions.ts';

/** Ends jq at once. */
export class Halt extends Error {
  readonly value: Json | undefined;
  readonly status: number;

  constructor(status: number, value?: Json) {
    super('halt');
    this.status = status;
    this.value = value;
  }
}

/** A function of values: every combination of its arguments' outputs, the last one changing slowest. */
const plain = (calculate: Calculate): NativeFunction =>
  function* (args, env, input) {
    for (const given of combinations(args, env, input.value, args.length - 1))
      yield given === PAUSE ? given : made(calculate(input.value, given, env), input);
  };

function* combinations(args: readonly Filter[], env: Environment, input: Json, at: number): Stream<Json[]> {
  const argument = args[at];
  if (argument === undefined) {
    yield [];
    return;
  }
  for (const value of values(argument, env, input)) {
    if (value === PAUSE) yield value;
    else
      for (const before of combinations(args, env, input, at - 1))
        yield before === PAUSE ? before : [...before, value];
  }
}

const IDENTITY: Filter = { kind: 'identity' };

/** Of the value and a filter, `.` if none is given. */
const withFilter = (calculate: (value: Json, f: Filter, env: Environment) => Work<Json>): NativeFunction =>
  function* ([f], env, input) {
    yield made(yield* calculate(input.value, f ?? IDENTITY, env), input);
  };

const pathKeys = (value: Json): Json[] =>
  isArray(value) ? [...value] : fail('Path must be specified as an array');

const native: Readonly<Record<string, NativeFunction>> = {
  'empty/0': function* () {},
  'recurse/0': (_args, _env, input) => recurse(input),
  'not/0': plain((value) => !isTrue(value)),
  'length/0': plain(length),
  'utf8bytelength/0': plain((value) =>
    typeof value === 'string'
      ? Buffer.byteLength(value)
      : refuse(value, 'only strings have UTF-8 byte length'),
  ),
  'keys/0': plain((value) => keysOf(value, true)),
  'keys_unsorted/0': plain((value) => keysOf(value, false)),
  'has/1': plain((value, [key]) => has(value, key as Json)),
  'contains/1': plain((value, [part]) => contains(value, part as Json)),
  'type/0': plain(typeOf),
  'add/0': plain((value) => {
    const items = isObject(value) ? [...value.values()] : iterated(value);
    return items.reduce<Json>((sum, item) => operate['+'](sum, item), null);
  }),
  'range/1': range,
  'range/2': range,
  'range/3': range,
  'tostring/0': plain(toText),
  'tonumber/0': plain(toNumber),
  'tojson/0': plain((value) => jsonText(value)),
  'fromjson/0': plain((value) =>
    parsed(text(value, `${typeOf(value)} (${shortText(value)}) cannot be parsed as JSON`)),
  ),
  'sort/0': plain((value) => [...array(value, SORT)].sort(compareJson)),
  'sort_by/1': withFilter(sorted),
  'group_by/1': withFilter(grouped),
  'unique/0': withFilter((value, f, env) => distinct(array(value, SORT), f, env)),
  'unique_by/1': withFilter(distinct),
  'min/0': withFilter(extreme(1)),
  'max/0': withFilter(extreme(-1)),
  'min_by/1': withFilter(extreme(1)),
  'max_by/1': withFilter(extreme(-1)),
  'reverse/0': plain((value) =>
    value === null ? [] : [...array(value, 'cannot be reversed, as it is not an array')].reverse(),
  ),
  'flatten/0': plain((value) => flatten(value, Number.POSITIVE_INFINITY)),
  'flatten/1': plain((value, [depth]) =>
    Number(depth) < 0 ? fail('flatten depth must not be negative') : flatten(value, Number(depth)),
  ),
  'transpose/0': plain(transpose),
  'bsearch/1': plain((value, [wanted]) => search(value, wanted as Json)),
  'indices/1': plain((value, [part]) => indexes(value, part as Json)),
  '_indices/1': plain((value, [part]) => indexes(value, part as Json)),
  'index/1': plain(atEnd(0)),
  'rindex/1': plain(atEnd(-1)),
  'startswith/1': plain(affix('startsWith')),
  'endswith/1': plain(affix('endsWith')),
  'ltrimstr/1': plain(trimmed((value, part) => (value.startsWith(part) ? value.slice(part.length) : value))),
  'rtrimstr/1': plain(
    trimmed((value, part) => (part !== '' && value.endsWith(part) ? value.slice(0, -part.length) : value)),
  ),
  'explode/0': plain((value) =>
    [...text(value, 'explode input must be a string')].map((one) => one.codePointAt(0) ?? 0),
  ),
  'implode/0': plain(implode),
  'split/1': plain(split),
  'split/2': plain(split),
  'join/1': plain((value, [separator]) => join(value, separator as Json)),
  'ascii_downcase/0': plain(changeCase(/[A-Z]/g, (letter) => letter.toLowerCase())),
  'ascii_upcase/0': plain(changeCase(/[a-z]/g, (letter) => letter.toUpperCase())),
  'path/1': function* ([f], env, input) {
    for (const path of paths(f as Filter, env, input.value)) yield path === PAUSE ? path : made(path, input);
  },
  'getpath/1': function* ([f], env, input) {
    for (const path of values(f as Filter, env, input.value)) {
      if (path === PAUSE) {
        yield path;
        continue;
      }
      const keys = pathKeys(path);
      if (input.path === null) fail(`Invalid path expression with result ${shortText(input.value)}`);
      yield { value: getPath(input.value, keys), path: input.path && [...input.path, ...keys] };
    }
  },
  'setpath/2': plain((value, [path, change]) => setPath(value, pathKeys(path as Json), () => change as Json)),
  'delpaths/1': plain((value, [list]) =>
    deletePaths(
      value,
      isArray(list as Json) ? (list as Json[]).map(pathKeys) : fail('Paths must be specified as an array'),
    ),
  ),
  // biome-ignore lint/correctness/useYield: it throws or gives nothing.
  'error/0': function* (_args, _env, { value }) {
    // jq 1.6 takes null for no output.
    if (value !== null) throw new JqError(value);
  },
  'error/1': function* ([message], env, { value }) {
    for (const one of values(message as Filter, env, value)) {
      if (one === PAUSE) yield one;
      else if (one !== null) throw new JqError(one);
    }
  },
  'any/2': quantified(true),
  'all/2': quantified(false),
  'first/1': function* ([f], env, input) {
    const first = yield* firstOf(run(f as Filter, env, input));
    if (first !== undefined) yield first;
  },
  'last/1': function* ([f], env, input) {
    let last: Found | undefined;
    for (const output of run(f as Filter, env, input)) {
      if (output === PAUSE) yield output;
      else last = output;
    }
    if (last !== undefined) yield last;
  },
  'nth/2': nth,
  'limit/2': function* ([n, f], env, input) {
    for (const count of values(n as Filter, env, input.value)) {
      if (count === PAUSE) yield count;
      else yield* limited(Number(count), f as Filter, env, input);
    }
  },
  'until/2': rounds(true),
  'while/2': rounds(false),
  'repeat/1': repeat,
  'recurse/1': recursion,
  'match/2': function* ([pattern, flags], env, input) {
    for (const given of combinations([pattern as Filter, flags as Filter], env, input.value, 1)) {
      if (given === PAUSE) {
        yield given;
        continue;
      }
      const [re, mods] = given as [Json, Json];
      const isList = isArray(re);
      for (const match of findMatches(
        input.value,
        isList ? (re[0] ?? null) : re,
        isList ? (re[1] ?? mods) : mods,
      ))
        yield made(match, input);
    }
  },
  'test/2': plain((value, [pattern, flags]) => findMatches(value, pattern as Json, flags as Json).length > 0),
  'infinite/0': plain(() => Number.POSITIVE_INFINITY),
  'nan/0': plain(() => Number.NaN),
  'now/0': plain((_value, _args, { world }) => world.now()),
  'gmtime/0': plain(gmtime),
  'localtime/0': plain(gmtime),
  'mktime/0': plain(mktime),
  'strftime/1': plain((value, [format]) => strftime(value, format as Json)),
  'strflocaltime/1': plain((value, [format]) => strftime(value, format as Json)),
  'strptime/1': plain((value, [format]) => strptime(value, format as Json)),
  'env/0': plain((_value, _args, { world }) => world.environment),
  'input/0': plain((_value, _args, { world }) => world.nextInput() ?? fail('break')),
  'input_filename/0': plain((_value, _args, { world }) => world.inputName()),
  'input_line_number/0': plain((_value, _args, { world }) => world.inputLine()),
  'debug/0': function* (_args, { world }, input) {
    world.debug(`${jsonText(['DEBUG:', input.value])}\n`);
    yield input;
  },
  'stderr/0': function* (_args, { world }, input) {
    world.debug(jsonText(input.value));
    yield input;
  },
  'halt/0': plain(() => {
    throw new Halt(0);
  }),
  'halt_error/0': plain((value) => {
    throw new Halt(5, value);
  }),
  'halt_error/1': plain((value, [status]) => {
    throw new Halt(typeof status === 'number' ? status : fail('halt_error/1: number required'), value);
  }),
};

export const functions: Readonly<Record<string, NativeFunction>> = {
  ...native,
  ...Object.fromEntries(
    Object.entries(mathFunctions).map(([key, calculate]) => [
      key,
      plain((value, args) => {
        const numbersOnly = key.endsWith('/0') ? [value] : args;
        for (const one of numbersOnly) if (typeof one !== 'number') refuse(one, 'number required');
        return calculate(...(numbersOnly as number[]));
      }),
    ]),
  ),
};
