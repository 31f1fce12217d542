// ${x@Q} and kin: a value quoted, in other letters, as an assignment.
import { attributeLetters, declarationOf } from '../declaration.ts';
import { keyedEntries } from '../keyed-order.ts';
import { chain, type Maybe } from '../maybe.ts';
import { promptText } from '../prompt.ts';
import { doubleQuote, quoteForReuse, unescapeAnsi } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { ShellError } from '../shell-error.ts';
import { elementsOf, isName, type KnownVariable, keysOf } from '../variables.ts';
import { type Expansion, mapValues } from './expansion.ts';
import { emit, emitList, type Subject } from './subject.ts';

const transforms: Record<string, (value: string) => string> = {
  Q: quoteForReuse,
  E: unescapeAnsi,
  U: (value) => value.toUpperCase(),
  L: (value) => value.toLowerCase(),
  u: (value) => value.replace(/^./su, (char) => char.toUpperCase()),
  K: quoteForReuse,
  k: quoteForReuse,
};

/** Appends what the operator makes of the subject. */
export function applyTransform(shell: Shell, expansion: Expansion, letter: string): Maybe<void> {
  const { subject, context, out } = expansion;
  const variable = shell.state.variables.get(subject.name);
  if (letter === 'a') return emit(variable === undefined ? '' : attributeLetters(variable), context, out);
  if (letter === 'A') return emitAssignment(shell, expansion, assignmentText(subject, variable));
  if (letter === 'P')
    return subject.list === undefined
      ? chain(promptText(shell, subject.value ?? ''), (text) => emit(text, context, out))
      : chain(promptTexts(shell, subject.list), (list) => emitList(shell, list, subject.star, context, out));
  const transform = transforms[letter];
  if (transform === undefined)
    throw new ShellError(`${expansion.part.text}: bad substitution`, {
      status: shell.fatalStatus(),
      scope: 'shell',
    });
  if (subject.list === undefined && subject.value === undefined)
    return context.quoted ? emit('', context, out) : undefined;
  if (subject.list !== undefined && /k/i.test(letter) && isName(subject.name)) {
    const pairs = pairsOf(variable);
    if (letter === 'k') return emitList(shell, pairs.flat(), subject.star, context, out);
    return emit(pairs.map(([key, value]) => `${key} ${doubleQuote(value)}`).join(' '), context, out);
  }
  return mapValues(shell, expansion, transform);
}

async function promptTexts(shell: Shell, list: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  for (const text of list) texts.push(await promptText(shell, text));
  return texts;
}

/** ${x@A}: the command that would make the variable what it is. */
function assignmentText(subject: Subject, variable: KnownVariable | undefined): string {
  if (subject.list !== undefined && !isName(subject.name))
    return subject.list.length === 0 ? '' : `set -- ${subject.list.map(quoteForReuse).join(' ')}`;
  if (variable === undefined) return '';
  if (subject.list !== undefined || (variable.indexed ?? variable.keyed) === undefined)
    return declarationOf(subject.name, variable, true);
  const value = subject.value === undefined ? '' : `=${quoteForReuse(subject.value)}`;
  return `declare -${attributeLetters(variable)} ${subject.name}${value}`;
}

/** That of a list is three words between double quotes: the builtin, its options, the assignment. */
function emitAssignment(shell: Shell, { subject, context, out }: Expansion, text: string): void {
  const [, head, options, rest] = /^(\S+) (\S+) (.*)$/s.exec(text) ?? [];
  if (subject.list !== undefined && !subject.star && text === '') return;
  if (subject.list === undefined || subject.star || !context.quoted || head === undefined)
    return emit(text, context, out);
  const words = isName(subject.name) ? [rest as string] : subject.list.map(quoteForReuse);
  emitList(shell, [head, options as string, ...words], false, context, out);
}

const pairsOf = (variable: KnownVariable | undefined): [string, string][] =>
  variable?.keyed === undefined
    ? elementsOf(variable).map((value, i) => [keysOf(variable)[i] as string, value])
    : keyedEntries(variable.keyed);
