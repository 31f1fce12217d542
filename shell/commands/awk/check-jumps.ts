// Jumps that are refused before a program runs.

import { AwkError, type Dialect } from './dialect.ts';
import type { Program, Statement } from './syntax-tree.ts';

/** `next` has no place where there is no record. Throws AwkError. */
export const checkJumps = (program: Program, dialect: Dialect): void => {
  for (const { when, body } of program.rules) {
    if (when === 'record' || when === 'begin-file' || body === undefined) continue;
    const jump = findJump(body);
    if (jump !== undefined && dialect.name === 'mawk')
      throw new AwkError(`line ${jump.place.line}: improper use of next`, dialect.syntaxStatus);
    if (jump !== undefined && dialect.name === 'gawk') {
      const where = when === 'begin' ? 'BEGIN' : 'END';
      throw new AwkError(`cmd. line:${jump.place.line}: error: \`${jump.kind}' used in ${where} action`, 1);
    }
  }
};

type Jump = Extract<Statement, { kind: 'break' | 'continue' | 'next' | 'nextfile' }>;

const findJump = (statement: Statement): Jump | undefined => {
  switch (statement.kind) {
    case 'next':
    case 'nextfile':
      return statement;
    case 'block':
      return statement.body.map(findJump).find((found) => found !== undefined);
    case 'if':
      return findJump(statement.yes) ?? (statement.no && findJump(statement.no));
    case 'loop':
    case 'for-in':
      return findJump(statement.body);
    default:
      return undefined;
  }
};
