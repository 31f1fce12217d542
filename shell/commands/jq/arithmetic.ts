// jq's operators on values.

import { compareJson, isArray, isObject, JqError, type Json, type JsonObject, typeOf } from './json.ts';
import { shortText } from './json-text.ts';
import type { BinaryOperator } from './syntax-tree.ts';

const both = (a: Json, b: Json, what: string): never => {
  throw new JqError(`${typeOf(a)} (${shortText(a)}) and ${typeOf(b)} (${shortText(b)}) cannot be ${what}`);
};

const add = (a: Json, b: Json): Json => {
  if (a === null) return b;
  if (b === null) return a;
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (isArray(a) && isArray(b)) return [...a, ...b];
  if (isObject(a) && isObject(b)) return new Map([...a, ...b]);
  return both(a, b, 'added');
};

const subtract = (a: Json, b: Json): Json => {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (isArray(a) && isArray(b)) return a.filter((item) => !b.some((other) => compareJson(item, other) === 0));
  return both(a, b, 'subtracted');
};

const multiply = (a: Json, b: Json): Json => {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (typeof a === 'string' && typeof b === 'number') return repeat(a, b);
  if (typeof b === 'string' && typeof a === 'number') return repeat(b, a);
  if (isObject(a) && isObject(b)) return merge(a, b);
  return both(a, b, 'multiplied');
};

const repeat = (text: string, times: number): Json =>
  times > 0 ? text.repeat(Math.max(1, Math.ceil(times))) : null;

const merge = (a: JsonObject, b: JsonObject): JsonObject => {
  const merged = new Map(a);
  for (const [key, value] of b) {
    const old = merged.get(key);
    merged.set(key, old !== undefined && isObject(old) && isObject(value) ? merge(old, value) : value);
  }
  return merged;
};

const divide = (a: Json, b: Json): Json => {
  if (typeof a === 'number' && typeof b === 'number') {
    if (b === 0) return both(a, b, 'divided because the divisor is zero');
    return a / b;
  }
  if (typeof a === 'string' && typeof b === 'string') return splitText(a, b);
  return both(a, b, 'divided');
};

export const splitText = (text: string, by: string): Json =>
  text === '' ? [] : by === '' ? [...text] : text.split(by);

/** Of whole numbers; the sign is that of the left one. */
const remainder = (a: Json, b: Json): Json => {
  if (typeof a !== 'number' || typeof b !== 'number') return both(a, b, 'divided');
  const divisor = Math.abs(Math.trunc(b));
  if (divisor === 0) return both(a, b, 'divided because the divisor is zero');
  return (Math.trunc(a) % divisor) + 0;
};

const compared =
  (holds: (order: number) => boolean) =>
  (a: Json, b: Json): Json =>
    holds(compareJson(a, b));

/** Throws JqError. */
export const operate: Readonly<Record<BinaryOperator, (a: Json, b: Json) => Json>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': remainder,
  '==': compared((order) => order === 0),
  '!=': compared((order) => order !== 0),
  '<': compared((order) => order < 0),
  '<=': compared((order) => order <= 0),
  '>': compared((order) => order > 0),
  '>=': compared((order) => order >= 0),
};
