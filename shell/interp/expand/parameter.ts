// Parameter expansion: $x, ${x...}: which value is meant.
import { encodeName } from '../../fs/name.ts';
import { elementOf, resolveReference } from '../assign.ts';
import { chain, type Maybe } from '../maybe.ts';
import type { Shell } from '../shell.ts';
import { ShellError } from '../shell-error.ts';
import { dynamicList } from '../special-variables.ts';
import type { ParameterExpansionPart, Word } from '../syntax.ts';
import { elementsOf, isName, keysOf } from '../variables.ts';
import { badSubstitution } from './bad-substitution.ts';
import type { Context } from './context.ts';
import { applyOperation } from './parameter-operation.ts';
import { joinPieces, type Piece } from './pieces.ts';
import { emit, emitList, emitSubject, type Subject } from './subject.ts';
import { expandArithmeticText, wordPieces } from './word.ts';

/** The pieces of `$name`. */
export function simplePieces(shell: Shell, name: string, context: Context, out: Piece[]): void {
  if (name === '@' || name === '*') {
    emitList(shell, shell.state.positional, name === '*', context, out);
    return;
  }
  const value = parameterValue(shell, name);
  if (value === undefined && shell.state.has('nounset'))
    throw unbound(shell, shell.dialect === 'bash' && !isName(name) ? `$${name}` : name);
  emit(value ?? '', context, out);
}

/** The value of a parameter that is not a list; undefined when unset. */
function parameterValue(shell: Shell, name: string): string | undefined {
  const code = name.charCodeAt(0);
  if (code >= 48 && code <= 57)
    return name === '0' ? shell.state.name : shell.state.positional[Number(name) - 1];
  const special = specials[name];
  return special === undefined ? elementOf(shell, name, undefined) : special(shell);
}

const specials: Record<string, (shell: Shell) => string | undefined> = {
  '#': (shell) => String(shell.state.positional.length),
  '?': (shell) => String(shell.state.status),
  '-': (shell) => shell.flags(),
  $: (shell) => String(shell.pid),
  '!': (shell) => (shell.state.lastBackground === undefined ? undefined : String(shell.state.lastBackground)),
  _: (shell) => (shell.dialect === 'bash' ? shell.state.lastArgument : elementOf(shell, '_', undefined)),
};

const unbound = (shell: Shell, name: string): ShellError => shell.unbound(name);

/** The pieces of `${...}`. */
export function parameterPieces(
  shell: Shell,
  part: ParameterExpansionPart,
  context: Context,
  out: Piece[],
): Maybe<void> {
  if (!isAcceptable(shell, part)) throw badSubstitution(shell, part.text);
  return chain(subjectOf(shell, part), (subject) => {
    if (part.prefix === '!') return indirect(shell, part, subject, context, out);
    if (part.prefix === '#') return emit(String(lengthOf(shell, subject)), context, out);
    return expandSubject(shell, part, subject, context, out);
  });
}

