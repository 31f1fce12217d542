// Redirections, [[ ]] expressions and heads of loops as bash prints them again.
import type { CommandNode, Redirection, TestExpression, Word } from './syntax.ts';

/** What a word is printed as. */
type WordText = (word: Word) => string;

/** `> file`, `2>&1`, `<<EOF`: bash writes out the descriptors of duplications. */
export function printRedirection(redirect: Redirection, text: WordText): string {
  const { descriptor, operator } = redirect;
  const given =
    descriptor === undefined
      ? ''
      : descriptor.type === 'FileDescriptor'
        ? String(descriptor.value)
        : `{${descriptor.name}}`;
  if (redirect.type === 'HereDoc') {
    const { delimiter } = redirect;
    return `${given}${operator}${delimiter?.quoted ? `'${delimiter.value}'` : (delimiter?.text ?? '')}`;
  }
  const target = redirect.target === undefined ? '' : text(redirect.target);
  const input = operator.startsWith('<');
  if (operator === '>&' && descriptor === undefined && !/^[\d$-]/.test(target)) return `&> ${target}`;
  if (operator === '>&' || operator === '<&')
    return `${given || (input ? 0 : 1)}${target === '-' ? '>&' : operator}${target}`;
  const standard = input ? '0' : '1';
  return `${given === standard ? '' : given}${operator} ${target}`;
}

export function printTest(node: TestExpression, text: WordText): string {
  switch (node.type) {
    case 'TestLogical':
      return node.operands.map((operand) => printTest(operand, text)).join(` ${node.operator} `);
    case 'TestNot':
      return `${node.negations.map(() => '! ').join('')}${printTest(node.operand, text)}`;
    case 'TestGroup':
      return `( ${printTest(node.expression, text)} )`;
    case 'TestUnary':
      return `${node.operator} ${text(node.operand)}`;
    case 'TestBinary':
      return `${text(node.left)} ${node.operator} ${text(node.right)}`;
  }
}

/** `for name in words`, `select name in words`. */
export function forHead(node: Extract<CommandNode, { type: 'For' | 'Select' }>, text: WordText): string {
  const words = node.wordlist?.map(text).join(' ') ?? '"$@"';
  return `${node.type === 'For' ? 'for' : 'select'} ${node.name.text} in ${words}`;
}
