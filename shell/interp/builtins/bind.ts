// bind: readline's key bindings. The editor's keys are fixed: settings are taken and change nothing.
import { type Builtin, print, readFlags } from './builtin.ts';

/** The names of readline's functions that the editor's keys stand for. */
const FUNCTIONS = [
  'abort',
  'accept-line',
  'backward-char',
  'backward-delete-char',
  'backward-kill-line',
  'backward-kill-word',
  'backward-word',
  'beginning-of-line',
  'capitalize-word',
  'clear-screen',
  'complete',
  'delete-char',
  'downcase-word',
  'end-of-line',
  'forward-char',
  'forward-word',
  'kill-line',
  'kill-word',
  'next-history',
  'previous-history',
  'quoted-insert',
  'reverse-search-history',
  'self-insert',
  'transpose-chars',
  'transpose-words',
  'undo',
  'unix-line-discard',
  'unix-word-rubout',
  'upcase-word',
  'yank',
  'yank-last-arg',
  'yank-pop',
];

export const bind: Builtin = {
  dialects: ['bash'],
  async run(shell, argv) {
    if (!shell.interactive) await shell.complain('bind: warning: line editing not enabled');
    const usage =
      'bind [-lpsvPSVX] [-m keymap] [-f filename] [-q name] [-u name] [-r keyseq] [-x keyseq:shell-command] [keyseq:readline-function or readline-command]';
    const flags = readFlags(shell, argv, 'lpsvPSVXm:f:q:u:r:x:', usage);
    if (flags instanceof Promise) return flags;
    if (flags.given.has('l')) return print(shell, 'bind', FUNCTIONS.map((name) => `${name}\n`).join(''));
    return 0;
  },
};
