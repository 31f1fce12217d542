// The assignments: `=`, `|=`, `+=` and the others.

import { deletePaths, getPath, type Path, setPath } from './access.ts';
import { operate } from './arithmetic.ts';
import type { Environment, Found, Outputs } from './environment.ts';
import { isTrue, type Json } from './json.ts';
import { made, paths, values } from './outputs.ts';
import type { Filter } from './syntax-tree.ts';

export function* runUpdate(
  { operator, left, right }: Extract<Filter, { kind: 'update' }>,
  env: Environment,
  input: Found,
): Outputs {
  const { value } = input;
  if (operator === '|=') {
    yield made(
      modify(left, env, value, (old) => firstOf(values(right, env, old))),
      input,
    );
    return;
  }
  for (const change of values(right, env, value)) {
    const update = (old: Json): Json => {
      if (operator === '=') return change;
      if (operator === '//=') return isTrue(old) ? old : change;
      return operate[operator.slice(0, -1) as '+'](old, change);
    };
    let result = value;
    for (const path of paths(left, env, value)) result = setPath(result, path, update);
    yield made(result, input);
  }
}

const firstOf = (outputs: Generator<Json, void, undefined>): Json | undefined => {
  for (const output of outputs) return output;
  return undefined;
};

/** `LEFT |= f`: what f gives nothing for is deleted, after all the rest. */
const modify = (
  left: Filter,
  env: Environment,
  value: Json,
  change: (old: Json) => Json | undefined,
): Json => {
  let result = value;
  const emptied: Path[] = [];
  for (const path of paths(left, env, value)) {
    const next = change(getPath(result, path));
    if (next === undefined) emptied.push(path);
    else result = setPath(result, path, () => next);
  }
  return emptied.length === 0 ? result : deletePaths(result, emptied);
};
