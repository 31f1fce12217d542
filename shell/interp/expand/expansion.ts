// A ${name<operator>word} under way: what it is about, and where its pieces go.

import type { Shell } from '../shell.ts';
import type { ParameterExpansionPart, ParameterOperation } from '../syntax.ts';
import type { Context } from './context.ts';
import type { Piece } from './pieces.ts';
import { emit, emitList, type Subject } from './subject.ts';

export interface Expansion {
  part: ParameterExpansionPart;
  operation: ParameterOperation;
  subject: Subject;
  context: Context;
  out: Piece[];
}

/** Appends every value of the subject, changed. */
export function mapValues(
  shell: Shell,
  { subject, context, out }: Expansion,
  change: (value: string) => string,
): void {
  if (subject.list === undefined)
    emit(subject.value === undefined ? '' : change(subject.value), context, out);
  else emitList(shell, subject.list.map(change), subject.star, context, out);
}
