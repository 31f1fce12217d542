// Aliases: the first word of a command is replaced in the text before it is parsed for good.
import type { Shell } from './shell.ts';
import { type Command, forEachChild, type Parsed, parse, type SyntaxNode } from './syntax.ts';

interface Expanded {
  source: string;
  parsed: Parsed;
}

const MOST = 200;

/** The source with its aliases replaced, and its tree. */
export function expandAliases(shell: Shell, text: string): Expanded {
  let source = text;
  let parsed = parse(source);
  const { aliases } = shell.state;
  if (
    aliases.size === 0 ||
    (shell.dialect === 'bash' && !shell.interactive && !shell.state.shopted('expand_aliases'))
  )
    return { source, parsed };
  // Where an alias was put in: the same name is not replaced again inside its own value.
  let spans: { name: string; start: number; end: number }[] = [];
  let nextWordFrom: number[] = [];
  for (let i = 0; i < MOST; i++) {
    const found = firstAlias(parsed, aliases, spans, nextWordFrom);
    if (found === undefined) break;
    const value = aliases.get(found.name) as string;
    source = source.slice(0, found.pos) + value + source.slice(found.end);
    const growth = value.length - (found.end - found.pos);
    const moved = (at: number): number => (at >= found.end ? at + growth : at);
    spans = spans.map((span) => ({ ...span, start: moved(span.start), end: moved(span.end) }));
    nextWordFrom = nextWordFrom.map(moved);
    spans.push({ name: found.name, start: found.pos, end: found.pos + value.length });
    if (/[ \t]$/.test(value)) nextWordFrom.push(found.pos + value.length);
    parsed = parse(source);
  }
  return { source, parsed };
}

interface Found {
  name: string;
  pos: number;
  end: number;
}

function firstAlias(
  parsed: Parsed,
  aliases: ReadonlyMap<string, string>,
  spans: readonly { name: string; start: number; end: number }[],
  after: readonly number[],
): Found | undefined {
  let found: Found | undefined;
  const consider = (word: { text: string; pos: number; end: number } | undefined): void => {
    if (word === undefined || found !== undefined || !aliases.has(word.text)) return;
    if (spans.some((span) => span.name === word.text && word.pos >= span.start && word.pos < span.end))
      return;
    found = { name: word.text, pos: word.pos, end: word.end };
  };
  const visit = (node: SyntaxNode): void => {
    if (found !== undefined) return;
    if (node.type === 'Command') {
      consider(node.name);
      for (const from of after) consider(wordAfter(node, from));
    }
    if (node.type !== 'Word') forEachChild(node, visit);
  };
  visit(parsed.script);
  return found;
}

// An alias value that ends in a blank lets the next word be an alias too.
function wordAfter(node: Command, from: number): { text: string; pos: number; end: number } | undefined {
  return node.args.find(
    (argument) => argument.pos >= from && argument.pos <= from + 8 && argument.type === 'Word',
  );
}
