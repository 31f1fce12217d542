// Aliases: the first word of a command is replaced in the text before it is parsed for good.

import { parseFor } from './dialect.ts';
import type { Shell } from './shell.ts';
import { forEachChild, type Parsed, parse, type SyntaxNode } from './syntax.ts';

interface Expanded {
  source: string;
  parsed: Parsed;
  /** Where in the given text a place of the expanded one comes from. */
  origin(at: number): number;
}

/** An alias put in: what it was called, and where its value lies. */
interface Span {
  name: string;
  start: number;
  end: number;
  growth: number;
}

const MOST = 200;

/** The source with its aliases replaced and as the shell reads it, and its tree. */
export function readSource(shell: Shell, text: string): Expanded {
  const { source, origin } = expandAliases(shell, text);
  const { parsed, edits } = parseFor(shell, source);
  if (edits.length === 0) return { source, parsed, origin };
  const before = (at: number): number =>
    edits.reduceRight(
      (place, { pos, end, text: { length } }) =>
        place > pos ? Math.max(pos, place - length + end - pos) : place,
      at,
    );
  return { source: parsed.source, parsed, origin: (at) => origin(before(at)) };
}

function expandAliases(shell: Shell, text: string): Omit<Expanded, 'parsed'> {
  let source = text;
  const { aliases } = shell.state;
  if (
    aliases.size === 0 ||
    (shell.dialect === 'bash' && !shell.interactive && !shell.state.shopted('expand_aliases'))
  )
    return { source, origin: (at) => at };
  let parsed = parse(source);
  const history: Span[] = [];
  // Inside its own value the same name is not replaced again.
  let spans: Span[] = [];
  // A value that ends in a blank lets the word after it be an alias too.
  let open: number[] = [];
  for (let i = 0; i < MOST; i++) {
    const found = firstAlias(parsed, aliases, spans, open);
    if (found === undefined) break;
    const value = aliases.get(found.name) as string;
    source = source.slice(0, found.pos) + value + source.slice(found.end);
    const growth = value.length - (found.end - found.pos);
    const moved = (at: number): number => (at >= found.end ? at + growth : at);
    spans = spans.map((span) => ({ ...span, start: moved(span.start), end: moved(span.end) }));
    open = open.map(moved);
    const span = { name: found.name, start: found.pos, end: found.pos + value.length, growth };
    spans.push(span);
    history.unshift(span);
    if (/[ \t]$/.test(value)) open.push(span.end);
    parsed = parse(source);
  }
  return {
    source,
    origin: (at) => history.reduce((place, { end, growth }) => (place >= end ? place - growth : place), at),
  };
}

interface Found {
  name: string;
  pos: number;
  end: number;
}

function firstAlias(
  { script, source }: Parsed,
  aliases: ReadonlyMap<string, string>,
  spans: readonly Span[],
  open: readonly number[],
): Found | undefined {
  const eligible = new Set(open.map((at) => wordFrom(source, at)));
  let found: Found | undefined;
  const consider = ({ text, pos, end }: { text: string; pos: number; end: number }): void => {
    if (found !== undefined || !aliases.has(text)) return;
    if (spans.some((span) => span.name === text && pos >= span.start && pos < span.end)) return;
    found = { name: text, pos, end };
  };
  const visit = (node: SyntaxNode): void => {
    if (found !== undefined) return;
    if (node.type === 'Command' && node.name !== undefined) consider(node.name);
    if (node.type === 'Word' && eligible.has(node.pos)) consider(node);
    // Backquoted text has a source of its own.
    if (node.type === 'Script' && node.source !== undefined) return;
    if (node.type !== 'Word' || /[$<>]\(/.test(node.text)) forEachChild(node, visit);
  };
  visit(script);
  return found;
}

function wordFrom(source: string, at: number): number {
  const blank = /(?:[ \t]|\\\n)*/y;
  blank.lastIndex = at;
  return at + (blank.exec(source)?.[0].length ?? 0);
}
