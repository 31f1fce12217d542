// Subshells: a forked process that runs part of the script in a copy of the shell.

import type { Child, SpawnOptions } from '../fs/child.ts';
import { isFsError } from '../fs/errno.ts';
import type { JobOptions } from './jobs.ts';
import { chain, type Maybe } from './maybe.ts';
import type { Outcome } from './outcome.ts';
import type { Shell } from './shell.ts';
import { ShellError } from './shell-error.ts';

/** Forks; `body` runs in the child with a copy of the shell. The EXIT trap set there runs at its end. */
export function forkShell(
  shell: Shell,
  body: (sub: Shell) => Maybe<Outcome>,
  { leader, ...options }: JobOptions = {},
): Child {
  try {
    return fork(shell, body, leader, options);
  } catch (error) {
    if (!isFsError(error, 'EAGAIN')) throw error;
    throw forkError(shell, error.message);
  }
}

/** There may be no more processes: that ends the shell. */
export const forkError = ({ dialect }: Shell, reason: string): ShellError => {
  const words = { bash: `fork: retry: ${reason}`, dash: 'Cannot fork', ash: `can't fork: ${reason}` };
  return new ShellError(words[dialect], { status: dialect === 'bash' ? 254 : 2, scope: 'shell' });
};

function fork(
  shell: Shell,
  body: (sub: Shell) => Maybe<Outcome>,
  leader: Child | undefined,
  options: SpawnOptions,
): Child {
  return shell.process.fork(
    (process) => {
      if (leader !== undefined) process.group = leader.process.group;
      const sub = shell.forked(process);
      return chain(body(sub), (outcome) => sub.traps.runExit(outcome));
    },
    { ...options, defaultSignals: shell.traps.forChildren() },
  );
}

/** In a process that was forked for this command alone, `joined` in a pipeline. */
export function takeOver(sub: Shell, parent: Shell, node: { readonly type: string }, joined: boolean): void {
  sub.execNext = takesOver(node);
  if (sub.dialect !== 'bash' || node.type !== 'Command') return;
  const level = parent.subshellLevel;
  sub.becoming = { level, shown: joined ? level : level + 1, exitAction: parent.state.traps.get('EXIT') };
}

/** Whether a command can have the process it is the last thing in: a program by exec, a subshell without a fork. */
export const takesOver = (node: { readonly type: string }): boolean =>
  node.type === 'Command' || node.type === 'Subshell';
