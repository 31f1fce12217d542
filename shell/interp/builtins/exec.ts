// exec: become another program; without one, keep the redirections.
import { findProgram } from '../lookup.ts';
import { ended, type Outcome } from '../outcome.ts';
import { runProgram } from '../run-program.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, readFlags } from './builtin.ts';

async function missing(shell: Shell, name: string): Promise<Outcome> {
  await shell.complain(`exec: ${name}: not found`);
  return shell.interactive || shell.state.shopted('execfail')
    ? ended(127)
    : { status: 127, leave: { kind: 'exit' } };
}

/** bash knows a program that it becomes by its whole path. */
const placeOf = (shell: Shell, name: string): string =>
  shell.dialect === 'bash' && name.includes('/') && !name.startsWith('/')
    ? `${shell.directory()}/${name.replace(/^(\.\/+)+/, '')}`
    : name;

export const exec: Builtin = {
  special: true,
  run(shell, argv, redirected) {
    // dash's has no options: `exec -a x` looks for a program of that name.
    const flags =
      shell.dialect === 'dash'
        ? { given: new Map<string, string>(), operands: argv.slice(argv[1] === '--' ? 2 : 1) }
        : readFlags(shell, argv, 'cla:');
    if (flags instanceof Promise) return flags;
    const { given, operands } = flags;
    redirected.commit();
    if (operands.length === 0) return 0;
    const name = operands[0] as string;
    if (!name.includes('/') && findProgram(shell, name) === undefined) return missing(shell, name);
    // What is to run at the shell's end does not outlive it, not even where the program does not start.
    if (shell.dialect === 'bash') shell.traps.set('EXIT', undefined);
    const zero = `${given.has('l') ? '-' : ''}${given.get('a') ?? name}`;
    return runProgram(shell, [placeOf(shell, name), ...operands.slice(1)], {
      exec: true,
      zero,
      bare: given.has('c'),
    }).then((outcome): Outcome => {
      if (outcome.leave !== undefined || shell.interactive || shell.state.shopted('execfail')) return outcome;
      return { status: outcome.status, leave: { kind: 'exit' } };
    });
  },
};
