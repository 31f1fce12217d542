// What jq's functions make of values alone.

import { getIndex, indexesOf } from './access.ts';
import { operate, splitText } from './arithmetic.ts';
import type { Environment } from './environment.ts';
import { compareJson, isArray, isObject, JqError, type Json, sortedKeys, typeOf } from './json.ts';
import { JsonSyntaxError, parseJson } from './json-parser.ts';
import { jsonText, shortText } from './json-text.ts';
import { findMatches } from './text-matches.ts';

export const fail = (message: string): never => {
  throw new JqError(message);
};
export const refuse = (value: Json, what: string): never =>
  fail(`${typeOf(value)} (${shortText(value)}) ${what}`);

export type Calculate = (value: Json, args: readonly Json[], env: Environment) => Json;

export const array = (value: Json, what: string): readonly Json[] =>
  isArray(value) ? value : refuse(value, what);
export const iterated = (value: Json): readonly Json[] =>
  isArray(value) ? value : fail(`Cannot iterate over ${typeOf(value)} (${shortText(value)})`);
export const text = (value: Json, what: string): string => (typeof value === 'string' ? value : fail(what));

export const length = (value: Json): Json => {
  if (value === null) return 0;
  if (typeof value === 'number') return Math.abs(value);
  if (typeof value === 'string') return [...value].length;
  if (typeof value === 'boolean') return refuse(value, 'has no length');
  return isArray(value) ? value.length : isObject(value) ? value.size : 0;
};

export const keysOf = (value: Json, sorted: boolean): Json[] => {
  if (isObject(value)) return sorted ? sortedKeys(value) : [...value.keys()];
  return isArray(value) ? [...value.keys()] : refuse(value, 'has no keys');
};

export const has = (value: Json, key: Json): boolean => {
  if (isObject(value) && typeof key === 'string') return value.has(key);
  if (isArray(value) && typeof key === 'number') return key >= 0 && key < value.length;
  return fail(
    `Cannot check whether ${typeOf(value)} has a ${typeof key === 'string' ? 'string' : typeOf(key)} key`,
  );
};

export const contains = (a: Json, b: Json): boolean => {
  if (isObject(a) && isObject(b)) {
    return [...b].every(([key, value]) => {
      const own = a.get(key);
      return own !== undefined && typeOf(own) === typeOf(value) && contains(own, value);
    });
  }
  if (isArray(a) && isArray(b))
    return b.every((item) => a.some((own) => typeOf(own) === typeOf(item) && contains(own, item)));
  if (typeof a === 'string' && typeof b === 'string') return a.includes(b);
  if (typeOf(a) === typeOf(b)) return compareJson(a, b) === 0;
  return fail(
    `${typeOf(a)} (${shortText(a)}) and ${typeOf(b)} (${shortText(b)}) cannot have their containment checked`,
  );
};

export const flatten = (value: Json, depth: number): Json[] =>
  (isObject(value) ? [...value.values()] : iterated(value)).flatMap((item) =>
    isArray(item) && depth > 0 ? flatten(item, depth - 1) : [item],
  );

export const toNumber = (value: Json): Json => {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return refuse(value, 'cannot be parsed as a number');
  return parsed(value);
};

export const parsed = (source: string): Json => {
  try {
    return parseJson(source);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return fail(`${error.message} (while parsing '${source}')`);
  }
};

export const implode = (value: Json): Json =>
  array(value, 'cannot be imploded')
    .map((code) => String.fromCodePoint(Number(code)))
    .join('');

export const indexes = (value: Json, part: Json): Json => {
  if (value === null) return null;
  if (typeof value === 'string' && typeof part === 'string') {
    const found: number[] = [];
    if (part === '') return null;
    for (let at = value.indexOf(part); at >= 0; at = value.indexOf(part, at + 1))
      found.push(Buffer.byteLength(value.slice(0, at)));
    return found;
  }
  if (isArray(value)) return indexesOf(value, isArray(part) ? part : [part]);
  return getIndex(value, part);
};

export const atEnd =
  (which: 0 | -1): Calculate =>
  (value, [part]) => {
    const found = indexes(value, part as Json);
    return isArray(found) ? (found.at(which) ?? null) : null;
  };

export const join = (value: Json, separator: Json): Json =>
  iterated(value).reduce<Json>((joined, item, at) => {
    const shown = typeof item === 'number' || typeof item === 'boolean' ? jsonText(item) : (item ?? '');
    return operate['+'](at === 0 ? joined : operate['+'](joined, separator), shown);
  }, '');

export const trimmed =
  (ends: (value: string, part: string) => string): Calculate =>
  (value, [part]) =>
    typeof value === 'string' && typeof part === 'string' ? ends(value, part) : value;

export const affix =
  (name: 'startsWith' | 'endsWith'): Calculate =>
  (value, [part]) => {
    const message = `${name.toLowerCase()}() requires string inputs`;
    return text(value, message)[name](text(part as Json, message));
  };

export const changeCase =
  (letters: RegExp, change: (letter: string) => string): Calculate =>
  (value) =>
    text(value, 'explode input must be a string').replace(letters, change);

export const transpose = (value: Json): Json => {
  const rows = iterated(value).map((row) => iterated(row));
  const width = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, at) => rows.map((row) => row[at] ?? null));
};

/** Where the value is, or -1 minus where it would be. */
export const search = (value: Json, wanted: Json): Json => {
  const items = array(value, 'cannot be searched from');
  const at = items.findIndex((item) => compareJson(item, wanted) >= 0);
  if (at >= 0 && compareJson(items[at] as Json, wanted) === 0) return at;
  return -1 - (at < 0 ? items.length : at);
};

export const split: Calculate = (value, [by, flags]) => {
  if (flags === undefined) {
    const message = 'split input and separator must be strings';
    return splitText(text(value, message), text(by as Json, message));
  }
  const whole = [
    ...text(value, `${typeOf(value)} (${shortText(value)}) cannot be matched, as it is not a string`),
  ];
  const parts: Json[] = [];
  let from = 0;
  for (const match of findMatches(value, by as Json, `g${flags ?? ''}`)) {
    const at = Number(getIndex(match, 'offset'));
    parts.push(whole.slice(from, at).join(''));
    from = at + Number(getIndex(match, 'length'));
  }
  return [...parts, whole.slice(from).join('')];
};
