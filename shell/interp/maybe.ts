// Values that may have to be waited for. Most expansions need no waiting, and a loop that never
// awaits runs several times faster, so the hot paths stay synchronous until a promise turns up.

import type { Maybe } from '../commands/maybe.ts';

export { chain, type Maybe } from '../commands/maybe.ts';

/** Runs `step` over the items in order; waits only where a step does. */
export function inOrder<T>(
  items: readonly T[],
  step: (item: T, index: number) => Maybe<void>,
  from = 0,
): Maybe<void> {
  for (let i = from; i < items.length; i++) {
    const pending = step(items[i] as T, i);
    if (pending instanceof Promise) return pending.then(() => inOrder(items, step, i + 1));
  }
  return undefined;
}
