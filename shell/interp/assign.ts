// Writing variables: attributes (readonly, integer, case), array elements, and the reads that mirror them.

import { evaluateArithmetic } from './expand/arithmetic.ts';
import { expandString, expandWords } from './expand/index.ts';
import { expandArithmeticText } from './expand/word.ts';
import { chain, inOrder, type Maybe } from './maybe.ts';
import type { Shell } from './shell.ts';
import { ShellError } from './shell-error.ts';
import { dynamicValue, isDynamic, setDynamic } from './special-variables.ts';
import { type Assignment, parseWord, type Word } from './syntax.ts';
import { elementsOf, type KnownVariable, scalarOf, type Variable } from './variables.ts';

/** `name=value`; throws ShellError when the variable is readonly. */
export function assign(shell: Shell, name: string, value: string, append = false): void {
  if (isDynamic(name) && setDynamic(shell, name, value)) return;
  const element = elementReference(resolveReference(shell, name));
  if (element !== undefined) return assignElement(shell, element.name, element.subscript, value, append);
  const variable = writable(shell, name);
  const text = attributed(shell, variable, value, append ? scalarOf(variable) : undefined);
  if (variable.indexed !== undefined) variable.indexed.set(0, text);
  else if (variable.keyed !== undefined) variable.keyed.set('0', text);
  else variable.value = text;
  shell.state.variables.touched(resolveReference(shell, name), variable);
}

/** The variable to write under `name`; follows namerefs, refuses readonly ones. */
function writable(shell: Shell, name: string): Variable {
  const target = resolveReference(shell, name);
  const variable = shell.state.variables.ensure(target);
  if (variable.readonly) throw readonlyError(shell, target);
  if (shell.state.has('allexport')) variable.exported = true;
  return variable;
}

export function readonlyError(shell: Shell, name: string): ShellError {
  return shell.dialect === 'bash'
    ? new ShellError(`${name}: readonly variable`, { scope: 'command' })
    : new ShellError(`${name}: is read only`, { status: 2 });
}

export function resolveReference(shell: Shell, name: string): string {
  let target = name;
  for (let hops = 0; hops < 8; hops++) {
    const variable = shell.state.variables.get(target);
    if (!variable?.reference || !variable.value) return target;
    target = variable.value;
  }
  return target;
}

/** The element that a nameref stands for (`declare -n r='a[2]'`). */
function elementReference(target: string): { name: string; subscript: string } | undefined {
  if (!target.endsWith(']')) return undefined;
  const open = target.indexOf('[');
  return { name: target.slice(0, open), subscript: target.slice(open + 1, -1) };
}

// What the attributes make of a value; `former` is set for `+=`.
function attributed(
  shell: Shell,
  variable: KnownVariable,
  value: string,
  former: string | undefined,
): string {
  if (variable.integer) {
    const { builtin } = shell;
    const sum = sumOf(shell, value, builtin) + (former ? sumOf(shell, former, builtin) : 0n);
    return String(BigInt.asIntN(64, sum));
  }
  const text = (former ?? '') + value;
  if (variable.fold === 'upper') return text.toUpperCase();
  if (variable.fold === 'capital') return text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase();
  return variable.fold === 'lower' ? text.toLowerCase() : text;
}

/** `name[subscript]=value`; a missing subscript writes the variable itself. */
export function assignElement(
  shell: Shell,
  name: string,
  subscript: string | undefined,
  value: string,
  append = false,
): void {
  if (subscript === undefined) return assign(shell, name, value, append);
  const variable = writable(shell, name);
  if (variable.keyed !== undefined) {
    if (subscript === '') throw new ShellError(`${name}[${subscript}]: bad array subscript`);
    variable.keyed.set(
      subscript,
      attributed(shell, variable, value, append ? variable.keyed.get(subscript) : undefined),
    );
    return;
  }
  const array = indexedOf(variable);
  const index = indexOf(shell, name, array, subscript);
  array.set(index, attributed(shell, variable, value, append ? array.get(index) : undefined));
}

/** What `name+=value` would make of a variable. */
export const addedText = (shell: Shell, variable: KnownVariable, value: string): string =>
  attributed(shell, variable, value, scalarOf(variable));

/** Makes `values` all that an indexed array holds. */
export function assignList(shell: Shell, name: string, values: readonly string[]): void {
  const variable = writable(shell, name);
  const array = new Map<number, string>();
  variable.indexed = array;
  variable.value = undefined;
  values.forEach((value, i) => {
    array.set(i, attributed(shell, variable, value, undefined));
  });
}

/** The variable's indexed array; a scalar becomes element 0. */
export function indexedOf(variable: Variable): Map<number, string> {
  if (variable.indexed === undefined) {
    variable.indexed = new Map(variable.value === undefined ? [] : [[0, variable.value]]);
    variable.value = undefined;
  }
  return variable.indexed;
}

function indexOf(shell: Shell, name: string, array: ReadonlyMap<number, string>, subscript: string): number {
  if (subscript.trim() === '') throw new ShellError(`${name}[${subscript}]: bad array subscript`);
  const index = placeOf(shell, subscript);
  const wrapped = index < 0 ? index + Math.max(-1, ...array.keys()) + 1 : index;
  if (wrapped < 0) throw new ShellError(`${name}[${subscript}]: bad array subscript`);
  return wrapped;
}

