// The lines of commands inside $(...) and <(...) as bash counts them: it prints what it has read there again, in its own
// layout, and counts that from the line of the command around.
import { lineMark } from './command-traps.ts';
import { printScript } from './print-command.ts';
import { SourceLines } from './source-lines.ts';
import { type CommandNode, forEachChild, type ParsedScript, parse, type SyntaxNode } from './syntax.ts';

/** The lines of a substitution's script in `text`, whose command stands on line `first`. */
export const substitutedLines = (script: ParsedScript, text: string, first: number): SourceLines =>
  new SourceLines(text, first, (pos) => first + printedLine(script, text, pos));

/** The lines of a substitution between backquotes, which stays as it was written. */
export const quotedLines = (script: ParsedScript, text: string, first: number): SourceLines =>
  new SourceLines(text, first, (pos) => first + newlines(text.slice(script.pos, Math.max(script.pos, pos))));

const newlines = (text: string): number => text.split('\n').length - 1;

/** Where a script's commands stand, and how many lines of what is printed stand before each. */
interface Layout {
  readonly places: readonly number[];
  readonly lines: readonly number[];
}

const layouts = new WeakMap<ParsedScript, Layout>();

function printedLine(script: ParsedScript, text: string, pos: number): number {
  let layout = layouts.get(script);
  if (layout === undefined) {
    layout = layoutOf(script, text);
    layouts.set(script, layout);
  }
  return layout.lines[layout.places.findLastIndex((place) => place <= pos)] ?? 0;
}

// The printed text is read again: its commands are those of the script, in the same order.
function layoutOf(script: ParsedScript, text: string): Layout {
  const printed = printScript(script, text);
  const places = commandsOf(script).map(({ pos }) => pos);
  if (!printed.includes('\n')) return { places, lines: [] };
  const again = commandsOf(parse(printed).script);
  if (again.length !== places.length) return { places, lines: [] };
  const source = new SourceLines(printed);
  return { places, lines: again.map((node) => newlines(printed.slice(0, lineMark(node, source) + 1))) };
}

const COUNTED = new Set<SyntaxNode['type']>([
  'ArithmeticCommand',
  'ArithmeticFor',
  'Case',
  'Command',
  'For',
  'Select',
  'TestCommand',
]);

function commandsOf(root: SyntaxNode): CommandNode[] {
  const commands: CommandNode[] = [];
  const visit = (node: SyntaxNode): void => {
    if (COUNTED.has(node.type)) commands.push(node as CommandNode);
    if (node.type !== 'Word') forEachChild(node, visit);
  };
  visit(root);
  return commands;
}
