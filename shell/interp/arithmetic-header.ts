// The three expressions of `for ((a; b; c))`, as they were written.
import type { ArithmeticFor } from './syntax.ts';

export function headerParts(text: string, node: ArithmeticFor): [first: string, test: string, next: string] {
  const source = text.slice(node.pos, node.body.pos);
  const inside = source.slice(source.indexOf('((') + 2, source.lastIndexOf('))'));
  const [first = '', test = '', next = ''] =
    inside.includes('$') || inside.includes('`') ? split(inside) : inside.split(';');
  return [first, test, next];
}

/** At the semicolons that are not inside a substitution or quotes. */
function split(inside: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const [piece] of inside.matchAll(
    /\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|`(?:\\[\s\S]|[^`\\])*`|[\s\S]/g,
  )) {
    if (piece === '(') depth++;
    else if (piece === ')') depth--;
    if (piece === ';' && depth === 0) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}
