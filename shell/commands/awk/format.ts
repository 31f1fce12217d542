// sprintf: C's conversions, filled from awk's values.

import { based, floatText, integerText, padded, type Spec, truncated } from '../number-format.ts';
import { oddNumber } from './number-text.ts';
import type { Runtime } from './runtime.ts';
import type { Place } from './token.ts';
import { Input, toNumber, type Value } from './value.ts';

const CONVERSION = /%([-+ #0']*)(\*|\d+)?(?:\.(\*|-?\d*))?(?:hh|h|ll|l|L|q|j|z|t)?([a-zA-Z%])/g;

type Convert = (value: Value, spec: Spec, runtime: Runtime) => string;

const float =
  (kind: 'f' | 'e' | 'g'): Convert =>
  (value, spec, runtime) => {
    const number = toNumber(value);
    if (!Number.isFinite(number)) return padded(oddNumber(number, runtime.dialect), spec);
    return integerText(floatText(kind, number, spec), { ...spec, precision: undefined });
  };

const upper =
  (convert: Convert): Convert =>
  (value, spec, runtime) =>
    convert(value, spec, runtime).toUpperCase();

/** A number cut to whole, and to what the awk's integers hold. */
const wholeOf = (value: Value, { dialect }: Runtime): bigint => {
  const limit = dialect.integerLimit;
  const number = Math.trunc(toNumber(value));
  return BigInt(Math.abs(number) > limit ? Math.sign(number) * limit : number);
};

const integer: Convert = (value, spec, runtime) => {
  const number = toNumber(value);
  if (!Number.isFinite(number)) return padded(oddNumber(number, runtime.dialect), spec);
  return integerText(wholeOf(value, runtime), spec);
};

const inBase =
  (radix: 8 | 16): Convert =>
  (value, spec, runtime) => {
    const number = toNumber(value);
    if (!Number.isFinite(number)) return padded(oddNumber(number, runtime.dialect), spec);
    if (number < 0 && runtime.dialect.name === 'gawk') return padded(runtime.text(value), spec);
    return based(wholeOf(value, runtime), radix, radix === 8 ? '0' : '0x', spec);
  };

const unsigned: Convert = (value, spec, runtime) => {
  const number = toNumber(value);
  const bits = runtime.dialect.name === 'busybox' ? 32 : 64;
  return integerText(
    number < 0 ? BigInt.asUintN(bits, wholeOf(value, runtime)) : wholeOf(value, runtime),
    spec,
  );
};

/** The first character of a text, or the character with a number's code. */
const character: Convert = (value, spec, runtime) => {
  const isNumber = typeof value === 'number' || (value instanceof Input && value.numeric);
  if (!isNumber) return padded([...runtime.text(value)][0] ?? '', spec);
  const code = Math.trunc(toNumber(value));
  if (!runtime.codec.utf8) return padded(String.fromCharCode(code & 0xff), spec);
  return padded(String.fromCodePoint(code >= 0 && code <= 0x10ffff ? code : 0xfffd), spec);
};

const CONVERT: Readonly<Record<string, Convert>> = {
  d: integer,
  i: integer,
  u: unsigned,
  o: inBase(8),
  x: inBase(16),
  X: upper(inBase(16)),
  c: character,
  s: (value, spec, runtime) => padded(truncated(runtime.text(value), spec), spec),
  e: float('e'),
  E: upper(float('e')),
  f: float('f'),
  F: float('f'),
  g: float('g'),
  G: upper(float('g')),
};

/** Throws AwkError when arguments are missing and the awk minds; `begun` is given what came before. */
export const formatText = (
  runtime: Runtime,
  format: string,
  args: readonly Value[],
  place: Place,
  from = 'sprintf',
  begun?: (text: string) => void,
): string => {
  let text = '';
  let used = 0;
  const next = (): Value => {
    const { fewArguments } = runtime.dialect.words;
    if (used >= args.length && fewArguments !== undefined) {
      begun?.(text);
      const called = runtime.dialect.name === 'mawk' ? `${from}("${format}")` : format;
      throw runtime.error(place, fewArguments(called));
    }
    return args[used++];
  };
  const star = (given: string | undefined): number | undefined =>
    given === '*' ? Math.trunc(toNumber(next())) : given === undefined ? undefined : Number(given);
  let at = 0;
  for (const found of format.matchAll(CONVERSION)) {
    const [whole, flags = '', width, precision, letter = ''] = found;
    text += format.slice(at, found.index);
    at = found.index + whole.length;
    const convert = CONVERT[letter];
    if (convert === undefined) {
      text += letter === '%' ? '%' : whole;
      continue;
    }
    const wide = star(width) ?? 0;
    const exact = star(precision);
    const spec: Spec = {
      flags: wide < 0 ? `${flags}-` : flags,
      width: Math.abs(wide),
      precision: exact !== undefined && exact < 0 ? undefined : exact,
    };
    text += convert(next(), spec, runtime);
  }
  return text + format.slice(at);
};
