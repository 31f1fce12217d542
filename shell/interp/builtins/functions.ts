// declare -f, export -f, readonly -f: functions and their attributes.
import { functionText } from '../function-text.ts';
import { chain, inOrder, type Maybe } from '../maybe.ts';
import type { Shell } from '../shell.ts';
import type { ShellFunction } from '../shell-state.ts';
import { print } from './builtin.ts';

/** By the letters of `declare`, in the order in which they are told. */
const ATTRIBUTES = { r: 'readonly', t: 'traced', x: 'exported' } as const;
type Letter = keyof typeof ATTRIBUTES;
const LETTERS = Object.keys(ATTRIBUTES) as Letter[];

interface Change {
  on: ReadonlySet<string>;
  off: ReadonlySet<string>;
  names: readonly string[];
}

/** Sets and takes away attributes, or shows functions where none are named; `missing` tells of one that is not there. */
export function declareFunctions(
  shell: Shell,
  builtin: string,
  { on, off, names }: Change,
  missing?: (name: string) => Maybe<void>,
): Maybe<number> {
  const wanted = LETTERS.filter((letter) => on.has(letter));
  if (names.length === 0 || (wanted.length === 0 && !LETTERS.some((letter) => off.has(letter))))
    return show(shell, builtin, { on, names, wanted });
  let status = 0;
  return chain(
    inOrder(names, (name) => {
      const known = shell.state.functions.get(name);
      if (known === undefined) {
        status = 1;
        return missing?.(name);
      }
      const changed = { ...known };
      for (const letter of LETTERS) {
        if (off.has(letter) && letter !== 'r') changed[ATTRIBUTES[letter]] = false;
        if (on.has(letter)) changed[ATTRIBUTES[letter]] = true;
      }
      shell.state.functions.set(name, changed);
    }),
    () => status,
  );
}

function show(
  shell: Shell,
  builtin: string,
  { on, names, wanted }: { on: ReadonlySet<string>; names: readonly string[]; wanted: readonly Letter[] },
): Maybe<number> {
  const { functions } = shell.state;
  const asked = names.length > 0;
  const found = (asked ? names : [...functions.keys()].sort()).flatMap((name) => functions.get(name) ?? []);
  const lines = found
    .filter((known) => wanted.every((letter) => known[ATTRIBUTES[letter]]))
    .map((known) => (on.has('F') ? nameOf(shell, known, asked) : textOf(shell, known)));
  return chain(print(shell, builtin, lines.map((line) => `${line}\n`).join('')), () =>
    asked && found.length < names.length ? 1 : 0,
  );
}

const attributes = (known: ShellFunction): string =>
  LETTERS.filter((letter) => known[ATTRIBUTES[letter]]).join('');

function textOf({ state }: Shell, known: ShellFunction): string {
  const letters = attributes(known);
  const text = functionText(state, known.name);
  return letters === '' ? text : `${text}\ndeclare -f${letters} ${known.name}`;
}

function nameOf(shell: Shell, known: ShellFunction, asked: boolean): string {
  const { name, source, node, file } = known;
  if (!asked) return `declare -f${attributes(known)} ${name}`;
  return shell.state.shopted('extdebug') ? `${name} ${source.lineOf(node.pos)} ${file}` : name;
}
