// Every node of a program's tree.

import type { Expression, Statement } from './syntax-tree.ts';

export type Node = Expression | Statement;

const isNode = (value: object): value is Node => 'kind' in value;

/** The nodes below and including `value`; anything that is no node is looked through. */
export function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesOf(item);
  } else if (typeof value === 'object' && value !== null) {
    if (isNode(value)) yield value;
    for (const [key, item] of Object.entries(value)) {
      if (key !== 'place') yield* nodesOf(item);
    }
  }
}
