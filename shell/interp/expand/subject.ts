// What a parameter expansion is about, and how its values become pieces.

import type { Shell } from '../shell.ts';
import type { Context } from './context.ts';
import { fieldBreak, type Piece } from './pieces.ts';

/** One value, or the list of `$@`, `$*`, `a[@]`, `a[*]`. */
export interface Subject {
  name: string;
  subscript: string | undefined;
  /** undefined: unset. */
  value: string | undefined;
  list: readonly string[] | undefined;
  /** `*` joins with IFS between double quotes, `@` keeps fields apart. */
  star: boolean;
}

export function emitSubject(shell: Shell, subject: Subject, context: Context, out: Piece[]): void {
  if (subject.list === undefined) emit(subject.value ?? '', context, out);
  else emitList(shell, subject.list, subject.star, context, out);
}

export function emit(value: string, context: Context, out: Piece[]): void {
  out.push({ text: value, quoted: context.quoted, split: !context.quoted });
}

export function emitList(
  shell: Shell,
  list: readonly string[],
  star: boolean,
  context: Context,
  out: Piece[],
): void {
  if (context.single || (context.quoted && star)) {
    if (list.length > 0 || star || context.single) emit(list.join(star ? joiner(shell) : ' '), context, out);
    return;
  }
  list.forEach((value, i) => {
    if (i > 0) out.push(fieldBreak);
    emit(value, context, out);
  });
}

function joiner(shell: Shell): string {
  const ifs = shell.state.variables.scalar('IFS');
  return ifs === undefined ? ' ' : ifs.slice(0, 1);
}
