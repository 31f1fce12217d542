// The three expressions of `for ((a; b; c))`, as they were written.
import type { Source } from './printed-text.ts';
import type { ArithmeticFor } from './syntax.ts';

type Parts = [first: string, test: string, next: string];

export const headerParts = (text: Source, node: ArithmeticFor): Parts => partsOf(headerText(text, node));

/** All that stands before the loop's body. */
export const headerText = (text: Source, { pos, body }: ArithmeticFor): string => text.slice(pos, body.pos);

export function partsOf(source: string): Parts {
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
