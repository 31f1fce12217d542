// The assignments: `=`, `|=`, `+=` and the others.

import { deletePaths, getPath, type Path, setPath } from './access.ts';
import { operate } from './arithmetic.ts';
import { type Environment, type Found, type Outputs, PAUSE, type Work } from './environment.ts';
import { isTrue, type Json } from './json.ts';
import { firstOf, made, paths, values } from './outputs.ts';
import type { Filter } from './syntax-tree.ts';

export function* runUpdate(
  update: Extract<Filter, { kind: 'update' }>,
  env: Environment,
  input: Found,
): Outputs {
  const { operator, left, right } = update;
  if (operator === '|=') {
    yield made(yield* modify(left, right, env, input.value), input);
    return;
  }
  for (const change of values(right, env, input.value)) {
    if (change === PAUSE) yield change;
    else yield made(yield* assign(left, env, input.value, (old) => changed(operator, old, change)), input);
  }
}

const changed = (operator: string, old: Json, change: Json): Json => {
  if (operator === '=') return change;
  if (operator === '//=') return isTrue(old) ? old : change;
  return operate[operator.slice(0, -1) as '+'](old, change);
};

function* assign(left: Filter, env: Environment, value: Json, change: (old: Json) => Json): Work<Json> {
  let result = value;
  for (const path of paths(left, env, value)) {
    if (path === PAUSE) yield path;
    else result = setPath(result, path, change);
  }
  return result;
}

/** `LEFT |= f`: what f gives nothing for is deleted, after all the rest. */
function* modify(left: Filter, f: Filter, env: Environment, value: Json): Work<Json> {
  let result = value;
  const emptied: Path[] = [];
  for (const path of paths(left, env, value)) {
    if (path === PAUSE) {
      yield path;
      continue;
    }
    const next = yield* firstOf(values(f, env, getPath(result, path)));
    if (next === undefined) emptied.push(path);
    else result = setPath(result, path, () => next);
  }
  return emptied.length === 0 ? result : deletePaths(result, emptied);
}
