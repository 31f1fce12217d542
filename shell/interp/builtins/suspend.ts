// suspend: the shell stops itself, until somebody continues it.
import { type Builtin, readFlags, refuse } from './builtin.ts';

export const suspend: Builtin = {
  dialects: ['bash'],
  run(shell, argv) {
    const flags = readFlags(shell, argv, 'f');
    if (flags instanceof Promise) return flags;
    if (!flags.given.has('f')) {
      if (!shell.interactive) return refuse(shell, 'suspend', 'cannot suspend: no job control');
      if (shell.login) return refuse(shell, 'suspend', 'cannot suspend a login shell');
    }
    shell.process.onSignal('SIGTSTP', 'default');
    shell.process.raise('SIGTSTP');
    if (shell.interactive) shell.traps.installInteractive();
    return 0;
  },
};
