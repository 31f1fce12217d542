// Compound commands: if, groups, subshells, [[ ]] and (( )). Loops and case have rooms of their own.
import { shellStatus } from '../fs/signal.ts';
import { beforeCommand } from './command-traps.ts';
import { evaluateTest } from './conditional.ts';
import { checkFailure, runList, runNode, runStatements, tolerantly } from './evaluate.ts';
import { evaluateArithmetic } from './expand/arithmetic.ts';
import { expandArithmeticText } from './expand/word.ts';
import { waitForeground } from './foreground.ts';
import { chain, type Maybe } from './maybe.ts';
import { ended, type Outcome, success } from './outcome.ts';
import { printStatement } from './print-command.ts';
import { type Redirected, redirect, redirectChild } from './redirect.ts';
import type { Shell } from './shell.ts';
import { ShellError } from './shell-error.ts';
import { SourceLines } from './source-lines.ts';
import { forkShell } from './subshell.ts';
import type { CommandNode, CompoundList, If, Redirection, SyntaxNode } from './syntax.ts';
import { traceHead } from './xtrace.ts';

type NodeOf<T extends SyntaxNode['type']> = Extract<SyntaxNode, { type: T }>;

export const runGroup = (shell: Shell, body: CompoundList): Maybe<Outcome> => runList(shell, body);

export function runIf(shell: Shell, node: If): Maybe<Outcome> {
  const branches = [{ clause: node.clause, then: node.then }, ...node.elif];
  const tryBranch = (i: number): Maybe<Outcome> => {
    const branch = branches[i];
    if (branch === undefined) return node.else === undefined ? success : runList(shell, node.else);
    return chain(
      tolerantly(shell, () => runList(shell, branch.clause)),
      (test) => (test.leave ? test : test.status === 0 ? runList(shell, branch.then) : tryBranch(i + 1)),
    );
  };
  return tryBranch(0);
}

export async function runSubshell(shell: Shell, node: NodeOf<'Subshell'>): Promise<Outcome> {
  if (shell.execNext) {
    shell.execNext = false;
    shell.subshellLevel++;
    const { status } = await runStatements(shell, node.body.commands);
    return { status, leave: { kind: 'exit' } };
  }
  const child = forkShell(shell, (sub) => runStatements(sub, node.body.commands), shell.jobOptions());
  return ended(
    shellStatus(await waitForeground(shell, [child], () => printStatement(node, shell.lines.text))),
  );
}

export function runTest(shell: Shell, node: NodeOf<'TestCommand'>): Maybe<Outcome> {
  return chain(
    beforeCommand(shell, node),
    (skipped) => skipped ?? chain(evaluateTest(shell, node.expression), (truth) => ended(truth ? 0 : 1)),
  );
}

export function runArithmetic(shell: Shell, node: NodeOf<'ArithmeticCommand'>): Maybe<Outcome> {
  return chain(beforeCommand(shell, node), (skipped) =>
    chain(
      skipped ?? traceHead(shell, ['((', node.body.trim(), '))']),
      () => skipped ?? chain(expandArithmeticText(shell, node.body), (text) => evaluated(shell, text)),
    ),
  );
}

function evaluated(shell: Shell, text: string): Outcome {
  try {
    return ended(evaluateArithmetic(shell, text) === 0n ? 1 : 0);
  } catch (error) {
    // An unset variable under `set -u` ends the shell, in its own words.
    if (!(error instanceof ShellError) || error.scope === 'shell') throw error;
    throw error.from('((').ending('command');
  }
}

/** `checked`: the command's status is looked at afterwards anyway (`set -e`). */
export async function runRedirected(
  shell: Shell,
  { redirects, command }: NodeOf<'Redirected'>,
  checked: boolean,
): Promise<Outcome> {
  let redirected: Redirected;
  try {
    redirected = await redirectWhole(
      shell,
      command,
      redirects,
      command.type === 'Subshell' ? redirectChild : redirect,
    );
  } catch (error) {
    if (checked || !(error instanceof ShellError) || error.scope !== 'command') throw error;
    if (error.message !== '') await shell.complain(error.message);
    return checkFailure(shell, ended(error.status), true);
  }
  try {
    const outcome = await runNode(shell, command);
    redirected.finish(outcome);
    return outcome;
  } catch (error) {
    redirected.undo();
    throw error;
  }
}

// What goes wrong there belongs to the line that ends the whole command; in other shells to the one where it starts.
async function redirectWhole(
  shell: Shell,
  first: CommandNode,
  redirects: readonly Redirection[],
  perform: typeof redirect,
): Promise<Redirected> {
  if (shell.dialect !== 'bash') shell.at = first.pos;
  if (shell.dialect !== 'bash' || shell.calls.length > 0) return perform(shell, redirects);
  const { lines } = shell;
  shell.lines = new SourceLines(lines.text, shell.lastLine, true);
  try {
    return await perform(shell, redirects);
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    await shell.complain(error.message);
    throw new ShellError('', { status: error.status, scope: error.scope });
  } finally {
    shell.lines = lines;
  }
}
