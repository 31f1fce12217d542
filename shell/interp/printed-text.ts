// Texts of words as bash prints them again: as they were written, save that a substitution has bash's own layout.
import { type Assignment, forEachChild, type SyntaxNode } from './syntax.ts';

type Substitution = Extract<
  SyntaxNode,
  { type: 'CommandExpansion' | 'ArithmeticCommandExpansion' | 'ProcessSubstitution' }
>;

/** Prints a substitution with its parentheses. */
export type SubstitutionPrinter = (part: Substitution) => string;

/** A source text, or a part of one that answers to the places of the whole. */
export interface Source {
  slice(from: number, to?: number): string;
}

export const sourceAt = (text: string, pos: number): Source => ({
  slice: (from, to) => text.slice(from - pos, to === undefined ? undefined : to - pos),
});

/** The text that stands at `pos` and holds `children`. */
export function printedText(
  text: string,
  pos: number,
  children: readonly SyntaxNode[],
  print: SubstitutionPrinter,
): string {
  if (!/[$<>]\(/.test(text)) return text;
  let printed = '';
  let at = 0;
  const visit = (node: SyntaxNode): void => {
    if (!isSubstitution(node)) return forEachChild(node, visit);
    printed += text.slice(at, node.pos - pos) + (isLaidOut(node) ? print(node) : node.text);
    at = node.end - pos;
  };
  for (const child of children) visit(child);
  return printed + text.slice(at);
}

/** A word, or an assignment: an array's elements stand one blank apart. */
export function printedWord(
  node: Extract<SyntaxNode, { type: 'Word' }> | Assignment,
  print: SubstitutionPrinter,
): string {
  if (node.type === 'Word' || node.value.type === 'Word')
    return printedText(node.text, node.pos, [node], print);
  const { pos, elements } = node.value;
  return `${node.text.slice(0, pos - node.pos)}(${elements.map((word) => printedWord(word, print)).join(' ')})`;
}

const isSubstitution = (node: SyntaxNode): node is Substitution =>
  node.type === 'CommandExpansion' ||
  node.type === 'ArithmeticCommandExpansion' ||
  node.type === 'ProcessSubstitution';

/** Backquotes stay as they are, and so does what might have been a sum. */
const isLaidOut = ({ text, script }: Substitution): boolean =>
  script !== undefined &&
  script.source === undefined &&
  !script.errors?.length &&
  !/^(?:`|\$\(\()/.test(text);
