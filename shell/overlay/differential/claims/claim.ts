// How a claim about overlayfs is written down: calls, some with the result that it asserts.

import { O } from '../../../fs/open-flags.ts';
import type { Operation, Result } from '../script.ts';
import { mounted, overWith, tree } from '../smoke-tree.ts';

/** A call, and the result that the claim asserts of it. */
export type Step = Operation | { readonly call: Operation; readonly gives: Result };

export interface Claim {
  readonly says: string;
  readonly steps: readonly Step[];
}

export const gives = (result: Result, ...call: Operation): Step => ({ call, gives: result });
export const fails = (errno: string, ...call: Operation): Step => ({ call, gives: { errno } });

export const below = (...above: Operation[]): Operation[] => [
  ['mkdir', 'l', 0o755],
  ...tree('l'),
  ['mkdir', 'k', 0o755],
  ...above,
  ...mounted(['k', 'l']),
];
export const over = (options = ''): Operation[] => overWith(options && `,${options}`).slice(0, -2);
export const append = (path: string): Operation => ['write', path, O.WRONLY | O.APPEND, 0, -1, '+'];
export const mark = (name: string): string => `trusted.overlay.${name}`;
export const none: Step = gives([], 'names', 'u');
