// The lines of commands inside $(...) and <(...) as bash counts them: it prints what it has read there again, in its own
// layout, and counts that from the line of the command around.
import { lineMark } from './command-traps.ts';
import { printStatement } from './print-command.ts';
import { SourceLines } from './source-lines.ts';
import {
  type Command,
  forEachChild,
  type ParsedScript,
  parse,
  type Statement,
  type SyntaxNode,
} from './syntax.ts';

/** The lines of a substitution's script in `text`, whose command stands on line `first`. */
export const substitutedLines = (script: ParsedScript, text: string, first: number): SourceLines =>
  new SourceLines(text, first, (pos) => first + printedLine(script.commands, text, pos));

/** The lines of a substitution between backquotes, which stays as it was written. */
export const quotedLines = (script: ParsedScript, text: string, first: number): SourceLines =>
  new SourceLines(text, first, (pos) => first + newlines(text.slice(script.pos, Math.max(script.pos, pos))));

const newlines = (text: string): number => text.split('\n').length - 1;

function printedLine(statements: readonly Statement[], text: string, pos: number): number {
  let line = 0;
  for (const [i, statement] of statements.entries()) {
    const printed = printStatement(statement.command, text);
    const next = statements[i + 1];
    if (next === undefined || pos < next.pos) return line + lineWithin(statement, printed, pos);
    const apart = !statement.background && text.slice(statement.end, next.pos).includes('\n');
    line += newlines(printed) + (apart ? 1 : 0);
  }
  return line;
}

// The printed text is read again: its simple commands are those of the statement, in the same order.
function lineWithin(statement: Statement, printed: string, pos: number): number {
  if (!printed.includes('\n')) return 0;
  const places = commandsOf(statement);
  const again = commandsOf(parse(printed).script);
  const found = again[places.findLastIndex((command) => command.pos <= pos)];
  if (found === undefined || again.length !== places.length) return 0;
  return newlines(printed.slice(0, lineMark(found, new SourceLines(printed)) + 1));
}

function commandsOf(root: SyntaxNode): Command[] {
  const commands: Command[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Command') commands.push(node);
    if (node.type !== 'Word') forEachChild(node, visit);
  };
  visit(root);
  return commands;
}
