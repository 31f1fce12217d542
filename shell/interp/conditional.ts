// [[ ... ]]: expressions over words that are neither split nor globbed.
import { evaluateArithmetic } from './expand/arithmetic.ts';
import { expandPattern, expandRegExp, expandString } from './expand/index.ts';
import { expandArithmeticText } from './expand/word.ts';
import { chain, type Maybe } from './maybe.ts';
import { matches } from './pattern.ts';
import { toRegExp } from './regular-expression.ts';
import type { Shell } from './shell.ts';
import { ShellError } from './shell-error.ts';
import type { TestExpression, Word } from './syntax.ts';
import { compareFiles, type FileComparison, isFileComparison, unaryTest } from './test-expression.ts';
import { traceHead } from './xtrace.ts';

export function evaluateTest(shell: Shell, node: TestExpression): Maybe<boolean> {
  switch (node.type) {
    case 'TestLogical':
      return logical(shell, node.operator, node.operands, 0);
    case 'TestNot':
      if (node.negations.length % 2 === 1 && shell.state.has('xtrace')) shell.negated = true;
      return chain(evaluateTest(shell, node.operand), (truth) =>
        node.negations.length % 2 === 1 ? !truth : truth,
      );
    case 'TestGroup':
      return evaluateTest(shell, node.expression);
    case 'TestUnary':
      markTerm(shell, node.operand);
      return chain(expandString(shell, node.operand), (operand) =>
        chain(traceTerm(shell, [node.operator, operand]), () => unaryTest(shell, node.operator, operand)),
      );
    case 'TestBinary':
      markTerm(shell, node.right);
      return binary(shell, node.operator, node.left, node.right);
  }
}

// A term's line is that of the token behind it.
function markTerm(shell: Shell, { end }: Word): void {
  const { text } = shell.lines;
  let at = end;
  while (/\s/.test(text[at] ?? '')) at++;
  shell.at = at;
}

function logical(
  shell: Shell,
  operator: '&&' | '||',
  operands: readonly TestExpression[],
  at: number,
): Maybe<boolean> {
  return chain(evaluateTest(shell, operands[at] as TestExpression), (truth) => {
    const decided = truth === (operator === '||');
    return decided || at === operands.length - 1 ? truth : logical(shell, operator, operands, at + 1);
  });
}

const integerTests: Record<string, (a: bigint, b: bigint) => boolean> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};

function binary(shell: Shell, operator: string, left: Word, right: Word): Maybe<boolean> {
  if (operator === '=' || operator === '==' || operator === '!=')
    return compareText(shell, operator, left, right);
  if (operator === '=~') return matchRegExp(shell, left, right);
  const integers = integerTests[operator];
  if (integers !== undefined) {
    return chain(expandArithmeticText(shell, left.text), (a) =>
      chain(expandArithmeticText(shell, right.text), (b) =>
        chain(traceTerm(shell, [a, operator, b]), () => integers(operand(shell, a), operand(shell, b))),
      ),
    );
  }
  return chain(expandString(shell, left), (a) =>
    chain(expandString(shell, right), (b) =>
      chain(traceTerm(shell, [a, operator, b]), () => {
        if (operator === '<') return a < b;
        if (operator === '>') return a > b;
        if (isFileComparison(operator)) return compareFiles(shell, operator as FileComparison, a, b);
        throw new ShellError('conditional binary operator expected', { status: 2 });
      }),
    ),
  );
}

function operand(shell: Shell, text: string): bigint {
  try {
    return evaluateArithmetic(shell, text);
  } catch (error) {
    if (!(error instanceof ShellError) || error.scope === 'shell') throw error;
    throw error.from('[[').ending('command');
  }
}

function compareText(shell: Shell, operator: string, left: Word, right: Word): Maybe<boolean> {
  return chain(expandString(shell, left), (text) =>
    chain(expandPattern(shell, right), (pattern) =>
      chain(traceTerm(shell, [text, operator, shownPattern(pattern, right)]), () => {
        const same = matches(pattern, text, { extended: true, fold: shell.state.shopted('nocasematch') });
        return operator === '!=' ? !same : same;
      }),
    ),
  );
}

function matchRegExp(shell: Shell, left: Word, right: Word): Maybe<boolean> {
  return chain(expandString(shell, left), (text) =>
    chain(expandRegExp(shell, right), (source) =>
      chain(traceTerm(shell, [text, '=~', source]), () => {
        const shape = toRegExp(source, shell.state.shopted('nocasematch'));
        if (shape === undefined) throw new ShellError('', { status: 2, scope: 'command' });
        const found = shape.exec(text);
        const variable = shell.state.variables.ensure('BASH_REMATCH');
        variable.indexed = new Map(found === null ? [] : [...found].map((group, i) => [i, group ?? '']));
        return found !== null;
      }),
    ),
  );
}

// Quoted text shows with a backslash before each character, as bash passes it to the matcher.
function shownPattern(pattern: string, word: Word): string {
  return /["']/.test(word.text)
    ? pattern.replace(/\\[\s\S]|[\s\S]/g, (piece) =>
        piece.length === 2 ? piece : /[*?[\]]/.test(piece) ? piece : `\\${piece}`,
      )
    : pattern;
}

/** `+ [[ a == b ]]`: bash traces each term of the expression on its own. */
function traceTerm(shell: Shell, words: readonly string[]): Maybe<void> {
  const negation = shell.negated ? ['!'] : [];
  shell.negated = false;
  return traceHead(shell, ['[[', ...negation, ...words.map((word) => word || "''"), ']]']);
}
