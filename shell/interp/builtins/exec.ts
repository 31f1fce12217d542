// exec: become another program; without one, keep the redirections.
import type { Outcome } from '../outcome.ts';
import { runProgram } from '../run-program.ts';
import { type Builtin, splitOptions } from './builtin.ts';

export const exec: Builtin = {
  special: true,
  run(shell, argv, redirected) {
    const { operands } = splitOptions(argv.slice(1), 'cl');
    redirected.commit();
    if (operands.length === 0) return 0;
    return runProgram(shell, operands, { exec: true }).then((outcome): Outcome => {
      if (outcome.leave !== undefined || shell.interactive || shell.state.shopted('execfail')) return outcome;
      return { status: outcome.status, leave: { kind: 'exit' } };
    });
  },
};
