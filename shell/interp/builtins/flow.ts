// break, continue, return, exit: control flow as values.
import { chain, type Maybe } from '../maybe.ts';
import { ended, type Outcome } from '../outcome.ts';
import type { Shell } from '../shell.ts';
import { ShellError } from '../shell-error.ts';
import { type Builtin, refuse } from './builtin.ts';

const jump = (kind: 'break' | 'continue'): Builtin => ({
  special: true,
  run(shell, argv) {
    const text = argv[1];
    if (shell.loopDepth === 0 && shell.dialect === 'bash') {
      return refuse(shell, kind, "only meaningful in a `for', `while', or `until' loop", 0);
    }
    const posix = shell.dialect !== 'bash';
    if (text !== undefined && (!/^\+?\d+$/.test(text) || (posix && Number(text) === 0))) {
      if (posix) throw new ShellError(`${kind}: Illegal number: ${text}`, { status: 2, scope: 'shell' });
      return chain(refuse(shell, kind, `${text}: numeric argument required`), () => ({
        status: 128,
        leave: { kind: 'exit' },
      }));
    }
    const levels = Number(text ?? 1);
    if (levels < 1)
      return chain(
        refuse(shell, kind, `${text}: loop count out of range`),
        (status): Outcome => ({
          status,
          leave: { kind: 'break', levels: shell.loopDepth || 1 },
        }),
      );
    if (shell.loopDepth === 0) return 0;
    return { status: 0, leave: { kind, levels: Math.min(levels, shell.loopDepth) } };
  },
});

export const breakBuiltin = jump('break');
export const continueBuiltin = jump('continue');

export const returnBuiltin: Builtin = {
  special: true,
  run(shell, argv) {
    if (shell.calls.length === 0 && shell.dialect === 'bash') {
      return refuse(shell, 'return', "can only `return' from a function or sourced script", 2);
    }
    if (argv.length > 2 && shell.dialect === 'bash' && /^[-+]?\d+$/.test(argv[1] as string))
      return chain(
        refuse(shell, 'return', 'too many arguments'),
        (status): Outcome => ({ status, leave: { kind: 'exit' } }),
      );
    return leaving(shell, 'return', argv[1]);
  },
};

export const exitBuiltin: Builtin = {
  special: true,
  run(shell, argv) {
    if (argv.length > 2 && shell.dialect === 'bash' && /^[-+]?\d+$/.test(argv[1] as string))
      return chain(
        refuse(shell, 'exit', 'too many arguments'),
        (status): Outcome => (shell.interactive ? ended(status) : { status, leave: { kind: 'exit' } }),
      );
    if (hasStoppedJobs(shell)) return chain(shell.write(2, 'There are stopped jobs.\n'), () => 1);
    return chain(shell.interactive && shell.dialect === 'bash' ? shell.write(2, 'exit\n') : undefined, () =>
      leaving(shell, 'exit', argv[1]),
    );
  },
};

export const logoutBuiltin: Builtin = {
  dialects: ['bash'],
  run(shell, argv, redirected) {
    if (!shell.login) return refuse(shell, 'logout', "not login shell: use `exit'");
    return exitBuiltin.run(shell, argv, redirected);
  },
};

// The first exit with stopped jobs only warns of them.
function hasStoppedJobs(shell: Shell): boolean {
  if (!shell.interactive || shell.warnedOfJobs) return false;
  shell.warnedOfJobs = shell.jobs.list().some((job) => job.state === 'stopped');
  return shell.warnedOfJobs;
}

function leaving(shell: Shell, kind: 'return' | 'exit', text: string | undefined): Maybe<number | Outcome> {
  if (text === undefined) return { status: shell.state.status, leave: { kind } };
  const valid = shell.dialect === 'bash' ? /^\s*[-+]?\d+\s*$/.test(text) : /^\d+$/.test(text);
  if (valid)
    return { status: Number(BigInt.asUintN(8, BigInt(text.trim().replace(/^\+/, '')))), leave: { kind } };
  if (shell.dialect !== 'bash')
    throw new ShellError(`${kind}: Illegal number: ${text}`, { status: 2, scope: 'shell' });
  return chain(refuse(shell, kind, `${text}: numeric argument required`), () => ({
    status: 2,
    leave: { kind },
  }));
}
