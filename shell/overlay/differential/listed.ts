// Differences that a random script can meet and that DEVIATIONS.md lists.

import { dirname } from 'node:path';
import { firstDifference } from './compare.ts';
import { runOnCowsh } from './cowsh-side.ts';
import type { Operation, Result, Script } from './script.ts';

/** The row of DEVIATIONS.md that a script's first difference falls under, or undefined. */
export const listedDifference = (
  script: Script,
  kernel: readonly Result[],
  cowsh: readonly Result[],
): string | undefined => {
  const at = firstDifference(kernel, cowsh);
  if (at < 0) return undefined;
  const before = script.operations.slice(0, at);
  return before.some((operation) => meetsAnother(script, before, operation))
    ? 'two directories that redirect to one lower directory'
    : undefined;
};

/** A redirect set by hand gives a directory in a layer a second name, and both names can be seen in the mount. */
const meetsAnother = (
  script: Script,
  before: readonly Operation[],
  [name, path, attribute, value]: Operation,
): boolean => {
  if (name !== 'setxattr' || attribute !== 'trusted.overlay.redirect') return false;
  const seen = inMount(String(path));
  const redirect = String(value);
  const target = redirect.startsWith('/') ? `m${redirect}` : `${dirname(seen)}/${redirect}`;
  const looks: Operation[] = [seen, target].map((place) => ['readdir', place]);
  const results = runOnCowsh({ ...script, operations: [...before, ...looks] });
  return results.slice(-2).every(Array.isArray);
};

/** Where the mount shows a path of a layer: 'l0/a/b' as 'm/a/b'. */
const inMount = (path: string): string => path.replace(/^[^/]+/, 'm');
