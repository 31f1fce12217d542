// Redirections, [[ ]] expressions and heads of loops as bash prints them again.
import type { CommandNode, Redirection, TestExpression } from './syntax.ts';

/** `> file`, `2>&1`, `<<EOF`: bash writes out the descriptors of duplications. */
export function printRedirection(redirect: Redirection): string {
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
  const target = redirect.target?.text ?? '';
  const input = operator.startsWith('<');
  if (operator === '>&' && descriptor === undefined && !/^[\d$-]/.test(target)) return `&> ${target}`;
  if (operator === '>&' || operator === '<&')
    return `${given || (input ? 0 : 1)}${target === '-' ? '>&' : operator}${target}`;
  const standard = input ? '0' : '1';
  return `${given === standard ? '' : given}${operator} ${target}`;
}

export function printTest(node: TestExpression): string {
  switch (node.type) {
    case 'TestLogical':
      return node.operands.map(printTest).join(` ${node.operator} `);
    case 'TestNot':
      return `${node.negations.map(() => '! ').join('')}${printTest(node.operand)}`;
    case 'TestGroup':
      return `( ${printTest(node.expression)} )`;
    case 'TestUnary':
      return `${node.operator} ${node.operand.text}`;
    case 'TestBinary':
      return `${node.left.text} ${node.operator} ${node.right.text}`;
  }
}

/** `for name in words`, `select name in words`. */
export function forHead(node: Extract<CommandNode, { type: 'For' | 'Select' }>): string {
  const words = node.wordlist?.map((word) => word.text).join(' ') ?? '"$@"';
  return `${node.type === 'For' ? 'for' : 'select'} ${node.name.text} in ${words}`;
}
