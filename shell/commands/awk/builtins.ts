// Built-in functions that need nothing but their arguments' values.

import { createRandom } from '../../fs/random.ts';
import { formatTime } from '../time-format.ts';
import type { DialectName } from './dialect.ts';
import { formatText } from './format.ts';
import type { Runtime } from './runtime.ts';
import type { Place } from './token.ts';
import { toNumber, type Value } from './value.ts';

export interface Builtin {
  /** Least and most arguments. */
  readonly arity: readonly [number, number];
  /** Where it is known; everywhere by default. */
  readonly only?: readonly DialectName[];
  run(values: readonly Value[], runtime: Runtime, place: Place): Value | Promise<Value>;
  /** May give a promise. */
  readonly slow?: true;
}

const maths = (calculate: (value: number) => number): Builtin => ({
  arity: [1, 1],
  run: ([value]) => calculate(toNumber(value)),
});

const bits = (combine: (a: bigint, b: bigint) => bigint): Builtin => ({
  arity: [2, 9],
  only: ['gawk', 'busybox'],
  run: (values) =>
    Number(values.map((value) => BigInt(Math.trunc(toNumber(value)))).reduce((a, b) => combine(a, b))),
});

const SECOND = 1_000_000_000n;
const now = ({ process }: Runtime): bigint => process.kernel.clock.now();

/** All awks cut the numbers and begin at 1 at the earliest; old mawk then takes more for what lies before 0. */
const substring = (text: string, start: number, length: number | undefined, runtime: Runtime): string => {
  if (Number.isNaN(start) || Number.isNaN(length)) return '';
  const characters = runtime.codec.utf8 && /[\ud800-\udbff]/.test(text) ? [...text] : undefined;
  const size = characters?.length ?? text.length;
  const first = Math.trunc(start);
  const from = Math.max(first, 1) - 1;
  const extra = runtime.dialect.name === 'mawk' && first < 0 ? -first : 0;
  const to = length === undefined ? size : Math.min(size, from + Math.trunc(length) + extra);
  if (to <= from) return '';
  return characters === undefined ? text.slice(from, to) : characters.slice(from, to).join('');
};

const lengthOf = (text: string, runtime: Runtime): number =>
  runtime.codec.utf8 && /[\ud800-\udbff]/.test(text) ? [...text].length : text.length;

/** Letters beyond ASCII have a case only where characters count. */
const changeCase = (text: string, runtime: Runtime, upper: boolean): string => {
  if (runtime.codec.utf8) return upper ? text.toUpperCase() : text.toLowerCase();
  return upper
    ? text.replace(/[a-z]+/g, (run) => run.toUpperCase())
    : text.replace(/[A-Z]+/g, (run) => run.toLowerCase());
};

/** `YYYY MM DD HH MM SS` as seconds; -1 when it is none. */
const makeTime = (text: string): number => {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, ...rest] = text
    .trim()
    .split(/\s+/)
    .map(Number);
  const fields = text.trim().split(/\s+/).length;
  const time = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  return fields < 6 || rest.length > 1 || Number.isNaN(time) ? -1 : time;
};

const numberOfText = (text: string): number => {
  const found = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]+(?![\d.]))/.exec(text);
  if (found === null) return toNumber(text);
  const digits = found[2] ?? '';
  const value = /x/i.test(digits) ? Number(digits) : Number.parseInt(digits, 8);
  return found[1] === '-' ? -value : value;
};

export const builtins: Readonly<Record<string, Builtin>> = {
  atan2: { arity: [2, 2], run: ([y, x]) => Math.atan2(toNumber(y), toNumber(x)) },
  cos: maths(Math.cos),
  sin: maths(Math.sin),
  exp: maths(Math.exp),
  log: maths(Math.log),
  sqrt: maths(Math.sqrt),
  int: maths(Math.trunc),
  rand: {
    arity: [0, 0],
    run: (_values, { random }) => random.next() / 2 ** 32,
  },
  srand: {
    arity: [0, 1],
    run: ([seed], runtime) => {
      const before = runtime.seed;
      runtime.seed = seed === undefined ? Number(now(runtime) / SECOND) : toNumber(seed);
      runtime.random = createRandom(Math.trunc(runtime.seed));
      return before;
    },
  },
  index: {
    arity: [2, 2],
    run: ([text, part], runtime) => {
      const [whole, wanted] = [runtime.text(text), runtime.text(part)];
      if (wanted === '') return runtime.dialect.name === 'busybox' ? 0 : 1;
      const at = whole.indexOf(wanted);
      return at < 0 ? 0 : lengthOf(whole.slice(0, at), runtime) + 1;
    },
  },
  length: {
    arity: [0, 1],
    run: ([value], runtime) => lengthOf(runtime.text(value), runtime),
  },
  substr: {
    arity: [2, 3],
    run: ([text, start, length], runtime) =>
      substring(
        runtime.text(text),
        toNumber(start),
        length === undefined ? undefined : toNumber(length),
        runtime,
      ),
  },
  sprintf: {
    arity: [1, Number.POSITIVE_INFINITY],
    run: ([format, ...values], runtime, place) => formatText(runtime, runtime.text(format), values, place),
  },
  tolower: { arity: [1, 1], run: ([text], runtime) => changeCase(runtime.text(text), runtime, false) },
  toupper: { arity: [1, 1], run: ([text], runtime) => changeCase(runtime.text(text), runtime, true) },
  system: {
    arity: [1, 1],
    slow: true,
    run: ([command], runtime) => runtime.streams.run(runtime.text(command)),
  },
  close: {
    arity: [1, 2],
    slow: true,
    run: ([name], runtime) => runtime.streams.close(runtime.text(name)),
  },
  fflush: {
    arity: [0, 1],
    slow: true,
    run: ([name], runtime) =>
      name === undefined
        ? runtime.streams.flush().then(() => 0)
        : runtime.streams.flushOne(runtime.text(name)),
  },
  systime: { arity: [0, 0], run: (_values, runtime) => Number(now(runtime) / SECOND) },
  strftime: {
    arity: [0, 3],
    run: ([format, time], runtime) =>
      formatTime(
        format === undefined
          ? runtime.dialect.name === 'gawk'
            ? '%a %b %e %H:%M:%S %Z %Y'
            : '%c'
          : runtime.text(format),
        time === undefined ? now(runtime) : BigInt(Math.trunc(toNumber(time))) * SECOND,
      ),
  },
  mktime: { arity: [1, 2], run: ([text], runtime) => makeTime(runtime.text(text)) },
  and: bits((a, b) => a & b),
  or: bits((a, b) => a | b),
  xor: bits((a, b) => a ^ b),
  lshift: bits((a, b) => a << b),
  rshift: bits((a, b) => a >> b),
  compl: {
    arity: [1, 1],
    only: ['gawk', 'busybox'],
    run: ([value]) => Number(BigInt.asUintN(53, ~BigInt(Math.trunc(toNumber(value))))),
  },
  strtonum: {
    arity: [1, 1],
    only: ['gawk'],
    run: ([value], runtime) => (typeof value === 'number' ? value : numberOfText(runtime.text(value))),
  },
};
