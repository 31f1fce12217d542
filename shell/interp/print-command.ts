// Commands as bash prints them again (declare -f, type, BASH_COMMAND): its own layout, comments gone.
import { CommandPrinter, printSubstitution } from './command-printer.ts';
import { forHead } from './print-parts.ts';
import { printedWord } from './printed-text.ts';
import type { AndOr, CommandNode, FunctionNode, ParsedScript, PipelineNode, Word } from './syntax.ts';

/** `name () ` and its body. */
export function printFunction(node: FunctionNode, source: string): string {
  const printer = new CommandPrinter(source);
  printer.functionBody(node, `${node.name.text} () \n`);
  return printer.text;
}

/** What BASH_COMMAND calls a command: compound ones by their heads. */
export function printHead(node: CommandNode): string {
  const text = (word: Word): string => printedWord(word, printSubstitution);
  if (node.type === 'For' || node.type === 'Select') return forHead(node, text);
  if (node.type === 'Case') return `case ${text(node.word)} in `;
  const printer = new CommandPrinter('');
  printer.command(node);
  return printer.text;
}

/** A command or pipeline as `jobs` and messages show it; compound ones whole. */
export function printStatement(node: PipelineNode | AndOr, source: string): string {
  const printer = new CommandPrinter(source);
  printer.item(node);
  return printer.text;
}

/** What stands between the parentheses of a substitution. */
export function printScript(script: ParsedScript, source: string): string {
  const printer = new CommandPrinter(source, true);
  printer.script(script);
  return printer.text;
}
