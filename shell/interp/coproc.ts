// coproc: a command in the background with a pipe to its input and one from its output, in an array's elements.
import type { Child } from '../fs/child.ts';
import { runNode, runStatements } from './evaluate.ts';
import { chain, type Maybe } from './maybe.ts';
import { type Outcome, success } from './outcome.ts';
import type { Shell } from './shell.ts';
import { forkShell } from './subshell.ts';
import type { CommandNode } from './syntax.ts';

/** Where bash puts the ends it keeps: reading from the coprocess, and writing to it. */
const KEPT = [63, 60] as const;

export function runCoproc(shell: Shell, node: Extract<CommandNode, { type: 'Coproc' }>): Maybe<Outcome> {
  const { process } = shell;
  const [input, toInput] = process.pipe();
  const [fromOutput, output] = process.pipe();
  const child = forkShell(
    shell,
    (sub) => {
      sub.process.dup2(input, 0);
      sub.process.dup2(output, 1);
      for (const fd of [input, toInput, fromOutput, output]) sub.process.close(fd);
      return node.body.type === 'CompoundList'
        ? runStatements(sub, node.body.commands)
        : runNode(sub, node.body);
    },
    { ...shell.jobOptions(), foreground: false },
  );
  const kept = [fromOutput, toInput].map((fd, i) => {
    const high = process.dup(fd, KEPT[i] as number);
    process.setCloseOnExec(high, true);
    return String(high);
  });
  for (const fd of [input, toInput, fromOutput, output]) process.close(fd);
  const name = node.name?.text ?? 'COPROC';
  const job = shell.jobs.add([child], shell.textOf(node));
  const pid = shell.pidOf((child as Child).process);
  shell.state.lastBackground = pid;
  const { variables } = shell.state;
  Object.assign(variables.ensure(name), { value: undefined, indexed: new Map(kept.entries()) });
  variables.put(`${name}_PID`, String(pid));
  return chain(shell.interactive ? shell.write(2, `[${job.number}] ${pid}\n`) : undefined, () => success);
}