function expandSubject(
  shell: Shell,
  part: ParameterExpansionPart,
  subject: Subject,
  context: Context,
  out: Piece[],
): Maybe<void> {
  const { operation } = part;
  if (
    operation?.type !== 'Default' &&
    subject.list === undefined &&
    subject.value === undefined &&
    shell.state.has('nounset')
  ) {
    // The subscript of what is no array at all is a sum: its own names come first.
    const place = part.index?.text ?? '';
    const { variables } = shell.state;
    if (isName(place) && variables.get(subject.name) === undefined && variables.get(place) === undefined)
      throw unbound(shell, place);
    throw unbound(shell, part.text.slice(2, -1).replace(/[#%/:^,@].*$/s, '') || subject.name);
  }
  if (operation === undefined) return emitSubject(shell, subject, context, out);
  return applyOperation(shell, { part, operation, subject, context, out });
}

// dash has neither arrays nor substrings; both refuse names that are none.
function isAcceptable(shell: Shell, part: ParameterExpansionPart): boolean {
  const { parameter, operation } = part;
  if (!isName(parameter) && !/^(\d+|[@*#?$!_-])$/.test(parameter)) return false;
  // The parser does not know ${x~}, which bash still has.
  if (operation?.type === 'Unknown') return shell.dialect === 'bash' && operation.operator.startsWith('~');
  if (shell.dialect === 'bash') return true;
  if (part.index !== undefined || part.prefix === '!') return false;
  if (shell.dialect === 'ash')
    return operation === undefined || ['Default', 'Remove', 'Replace', 'Slice'].includes(operation.type);
  return operation === undefined || operation.type === 'Default' || operation.type === 'Remove';
}

function subjectOf(shell: Shell, part: ParameterExpansionPart): Maybe<Subject> {
  const { parameter: name, index } = part;
  if (name === '@' || name === '*') {
    return { name, subscript: undefined, value: undefined, list: shell.state.positional, star: name === '*' };
  }
  if (index === undefined)
    return { name, subscript: undefined, value: parameterValue(shell, name), list: undefined, star: false };
  if (index.text === '@' || index.text === '*') {
    return {
      name,
      subscript: index.text,
      value: undefined,
      list: listOf(shell, name),
      star: index.text === '*',
    };
  }
  return chain(subscriptText(shell, name, index), (subscript) => ({
    name,
    subscript,
    value: elementOf(shell, name, subscript),
    list: undefined,
    star: false,
  }));
}

/** All elements of an array variable. */
function listOf(shell: Shell, name: string): readonly string[] {
  return dynamicList(shell, name) ?? elementsOf(shell.state.variables.get(resolveReference(shell, name)));
}

/** A subscript after expansion: a key for associative arrays, an arithmetic text for others. */
export function subscriptText(shell: Shell, name: string, index: Word): Maybe<string> {
  const variable = shell.state.variables.get(resolveReference(shell, name));
  if (variable?.keyed === undefined) return expandArithmeticText(shell, index.text);
  return chain(wordPieces(shell, index, { quoted: false, single: true, noTilde: true }), joinPieces);
}

function lengthOf(shell: Shell, { list, value, name }: Subject): number {
  // dash counts bytes, and those of "$*".
  const counted = (text: string): number =>
    shell.dialect === 'dash' ? encodeName(text).length : [...text].length;
  if (
    list?.length === 0 &&
    isName(name) &&
    shell.state.has('nounset') &&
    shell.state.variables.get(name) === undefined
  )
    throw new ShellError(shell.unboundText(name), { scope: 'shell' });
  if (list !== undefined) return shell.dialect === 'dash' ? counted(list.join(' ')) : list.length;
  if (value === undefined && shell.state.has('nounset')) throw unbound(shell, name);
  return value === undefined ? 0 : counted(value);
}

// ${!x}, ${!x@}, ${!a[@]}
function indirect(
  shell: Shell,
  part: ParameterExpansionPart,
  subject: Subject,
  context: Context,
  out: Piece[],
): Maybe<void> {
  if (part.operation?.type === 'Names') {
    const names = shell.state.variables.names().filter((name) => name.startsWith(part.parameter));
    return emitList(shell, names, part.operation.operator === '*', context, out);
  }
  if (subject.list !== undefined && isName(part.parameter)) {
    const keys = keysOf(shell.state.variables.get(resolveReference(shell, part.parameter)));
    return emitList(shell, keys, subject.star, context, out);
  }
  const named = subject.subscript === undefined ? shell.state.variables.get(part.parameter) : undefined;
  if (named?.reference && named.value && part.operation === undefined) return emit(named.value, context, out);
  const target = subject.value;
  // What is declared and not set leads to nothing, which is no error.
  if (target === undefined && named !== undefined && !named.reference)
    return expandSubject(shell, part, { ...subject, name: `!${subject.name}` }, context, out);
  if (target === undefined) {
    throw new ShellError(
      `${part.text.slice(2, -1).replace(/^!(\w+).*$/s, '$1')}: invalid indirect expansion`,
    );
  }
  const shape = /^(\w+|[@*#?$!-])(?:\[(.*)\])?$/s.exec(target);
  if (shape === null) throw new ShellError(`${target}: invalid variable name`);
  return expandSubject(shell, part, namedSubject(shell, shape[1] as string, shape[2]), context, out);
}

function namedSubject(shell: Shell, name: string, subscript: string | undefined): Subject {
  if (name === '@' || name === '*')
    return { name, subscript, value: undefined, list: shell.state.positional, star: name === '*' };
  if (subscript === '@' || subscript === '*')
    return { name, subscript, value: undefined, list: listOf(shell, name), star: subscript === '*' };
  const value = subscript === undefined ? parameterValue(shell, name) : elementOf(shell, name, subscript);
  return { name, subscript, value, list: undefined, star: false };
}
