// Shrinks a script on which the two sides differ to a few calls that still do (delta debugging).

import { firstDifference } from './compare.ts';
import { runOnCowsh } from './cowsh-side.ts';
import { runOnKernel } from './kernel-side.ts';
import type { Operation, Script } from './script.ts';

/** The shortest script found that still differs. Preconditions: `script` differs, the kernel is here. */
export const shrink = (script: Script): Script => {
  let { operations } = cutAfterDifference(script);
  for (let size = Math.ceil(operations.length / 2); size >= 1; ) {
    const smaller = firstThatDiffers(without(operations, size), script.backing);
    if (smaller !== undefined) operations = smaller;
    else if (size === 1) break;
    if (smaller === undefined || size > operations.length / 2) size = Math.max(1, Math.floor(size / 2));
  }
  return { ...script, operations };
};

/** A test of its own for the regression: an entry for one of the tables of smoke scripts. */
export const asTest = (name: string, { operations }: Script): string =>
  `'${name}': [\n${operations.map((operation) => `  ${JSON.stringify(operation)},`).join('\n')}\n],`;

const cutAfterDifference = (script: Script): Script => {
  const [kernel = []] = runOnKernel([script]);
  const at = firstDifference(kernel, runOnCowsh(script));
  return { ...script, operations: script.operations.slice(0, at + 1) };
};

/** All ways of leaving out `size` neighbouring operations; the last, which shows the difference, stays. */
const without = (operations: readonly Operation[], size: number): (readonly Operation[])[] => {
  const ways: (readonly Operation[])[] = [];
  for (let at = 0; at < operations.length - 1; at += size) {
    ways.push([...operations.slice(0, at), ...operations.slice(Math.min(at + size, operations.length - 1))]);
  }
  return ways;
};

const firstThatDiffers = (
  ways: readonly (readonly Operation[])[],
  backing: Script['backing'],
): readonly Operation[] | undefined => {
  const scripts = ways.map((operations): Script => ({ operations, backing }));
  const kernel = runOnKernel(scripts);
  // The difference stays at the last operation, so that one finding does not turn into another.
  return scripts.find(
    (script, at) => firstDifference(kernel[at] ?? [], runOnCowsh(script)) === script.operations.length - 1,
  )?.operations;
};
