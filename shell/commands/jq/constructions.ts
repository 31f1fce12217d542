// Strings with values in them, and objects: every combination of their parts' outputs.

import { type Environment, PAUSE, type Stream } from './environment.ts';
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
): Stream<string> {
  const part = parts[at];
  if (part === undefined) yield '';
  else if (typeof part === 'string') {
    for (const before of combine(parts, env, input, format, at - 1))
      yield before === PAUSE ? before : before + part;
  } else {
    for (const value of values(part, env, input)) {
      if (value === PAUSE) yield value;
      else
        for (const before of combine(parts, env, input, format, at - 1))
          yield before === PAUSE ? before : before + format(value);
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
): Stream<Map<string, Json>> {
  const entry = entries[at];
  if (entry === undefined) {
    yield new Map();
    return;
  }
  for (const before of objects(entries, env, input, at - 1)) {
    if (before === PAUSE) yield before;
    else yield* withEntry(before, entry, env, input);
  }
}

function* withEntry(
  before: ReadonlyMap<string, Json>,
  entry: Extract<Filter, { kind: 'object' }>['entries'][number],
  env: Environment,
  input: Json,
): Stream<Map<string, Json>> {
  for (const key of values(entry.key, env, input)) {
    if (key === PAUSE) {
      yield key;
      continue;
    }
    if (typeof key !== 'string')
      throw new JqError(`Cannot use ${typeOf(key)} (${shortText(key)}) as object key`);
    for (const value of values(entry.value, env, input))
      yield value === PAUSE ? value : new Map(before).set(key, value);
  }
}
