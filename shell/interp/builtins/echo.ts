// echo: bash's has -n -e -E; dash's always reads backslash escapes and knows only -n.

import { echoText } from '../../commands/echo.ts';
import { unescapeEcho } from '../../commands/echo-escapes.ts';
import { type Builtin, print } from './builtin.ts';
import { withFewEscapes } from './few-escapes.ts';

export const echo: Builtin = {
  run(shell, argv) {
    const words = argv.slice(1);
    if (shell.dialect === 'dash') return print(shell, 'echo', dashEcho(words.map(withFewEscapes)));
    if (shell.state.shopted('xpg_echo')) return print(shell, 'echo', dashEcho(words));
    const { text, newline } = echoText(words, true);
    return print(shell, 'echo', newline ? `${text}\n` : text);
  },
};

function dashEcho(words: readonly string[]): string {
  const quiet = words[0] === '-n';
  const { text, stopped } = unescapeEcho(words.slice(quiet ? 1 : 0).join(' '));
  return quiet || stopped ? text : `${text}\n`;
}
