// What filters give: outputs, their values alone, the paths they lead to.

import type { Path } from './access.ts';
import type { Environment, Found, Outputs } from './environment.ts';
import { JqError, type Json } from './json.ts';
import { shortText } from './json-text.ts';
import type { Filter } from './syntax-tree.ts';

/** Runs a filter. Throws JqError. */
export const run = (filter: Filter, env: Environment, input: Found): Outputs =>
  env.world.evaluate(filter, env, input);

export const made = (value: Json, from: Found): Found => ({
  value,
  path: from.path === undefined ? undefined : null,
});

/** The outputs' values alone: for what is no part of a path. */
export function* values(filter: Filter, env: Environment, input: Json): Generator<Json, void, undefined> {
  if (filter.kind === 'literal') yield filter.value;
  else for (const { value } of run(filter, env, { value: input, path: undefined })) yield value;
}

/** The paths that a filter leads to. Throws JqError for what is no path. */
export function* paths(filter: Filter, env: Environment, input: Json): Generator<Path, void, undefined> {
  for (const { value, path } of run(filter, env, { value: input, path: [] })) {
    if (!path) throw new JqError(`Invalid path expression with result ${shortText(value)}`);
    yield path;
  }
}
