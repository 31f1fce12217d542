// How declare -p, export -p, readonly -p and set print a variable.
import { keyedEntries } from './keyed-order.ts';
import { doubleQuote, quoteForReuse, quoteValue } from './quote.ts';
import { type KnownVariable, sortedIndices } from './variables.ts';

/** Attribute letters in bash's order: aAilnrux. */
export function attributeLetters(variable: KnownVariable): string {
  const letters: [boolean | undefined, string][] = [
    [variable.indexed !== undefined, 'a'],
    [variable.keyed !== undefined, 'A'],
    [variable.integer, 'i'],
    [variable.reference, 'n'],
    [variable.readonly, 'r'],
    [variable.exported, 'x'],
    [variable.fold === 'capital', 'c'],
    [variable.fold === 'lower', 'l'],
    [variable.fold === 'upper', 'u'],
  ];
  return letters.map(([is, letter]) => (is ? letter : '')).join('');
}

/** `declare -x name="value"`; with `bare`, values as ${x@A} quotes them and no flags where there are none. */
export function declarationOf(name: string, variable: KnownVariable, bare = false): string {
  const letters = attributeLetters(variable);
  const value = valueOf(variable, bare);
  const assignment = value === undefined ? name : `${name}=${value}`;
  if (bare && letters === '') return assignment;
  return `declare -${letters || '-'} ${assignment}`;
}

function valueOf(variable: KnownVariable, bare: boolean): string | undefined {
  const { indexed, keyed, value, blank } = variable;
  if (blank && (indexed ?? keyed)?.size === 0) return undefined;
  if (indexed !== undefined)
    return `(${sortedIndices(indexed)
      .map((i) => `[${i}]=${doubleQuote(indexed.get(i) as string)}`)
      .join(' ')})`;
  if (keyed !== undefined)
    return `(${keyedEntries(keyed)
      .map(([key, item]) => `[${/^[\w./-]+$/.test(key) ? key : doubleQuote(key)}]=${doubleQuote(item)} `)
      .join('')})`;
  if (value === undefined) return undefined;
  return bare ? quoteForReuse(value) : doubleQuote(value);
}

/** The line `set` prints for a variable. */
export function settingOf(name: string, variable: KnownVariable): string | undefined {
  if (variable.indexed !== undefined || variable.keyed !== undefined)
    return variable.blank ? undefined : `${name}=${valueOf(variable, false)}`;
  return variable.value === undefined ? undefined : `${name}=${quoteValue(variable.value)}`;
}
