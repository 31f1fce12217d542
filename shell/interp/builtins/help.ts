// help: what the shell itself can do.
import { loading } from '../../fs/loading.ts';
import { type Builtin, print, readFlags } from './builtin.ts';
import { builtinNames } from './index.ts';

/** busybox breaks its list behind the word that passes this column. */
const ASH_COLUMN = 60;

export const help: Builtin = {
  dialects: ['bash', 'ash'],
  run(shell, argv) {
    if (shell.dialect === 'ash') return print(shell, 'help', ashList(builtinNames(shell)));
    const flags = readFlags(shell, argv, 'dms');
    if (flags instanceof Promise) return flags;
    return loading(import('./help-text.ts')).then(({ showHelp }) => showHelp(shell, flags));
  },
};

function ashList(names: readonly string[]): string {
  let text = 'Built-in commands:\n------------------\n';
  let column = 0;
  for (const name of names) {
    text += `${column === 0 ? '\t' : ' '}${name}`;
    column += name.length + 1;
    if (column <= ASH_COLUMN) continue;
    text += '\n';
    column = 0;
  }
  return `${text}\n\n`;
}
