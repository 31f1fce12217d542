// JSON values as jq has them. Objects are maps: a JavaScript object would put keys that look like numbers first.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = ReadonlyMap<string, Json>;

/** What a filter's `error` throws, and what `try` catches. */
export class JqError extends Error {
  readonly value: Json;

  constructor(value: Json) {
    super('jq error');
    this.value = value;
  }
}

export const isObject = (value: Json): value is JsonObject => value instanceof Map;
export const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);

export const typeOf = (value: Json): string => {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  return isObject(value) ? 'object' : typeof value;
};

export const isTrue = (value: Json): boolean => value !== null && value !== false;

const rank = (value: Json): number => {
  if (value === null) return 0;
  if (value === false) return 1;
  if (value === true) return 2;
  if (typeof value === 'number') return 3;
  if (typeof value === 'string') return 4;
  return isArray(value) ? 5 : 6;
};

/** By code point: a UTF-16 unit of a surrogate pair must not come before U+E000. */
const compareText = (a: string, b: string): number => {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x !== y)
      return x >= 0xd800 && y >= 0xd800 ? (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0) : x - y;
  }
  return a.length - b.length;
};

export const sortedKeys = (object: JsonObject): string[] => [...object.keys()].sort(compareText);

/** null < false < true < numbers < strings < arrays < objects; nan is less than any number. */
export const compareJson = (a: Json, b: Json): number => {
  const order = rank(a) - rank(b);
  if (order !== 0) return order;
  if (typeof a === 'number' && typeof b === 'number') return a < b || Number.isNaN(a) ? -1 : a === b ? 0 : 1;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (a !== null && b !== null && isArray(a) && isArray(b)) return compareArrays(a, b);
  if (a instanceof Map && b instanceof Map) return compareObjects(a, b);
  return 0;
};

const compareArrays = (a: readonly Json[], b: readonly Json[]): number => {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = compareJson(a[at] as Json, b[at] as Json);
    if (order !== 0) return order;
  }
  return a.length - b.length;
};

const compareObjects = (a: JsonObject, b: JsonObject): number => {
  const keys = sortedKeys(a);
  const order = compareArrays(keys, sortedKeys(b));
  if (order !== 0) return order;
  for (const key of keys) {
    const inner = compareJson(a.get(key) as Json, b.get(key) as Json);
    if (inner !== 0) return inner;
  }
  return 0;
};
