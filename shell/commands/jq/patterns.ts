// Taking values apart: `. as [$a, {b: $c}]`.

import { getIndex } from './access.ts';
import { bindVariable, type Environment, PAUSE, type Stream } from './environment.ts';
import { isArray, JqError, type Json, typeOf } from './json.ts';
import { values } from './outputs.ts';
import type { Pattern } from './syntax-tree.ts';

/** The environments in which a pattern's variables are bound. Throws JqError. */
export function* bindPattern(pattern: Pattern, value: Json, env: Environment): Stream<Environment> {
  if (pattern.kind === 'variable') {
    yield bindVariable(env, pattern.name, value);
    return;
  }
  if (pattern.kind === 'array') {
    if (value !== null && !isArray(value)) throw new JqError(`Cannot index ${typeOf(value)} with number`);
    yield* bindItems(pattern.items, value, env, 0);
    return;
  }
  yield* bindEntries(pattern.entries, value, env, 0);
}

function* bindItems(
  items: readonly Pattern[],
  value: Json,
  env: Environment,
  at: number,
): Stream<Environment> {
  const item = items[at];
  if (item === undefined) yield env;
  else
    for (const inner of bindPattern(item, getIndex(value, at), env)) {
      if (inner === PAUSE) yield inner;
      else yield* bindItems(items, value, inner, at + 1);
    }
}

function* bindEntries(
  entries: Extract<Pattern, { kind: 'object' }>['entries'],
  value: Json,
  env: Environment,
  at: number,
): Stream<Environment> {
  const entry = entries[at];
  if (entry === undefined) {
    yield env;
    return;
  }
  for (const key of values(entry.key, env, value)) {
    if (key === PAUSE) {
      yield key;
      continue;
    }
    if (typeof key !== 'string') throw new JqError(`Cannot index ${typeOf(value)} with ${typeOf(key)}`);
    const part = getIndex(value, key);
    const named = entry.variable === undefined ? env : bindVariable(env, entry.variable, part);
    if (entry.value === undefined) yield* bindEntries(entries, value, named, at + 1);
    else
      for (const inner of bindPattern(entry.value, part, named)) {
        if (inner === PAUSE) yield inner;
        else yield* bindEntries(entries, value, inner, at + 1);
      }
  }
}
