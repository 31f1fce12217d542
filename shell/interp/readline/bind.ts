// bind, done: options, listings, changes (bash(1), "SHELL BUILTIN COMMANDS").
import { type Flags, print, refuse } from '../builtins/builtin.ts';
import { readTextFile } from '../files.ts';
import { chain, type Maybe } from '../maybe.ts';
import type { Shell } from '../shell.ts';
import { functions } from './functions.ts';
import { takeFile, takeLine } from './inputrc.ts';
import { Keymap, type Target } from './keymap.ts';
import { sequenceOf, shownSequence } from './sequences.ts';

const KEYMAPS = /^(emacs|emacs-standard|emacs-meta|emacs-ctlx|vi|vi-move|vi-command|vi-insert)$/;

/** The shell's keymap, made when it is first asked for. */
export function keymapOf({ state }: Shell): Keymap {
  state.keymap ??= new Keymap(state.variables.scalar('TERM'));
  return state.keymap;
}

export async function bindKeys(shell: Shell, { given, operands }: Flags): Promise<number> {
  const keymap = keymapOf(shell);
  const map = given.get('m');
  if (map !== undefined && !KEYMAPS.test(map)) return refuse(shell, 'bind', `\`${map}': invalid keymap name`);
  let status = 0;
  for (const [letter, value] of given) {
    const act = actions[letter];
    if (act !== undefined) status = (await act(shell, keymap, value)) || status;
  }
  for (const operand of operands) {
    const problem = takeLine(keymap, operand);
    if (problem !== undefined) await shell.write(2, `readline: ${problem}\n`);
  }
  return status;
}

type Action = (shell: Shell, keymap: Keymap, value: string) => Maybe<number>;

const prints =
  (text: (keymap: Keymap) => string): Action =>
  (shell, keymap) =>
    print(shell, 'bind', text(keymap));

const actions: Readonly<Record<string, Action>> = {
  l: prints(() => [...functions.keys()].map((name) => `${name}\n`).join('')),
  p: prints(
    (keymap) =>
      `\n${perFunction(keymap, (name, found) => (found.length === 0 ? `# ${name} (not bound)\n` : found.map((one) => `"${one}": ${name}\n`).join('')))}`,
  ),
  P: prints(
    (keymap) =>
      `\n${perFunction(keymap, (name, found) => (found.length === 0 ? `${name} is not bound to any keys\n` : `${name} can be found on ${quotedList(found)}.\n`))}`,
  ),
  s: prints((keymap) => bindingsOf(keymap, 'macro', (keys, text) => `"${keys}": "${text}"\n`)),
  S: prints((keymap) => bindingsOf(keymap, 'macro', (keys, text) => `${keys} outputs ${text}\n`)),
  X: prints((keymap) => bindingsOf(keymap, 'command', (keys, text) => `"${keys}": "${text}"\n`)),
  v: prints((keymap) => [...keymap.variables].map(([name, value]) => `set ${name} ${value}\n`).join('')),
  V: prints((keymap) =>
    [...keymap.variables].map(([name, value]) => `${name} is set to \`${value}'\n`).join(''),
  ),
  q: (shell, keymap, name) => {
    if (!functions.has(name)) return unknown(shell, name);
    const found = sequencesOf(keymap, name);
    const text =
      found.length === 0
        ? `${name} is not bound to any keys.\n`
        : `${name} can be invoked via ${quotedList(found)}.\n`;
    return chain(print(shell, 'bind', text), () => (found.length === 0 ? 1 : 0));
  },
  u: (shell, keymap, name) => {
    if (!functions.has(name)) return unknown(shell, name);
    for (const shown of sequencesOf(keymap, name)) remove(keymap, sequenceOf(shown));
    return 0;
  },
  r: (_shell, keymap, sequence) => {
    remove(keymap, sequenceOf(sequence));
    return 0;
  },
  x: (shell, keymap, text) => {
    const found = /^\s*"((?:[^"\\]|\\.)*)"\s*:?\s*(.*)$/s.exec(text);
    if (found === null) return refuse(shell, 'bind', `${text}: first non-whitespace character is not \`"'`);
    const command = /^(["'])(.*)\1$/s.exec((found[2] as string).trim())?.[2] ?? (found[2] as string).trim();
    keymap.own.set(sequenceOf(found[1] as string), { kind: 'command', text: command });
    return 0;
  },
  f: (shell, keymap, path) => {
    const text = readTextFile(shell.process, path);
    if (text === undefined) return refuse(shell, 'bind', `${path}: cannot read: No such file or directory`);
    takeText(shell, keymap, text);
    return 0;
  },
};

const unknown = (shell: Shell, name: string): Maybe<number> =>
  refuse(shell, 'bind', `\`${name}': unknown function name`);

function takeText(shell: Shell, keymap: Keymap, text: string): void {
  takeFile(keymap, text, {
    term: shell.state.variables.scalar('TERM') ?? '',
    read: (path) => readTextFile(shell.process, withHome(shell, path)),
  });
}

const withHome = ({ state }: Shell, path: string): string =>
  path.replace(/^~(?=\/)/, () => state.variables.scalar('HOME') ?? '~');

// What has keys from the start keeps a mark that they do nothing any more.
function remove(keymap: Keymap, sequence: string): void {
  const inherited = [...functions.values()].some((all) => all.some((one) => sequenceOf(one) === sequence));
  if (inherited) keymap.own.set(sequence, { kind: 'nothing' });
  else keymap.own.delete(sequence);
}

/** What leads to a function, as it is shown. */
function sequencesOf({ own }: Keymap, name: string): string[] {
  const inherited = (functions.get(name) ?? []).filter((sequence) => !own.has(sequenceOf(sequence)));
  const added = [...own].flatMap(([sequence, target]) =>
    target.kind === 'function' && target.name === name ? [shownSequence(sequence)] : [],
  );
  return [...inherited, ...added].sort(byReadline);
}

/** readline goes through the keys by their codes; those behind Escape come after. */
const byReadline = (a: string, b: string): number => {
  const [x, y] = [sequenceOf(a), sequenceOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
};

const perFunction = (keymap: Keymap, show: (name: string, found: string[]) => string): string =>
  [...functions.keys()]
    .filter((name) => name !== 'self-insert' && name !== 'do-lowercase-version')
    .map((name) => show(name, sequencesOf(keymap, name)))
    .join('');

const quotedList = (found: readonly string[]): string => found.map((one) => `"${one}"`).join(', ');

const bindingsOf = (
  { own }: Keymap,
  kind: 'macro' | 'command',
  show: (keys: string, text: string) => string,
): string =>
  [...own]
    .flatMap(([sequence, target]: [string, Target]) =>
      target.kind === kind && 'text' in target
        ? [show(shownSequence(sequence), kind === 'macro' ? shownSequence(target.text) : target.text)]
        : [],
    )
    .join('');

/** Reads ~/.inputrc, or the file that INPUTRC names, or /etc/inputrc, at the start of an interactive shell. */
export function readInitFile(shell: Shell): void {
  const named = shell.state.variables.scalar('INPUTRC');
  const text =
    (named
      ? readTextFile(shell.process, named)
      : readTextFile(shell.process, withHome(shell, '~/.inputrc'))) ??
    readTextFile(shell.process, '/etc/inputrc');
  if (text !== undefined) takeText(shell, keymapOf(shell), text);
}
