// Getting at parts of values, and changing them: by key, by index, by slice, by path.

import { compareJson, isArray, isObject, JqError, type Json, typeOf } from './json.ts';

const fail = (message: string): never => {
  throw new JqError(message);
};

const keyText = (key: Json): string =>
  typeof key === 'string' ? `string "${key.length > 11 ? `${key.slice(0, 10)}...` : key}"` : typeOf(key);

/** `.[key]`. Throws JqError. */
export const getIndex = (value: Json, key: Json): Json => {
  if (isObject(value) && typeof key === 'string') return value.get(key) ?? null;
  if (isArray(value) && typeof key === 'number') {
    // jq 1.6 finds nothing between two elements.
    if (!Number.isInteger(key)) return null;
    const at = key;
    return value[at < 0 ? value.length + at : at] ?? null;
  }
  if (isObject(key) && (isArray(value) || typeof value === 'string' || value === null))
    return getSlice(value, key.get('start') ?? null, key.get('end') ?? null);
  if (isArray(value) && isArray(key)) return indexesOf(value, key);
  if (value === null && (typeof key === 'string' || typeof key === 'number' || key === null)) return null;
  return fail(`Cannot index ${typeOf(value)} with ${keyText(key)}`);
};

/** Where the elements of `part` stand together in `whole`. */
export const indexesOf = (whole: readonly Json[], part: readonly Json[]): Json => {
  if (part.length === 0) return null;
  const found: number[] = [];
  for (let at = 0; at + part.length <= whole.length; at++) {
    if (part.every((item, offset) => compareJson(item, whole[at + offset] as Json) === 0)) found.push(at);
  }
  return found;
};

const bounds = (length: number, from: Json, to: Json): [number, number] => {
  const clamp = (at: number): number => Math.min(Math.max(at < 0 ? at + length : at, 0), length);
  const start = clamp(Math.floor(Number(from ?? 0)));
  const end = clamp(Math.ceil(to === null ? length : Number(to)));
  return [start, Math.max(start, end)];
};

/** `.[from:to]`, of arrays and of strings by characters. Throws JqError. */
export const getSlice = (value: Json, from: Json, to: Json): Json => {
  if (value === null) return null;
  const isBound = (bound: Json): boolean => bound === null || typeof bound === 'number';
  if (!isBound(from) || !isBound(to)) return fail('Start and end indices of an array slice must be numbers');
  if (isArray(value)) return value.slice(...bounds(value.length, from, to));
  if (typeof value !== 'string') return fail(`Cannot index ${typeOf(value)} with object`);
  const characters = [...value];
  return characters.slice(...bounds(characters.length, from, to)).join('');
};

/** `.[key] = change`. Throws JqError. */
export const setIndex = (value: Json, key: Json, change: Json): Json => {
  if (typeof key === 'string' && (value === null || isObject(value)))
    return new Map(value === null ? [] : value).set(key, change);
  if (typeof key === 'number' && (value === null || isArray(value))) {
    const items = value === null ? [] : [...value];
    const at = Math.floor(key) < 0 ? items.length + Math.floor(key) : Math.floor(key);
    if (at < 0) return fail('Out of bounds negative array index');
    while (items.length < at) items.push(null);
    items[at] = change;
    return items;
  }
  if (isObject(key) && (value === null || isArray(value))) return setSlice(value ?? [], key, change);
  if (isObject(value)) return fail(`Object keys must be strings`);
  if (isArray(value)) return fail(`Cannot update field at array index of array`);
  return fail(`Cannot index ${typeOf(value)} with ${keyText(key)}`);
};

const setSlice = (value: readonly Json[], key: ReadonlyMap<string, Json>, change: Json): Json => {
  if (!isArray(change)) return fail('A slice of an array can only be assigned another array');
  const [start, end] = bounds(value.length, key.get('start') ?? null, key.get('end') ?? null);
  return [...value.slice(0, start), ...change, ...value.slice(end)];
};

export type Path = readonly Json[];

export const getPath = (value: Json, path: Path): Json => {
  let current = value;
  for (const key of path) {
    if (current === null) return null;
    current = getIndex(current, key);
  }
  return current;
};

export const setPath = (value: Json, path: Path, change: (old: Json) => Json, at = 0): Json => {
  if (at === path.length) return change(value);
  const key = path[at] as Json;
  const inner = setPath(getIndex(value, key), path, change, at + 1);
  return setIndex(value, key, inner);
};

/** Without what is at these paths; later ones go first, so that indexes stay true. */
export const deletePaths = (value: Json, paths: readonly Path[]): Json =>
  [...paths].sort((a, b) => compareJson(b, a)).reduce<Json>((rest, path) => deletePath(rest, path, 0), value);

const deletePath = (value: Json, path: Path, at: number): Json => {
  if (value === null) return null;
  const key = path[at];
  if (key === undefined) return null;
  if (at === path.length - 1) return deleteKey(value, key);
  const inner = getIndex(value, key);
  return inner === null ? value : setIndex(value, key, deletePath(inner, path, at + 1));
};

const deleteKey = (value: Json, key: Json): Json => {
  if (isObject(value) && typeof key === 'string') {
    const rest = new Map(value);
    rest.delete(key);
    return rest;
  }
  if (isArray(value) && typeof key === 'number') {
    const at = key < 0 ? value.length + Math.floor(key) : Math.floor(key);
    return value.filter((_, index) => index !== at);
  }
  if (isArray(value) && isObject(key)) {
    const [start, end] = bounds(value.length, key.get('start') ?? null, key.get('end') ?? null);
    return [...value.slice(0, start), ...value.slice(end)];
  }
  if (isObject(value))
    return fail(`Cannot delete field at object index of ${typeOf(key) === 'object' ? 'object' : 'array'}`);
  if (isArray(value)) return fail('Cannot delete field at array index of array');
  return fail(
    `Cannot delete field at ${typeof key === 'string' ? 'object' : 'array'} index of ${typeOf(value)}`,
  );
};