/** The value of `name[subscript]` or of `name`; undefined when unset. `@` and `*` are not for here. */
export function elementOf(shell: Shell, name: string, subscript: string | undefined): string | undefined {
  const target = resolveReference(shell, name);
  if (isDynamic(target)) {
    const value = dynamicValue(shell, target, subscript);
    if (value !== undefined) return value;
  }
  const element = elementReference(target);
  if (element !== undefined) {
    const { name: array, subscript: place } = element;
    if (place === '@' || place === '*') return elementsOf(shell.state.variables.get(array)).join(' ');
    return elementOf(shell, array, place);
  }
  const variable = shell.state.variables.get(target);
  if (variable === undefined) {
    const place = subscript === undefined || subscript === '' ? 0 : placeOf(shell, subscript);
    return place < 0 ? badSubscript(shell, target) : undefined;
  }
  if (subscript === undefined) return scalarOf(variable);
  if (variable.keyed !== undefined) return variable.keyed.get(subscript);
  const array = variable.indexed ?? new Map(variable.value === undefined ? [] : [[0, variable.value]]);
  const index = placeOf(shell, subscript);
  const wrapped = index < 0 ? index + Math.max(-1, ...array.keys()) + 1 : index;
  return wrapped < 0 ? badSubscript(shell, target) : array.get(wrapped);
}

/** A sum that a variable or a subscript asks for; its error is that of the builtin `teller`. */
function sumOf(shell: Shell, text: string, teller?: string): bigint {
  try {
    return evaluateArithmetic(shell, text);
  } catch (error) {
    if (!(error instanceof ShellError) || error.scope !== 'line') throw error;
    throw (teller === undefined ? error : error.from(teller)).ending('script-line');
  }
}

const placeOf = (shell: Shell, subscript: string): number => Number(sumOf(shell, subscript));

// bash complains and goes on with nothing; `set -e` ends the shell there.
function badSubscript(shell: Shell, name: string): undefined {
  const text = `${name}: bad array subscript`;
  if (shell.state.has('errexit')) throw new ShellError(text, { scope: 'shell' });
  void shell.complain(text);
}

/** Takes away a variable or an element; throws ShellError for readonly ones. */
export function unset(shell: Shell, name: string, subscript?: string): void {
  const target = resolveReference(shell, name);
  const known = shell.state.variables.get(target);
  if (known === undefined) return;
  if (known.readonly) {
    throw shell.dialect === 'bash'
      ? new ShellError(`unset: ${target}: cannot unset: readonly variable`, { scope: 'command' })
      : new ShellError(`unset: ${target}: is read only`, { status: 2 });
  }
  if (subscript === undefined || subscript === '@' || subscript === '*')
    return shell.state.variables.delete(target);
  const variable = shell.state.variables.ensure(target);
  if (variable.keyed !== undefined) variable.keyed.delete(subscript);
  else variable.indexed?.delete(indexOf(shell, target, variable.indexed, subscript));
}

/** `name=(a b [k]=v)`: elements in order; words are expanded, `[k]=v` are not split. */
export function assignArray(
  shell: Shell,
  name: string,
  elements: readonly Word[],
  append: boolean,
): Maybe<void> {
  const keyed = writable(shell, name).keyed !== undefined;
  const target: Element[] = [];
  return chain(
    inOrder(elements, (word) => collectElement(shell, word, keyed, target)),
    () => {
      // Asked for again: a substitution among the elements has forked, and what was there is shared now.
      const variable = writable(shell, name);
      variable.blank = false;
      if (!append) {
        if (keyed) variable.keyed = new Map();
        else variable.indexed = new Map();
        variable.value = undefined;
      } else if (!keyed) indexedOf(variable);
      if (keyed) return assignKeyed(shell, name, target);
      let next = append ? Math.max(-1, ...(variable.indexed as Map<number, string>).keys()) + 1 : 0;
      for (const { key, value, plus } of target) {
        assignElement(shell, name, key ?? String(next), value, plus);
        next = (key === undefined ? next : Number(evaluateArithmetic(shell, key))) + 1;
      }
    },
  );
}

interface Element {
  key: string | undefined;
  value: string;
  plus: boolean;
}

// Without keys, the elements of an associative array alternate: key value key value (bash 5.1).
function assignKeyed(shell: Shell, name: string, elements: readonly Element[]): void {
  const loose = elements.filter((element) => element.key === undefined);
  for (let i = 0; i < loose.length; i += 2)
    assignElement(shell, name, loose[i]?.value ?? '', loose[i + 1]?.value ?? '');
  for (const { key, value, plus } of elements)
    if (key !== undefined) assignElement(shell, name, key, value, plus);
}

function collectElement(shell: Shell, word: Word, keyed: boolean, target: Element[]): Maybe<void> {
  const shape = /^\[((?:[^\]"']|"[^"]*"|'[^']*')+)\](\+?)=/s.exec(word.text);
  if (shape === null) {
    return chain(expandWords(shell, [word]), (fields) => {
      for (const value of fields) target.push({ key: undefined, value, plus: false });
    });
  }
  const subscript = keyed
    ? expandWordText(shell, shape[1] as string)
    : expandArithmeticText(shell, shape[1] as string);
  return chain(subscript, (key) =>
    chain(expandWordText(shell, word.text.slice(shape[0].length)), (value) => {
      target.push({ key, value, plus: shape[2] === '+' });
    }),
  );
}

function expandWordText(shell: Shell, text: string): Maybe<string> {
  const word = parseWord(text);
  return word === undefined ? '' : expandString(shell, word, true);
}

/** The array assignment among a declaration builtin's arguments. */
export function performArray(shell: Shell, { name, value, append = false }: Assignment): Maybe<void> {
  return value.type === 'ArrayValue' ? assignArray(shell, name, value.elements, append) : undefined;
}

/** export -n */
export function unsetExport(shell: Shell, name: string): void {
  const { variables } = shell.state;
  if (variables.get(name) === undefined) return;
  const variable = variables.ensure(name);
  variables.touched(name, variable);
  variable.exported = false;
}
