// history
import { expandHistory } from '../history-expansion.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, print, refuse, splitOptions } from './builtin.ts';

export const history: Builtin = {
  dialects: ['bash', 'ash'],
  run(shell, argv) {
    const { options, operands } = splitOptions(argv.slice(1), 'cdanrwps');
    const { state } = shell;
    if (options.includes('c')) {
      state.history = [];
      return 0;
    }
    if (options.includes('d')) {
      const at = Number(operands[0]);
      if (!(at >= 1 && at <= state.history.length))
        return refuse(shell, 'history', `${operands[0]}: history position out of range`);
      state.history.splice(at - 1, 1);
      return 0;
    }
    if (options.includes('s')) {
      state.history.push(operands.join(' '));
      return 0;
    }
    if (options.includes('p')) return printExpanded(shell, operands);
    const count = operands[0] === undefined ? state.history.length : Number(operands[0]);
    if (!Number.isInteger(count))
      return refuse(shell, 'history', `${operands[0]}: numeric argument required`);
    const start = Math.max(0, state.history.length - count);
    return print(
      shell,
      'history',
      state.history
        .slice(start)
        .map((line, i) => `${String(start + i + 1).padStart(5)}  ${line}\n`)
        .join(''),
    );
  },
};

/** history -p: what each word expands to. */
function printExpanded(shell: Shell, words: readonly string[]): ReturnType<Builtin['run']> {
  const { history, substitution } = shell.state;
  let text = '';
  for (const word of words) {
    const expansion = expandHistory(word, history, substitution);
    if ('problem' in expansion) return refuse(shell, 'history', `${word}: history expansion failed`);
    text += `${expansion.text}\n`;
  }
  return print(shell, 'history', text);
}
