// Patterns of `as`: `$x`, `[$a, $b]`, `{a: $x, $b}`.

import type { Filter, Pattern } from './syntax-tree.ts';
import type { TokenReader } from './token-reader.ts';

/** What follows `as`; `readKey` reads the key of an object's entry. */
export const parsePattern = (reader: TokenReader, readKey: () => Filter): Pattern => {
  if (reader.peek().kind === 'variable') return { kind: 'variable', name: reader.take().text };
  if (reader.takes('[')) {
    const items = [parsePattern(reader, readKey)];
    while (reader.takes(',')) items.push(parsePattern(reader, readKey));
    reader.expect(']');
    return { kind: 'array', items };
  }
  reader.expect('{');
  const entries: Extract<Pattern, { kind: 'object' }>['entries'][number][] = [];
  do {
    const { kind, text } = reader.peek();
    const key = readKey();
    const variable = kind === 'variable' ? text : undefined;
    const value = reader.takes(':') ? parsePattern(reader, readKey) : undefined;
    if (value === undefined && variable === undefined) reader.fail();
    entries.push({ key, variable, value });
  } while (reader.takes(','));
  reader.expect('}');
  return { kind: 'object', entries };
};
