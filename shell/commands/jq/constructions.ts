// Strings with values in them, and objects: every combination of their parts' outputs.

import type { Environment } from './environment.ts';
import { formats } from './formats.ts';
import { JqError, type Json, typeOf } from './json.ts';
import { shortText } from './json-text.ts';
import { values } from './outputs.ts';
import type { Filter } from './syntax-tree.ts';

export function* combine(
  parts: readonly (string | Filter)[],
  env: Environment,
  input: Json,
  format: (value: Json) => string,
  at = parts.length - 1,
): Generator<string, void, undefined> {
  const part = parts[at];
  if (part === undefined) yield '';
  else if (typeof part === 'string') {
    for (const before of combine(parts, env, input, format, at - 1)) yield before + part;
  } else {
    for (const value of values(part, env, input)) {
      for (const before of combine(parts, env, input, format, at - 1)) yield before + format(value);
    }
  }
}

export const formatNamed = (name: string): ((value: Json) => string) => {
  const format = formats[name];
  if (format === undefined) throw new JqError(`${name.slice(1)} is not a valid format`);
  return format;
};

export function* objects(
  entries: Extract<Filter, { kind: 'object' }>['entries'],
  env: Environment,
  input: Json,
  at: number,
): Generator<Map<string, Json>, void, undefined> {
  const entry = entries[at];
  if (entry === undefined) {
    yield new Map();
    return;
  }
  for (const before of objects(entries, env, input, at - 1)) {
    for (const key of values(entry.key, env, input)) {
      if (typeof key !== 'string')
        throw new JqError(`Cannot use ${typeOf(key)} (${shortText(key)}) as object key`);
      for (const value of values(entry.value, env, input)) yield new Map(before).set(key, value);
    }
  }
}
