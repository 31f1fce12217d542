// `command &`: a job that the shell does not wait for.

import type { Child } from '../fs/child.ts';
import { O } from '../fs/open-flags.ts';
import { runListItem } from './evaluate.ts';
import { chain, type Maybe } from './maybe.ts';
import { type Outcome, success } from './outcome.ts';
import { startStages } from './pipeline.ts';
import { printStatement } from './print-command.ts';
import type { Shell } from './shell.ts';
import { forkShell, takeOver } from './subshell.ts';
import type { Statement } from './syntax.ts';

export function runBackground(shell: Shell, statement: Statement): Maybe<Outcome> {
  const children = start(shell, statement);
  const job = shell.jobs.add(children, printStatement(statement.command, shell.lines.text));
  const pid = shell.pidOf((children.at(-1) as Child).process);
  shell.state.lastBackground = pid;
  return chain(shell.interactive ? shell.write(2, `[${job.number}] ${pid}\n`) : undefined, () => success);
}

function start(shell: Shell, { command }: Statement): Child[] {
  const background = { ...shell.jobOptions(), foreground: false };
  if (
    command.type === 'Pipeline' &&
    command.prefixes.length === 0 &&
    command.commands.length > 1 &&
    shell.interactive
  ) {
    return startStages(shell, command);
  }
  return [
    forkShell(
      shell,
      (sub) => {
        if (!shell.interactive) withoutKeyboard(sub);
        takeOver(sub, shell, command, false);
        return runListItem(sub, command);
      },
      background,
    ),
  ];
}

// Without job control a background command reads nothing and does not hear Ctrl-C (POSIX 2.9.3.1).
function withoutKeyboard({ process }: Shell): void {
  process.onSignal('SIGINT', 'ignore');
  process.onSignal('SIGQUIT', 'ignore');
  if (process.tryStat('/dev/null') === undefined) return;
  const fd = process.open('/dev/null', O.RDONLY);
  process.dup2(fd, 0);
  if (fd !== 0) process.close(fd);
}
