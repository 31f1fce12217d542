// The three expressions of `for ((a; b; c))`, as they were written.
import type { ArithmeticFor } from './syntax.ts';

export function headerParts(text: string, node: ArithmeticFor): [first: string, test: string, next: string] {
  const source = text.slice(node.pos, node.body.pos);
  const inside = source.slice(source.indexOf('((') + 2, source.lastIndexOf('))'));
  const [first = '', test = '', next = ''] = inside.split(';');
  return [first, test, next];
}
