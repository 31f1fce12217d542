// history: shows, edits, saves and loads the list of typed commands.
import { expandHistory } from '../history-expansion.ts';
import { historyFile, readHistory, writeHistory } from '../history-file.ts';
import { chain, type Maybe } from '../maybe.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, print, readFlags, refuse } from './builtin.ts';

export const history: Builtin = {
  dialects: ['bash', 'ash'],
  run(shell, argv) {
    const flags = readFlags(shell, argv, 'cd:anrwps');
    if (flags instanceof Promise) return flags;
    const { given, operands } = flags;
    const { state } = shell;
    if (given.has('c')) {
      state.history = [];
      state.historySaved = 0;
      if (given.size === 1) return 0;
    }
    if (given.has('d')) return remove(shell, given.get('d') as string);
    if (given.has('s')) {
      if (operands.length > 0) state.history = [...state.history, operands.join(' ')];
      return 0;
    }
    if (given.has('p')) return printExpanded(shell, operands);
    if (['a', 'n', 'r', 'w'].some((letter) => given.has(letter)))
      return exchange(shell, [...given.keys()], operands[0]);
    return list(shell, operands[0]);
  },
};

function list(shell: Shell, wanted: string | undefined): Maybe<number> {
  const { history: commands } = shell.state;
  const count = wanted === undefined ? commands.length : Number(wanted);
  if (!Number.isInteger(count)) return refuse(shell, 'history', `${wanted}: numeric argument required`);
  const start = Math.max(0, commands.length - count);
  const lines = commands.slice(start).map((line, i) => `${String(start + i + 1).padStart(5)}  ${line}\n`);
  return print(shell, 'history', lines.join(''));
}

/** One entry or a range; negative places count from the end. */
function remove(shell: Shell, text: string): Maybe<number> {
  const { state } = shell;
  const shape = /^(-?\d+)(?:-(-?\d+))?$/.exec(text);
  const place = (part: string): number =>
    Number(part) < 0 ? state.history.length + Number(part) + 1 : Number(part);
  const first = shape === null ? 0 : place(shape[1] as string);
  const last = shape?.[2] === undefined ? first : place(shape[2]);
  if (!(first >= 1 && last >= first && last <= state.history.length))
    return refuse(shell, 'history', `${text}: history position out of range`);
  state.history = state.history.filter((_, i) => i + 1 < first || i + 1 > last);
  state.historySaved = Math.min(state.historySaved, state.history.length);
  return 0;
}

function exchange(shell: Shell, letters: readonly string[], operand: string | undefined): Maybe<number> {
  const { state } = shell;
  const path = operand ?? historyFile(shell);
  if (path === undefined) return 0;
  const letter = letters.find((one) => 'anrw'.includes(one));
  if (letter === 'r' || letter === 'n') {
    const commands = readHistory(shell, path);
    if (commands === undefined)
      return refuse(shell, 'history', `${path}: cannot read: No such file or directory`);
    state.history = [...state.history, ...(letter === 'n' ? commands.slice(state.historySaved) : commands)];
    state.historySaved = state.history.length;
    return 0;
  }
  const append = letter === 'a';
  const error = writeHistory(
    shell,
    path,
    append ? state.history.slice(state.historySaved) : state.history,
    append,
  );
  state.historySaved = state.history.length;
  return error === undefined ? 0 : refuse(shell, 'history', `${path}: cannot create: ${error}`);
}

/** history -p: what each word expands to. */
function printExpanded(shell: Shell, words: readonly string[]): Maybe<number> {
  const { history: commands, substitution } = shell.state;
  let text = '';
  for (const word of words) {
    const expansion = expandHistory(word, commands, substitution);
    if ('problem' in expansion)
      return chain(print(shell, 'history', text), () =>
        refuse(shell, 'history', `${word}: history expansion failed`),
      );
    text += `${expansion.text}\n`;
  }
  return print(shell, 'history', text);
}
