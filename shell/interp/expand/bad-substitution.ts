// What a shell says of a ${...} that means nothing to it.

import type { Shell } from '../shell.ts';
import { ShellError } from '../shell-error.ts';

export function badSubstitution(shell: Shell, text: string): ShellError {
  return shell.dialect === 'bash'
    ? new ShellError(`${shell.word.includes(text) ? shell.word : text}: bad substitution`)
    : new ShellError(shell.dialect === 'dash' ? 'Bad substitution' : 'syntax error: bad substitution', {
        status: 2,
      });
}
