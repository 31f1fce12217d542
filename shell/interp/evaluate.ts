// The evaluator: statements, and-or lists, and the table from kinds of commands to what runs them.
// Everything here stays synchronous until something has to be waited for (maybe.ts).
import { isFsError } from '../fs/errno.ts';
import { runBackground } from './background.ts';
import { runCase } from './case.ts';
import { runArithmetic, runGroup, runIf, runRedirected, runSubshell, runTest } from './compound.ts';
import { runCoproc } from './coproc.ts';
import { defineFunction } from './function.ts';
import { runArithmeticFor, runFor, runSelect, runWhile } from './loops.ts';
import { chain, type Maybe } from './maybe.ts';
import { ended, type Outcome, success } from './outcome.ts';
import { runPipeline } from './pipeline.ts';
import type { Evaluator, Shell } from './shell.ts';
import { type ErrorScope, ShellError } from './shell-error.ts';
import { runCommand } from './simple-command.ts';
import type { AndOr, CommandNode, CompoundList, PipelineNode, Statement } from './syntax.ts';

export const evaluator: Evaluator = { script: (shell, script) => runStatements(shell, script.commands) };

/** Runs a list; stops where control leaves it. */
export function runStatements(
  shell: Shell,
  statements: readonly Statement[],
  from = 0,
  last: Outcome = success,
): Maybe<Outcome> {
  let outcome = last;
  for (let i = from; i < statements.length; i++) {
    const result = betweenCommands(shell) ?? runStatement(shell, statements[i] as Statement);
    if (result instanceof Promise) {
      return result.then((next) =>
        next === RESUME
          ? runStatements(shell, statements, i, outcome)
          : next.leave
            ? next
            : runStatements(shell, statements, i + 1, next),
      );
    }
    outcome = result;
    if (outcome.leave !== undefined) return outcome;
  }
  return shell.traps.waiting ? afterTraps(shell, outcome) : outcome;
}

/** Signals that came with the last command of a list have their traps too. */
async function afterTraps(shell: Shell, outcome: Outcome): Promise<Outcome> {
  await shell.traps.run();
  return shell.traps.takeDeparture() ?? outcome;
}

export const runList = (shell: Shell, list: CompoundList): Maybe<Outcome> =>
  runStatements(shell, list.commands);

const RESUME: Outcome = { status: -1 };

/** Signals, traps and the event loop get their turn; an outcome when that ends the list. */
function betweenCommands(shell: Shell): Maybe<Outcome> | undefined {
  if (shell.interrupted) return { status: 130, leave: { kind: 'abandon' } };
  const departure = shell.traps.takeDeparture();
  if (departure !== undefined) return departure;
  if (shell.traps.waiting) return shell.traps.run().then(() => RESUME);
  return shell.process.breathe()?.then(() => RESUME);
}

function runStatement(shell: Shell, statement: Statement): Maybe<Outcome> {
  if (shell.state.has('noexec') && !shell.interactive) return success;
  if (statement.background) return runBackground(shell, statement);
  return runListItem(shell, statement.command);
}

/** A pipeline or and-or list in the foreground. */
export function runListItem(shell: Shell, node: PipelineNode | AndOr): Maybe<Outcome> {
  return node.type === 'AndOr' ? runAndOr(shell, node) : runPipelineNode(shell, node);
}

function runAndOr(shell: Shell, { commands, operators }: AndOr, from = 0, before?: Outcome): Maybe<Outcome> {
  let outcome = before;
  for (let i = from; i < commands.length; i++) {
    if (outcome !== undefined && (outcome.status === 0) !== (operators[i - 1] === '&&')) continue;
    const node = commands[i] as PipelineNode;
    const last = i === commands.length - 1;
    const result = last
      ? runPipelineNode(shell, node)
      : tolerantly(shell, () => runPipelineNode(shell, node));
    if (result instanceof Promise) {
      return result.then((next) =>
        next.leave ? next : runAndOr(shell, { commands, operators } as AndOr, i + 1, next),
      );
    }
    outcome = result;
    if (outcome.leave !== undefined) return outcome;
  }
  return outcome as Outcome;
}

/** Runs something whose failure `set -e` does not mind. */
export function tolerantly(shell: Shell, run: () => Maybe<Outcome>): Maybe<Outcome> {
  shell.tolerance++;
  let result: Maybe<Outcome>;
  try {
    result = run();
  } catch (error) {
    shell.tolerance--;
    throw error;
  }
  if (result instanceof Promise) return result.finally(() => shell.tolerance--);
  shell.tolerance--;
  return result;
}

function runPipelineNode(shell: Shell, node: PipelineNode): Maybe<Outcome> {
  if (node.type === 'Pipeline') {
    const strict = node.prefixes.every((prefix) => prefix.type !== 'Negation');
    return chain(
      strict ? runPipeline(shell, node) : tolerantly(shell, () => runPipeline(shell, node)),
      (outcome) => checkFailure(shell, outcome, strict),
    );
  }
  const checked = isChecked(node);
  const result = runNode(shell, node);
  if (result instanceof Promise) return result.then((outcome) => afterNode(shell, node, outcome, checked));
  return afterNode(shell, node, result, checked);
}

// Groups and loops are not checked themselves: what failed inside already was.
const CHECKED = new Set<CommandNode['type']>(['Command', 'Subshell', 'TestCommand', 'ArithmeticCommand']);

const isChecked = (node: CommandNode): boolean =>
  CHECKED.has(node.type === 'Redirected' ? node.command.type : node.type);

function afterNode(shell: Shell, node: CommandNode, outcome: Outcome, checked: boolean): Maybe<Outcome> {
  const { state } = shell;
  // The trap for what fails is told of a subshell, too.
  if (node.type === 'Subshell' && outcome.status !== 0 && state.traps.has('ERR')) shell.running = node;
  state.status = outcome.status;
  if (checked) state.pipeStatus = [outcome.status];
  return outcome.status !== 0 && checked ? checkFailure(shell, outcome, true) : outcome;
}

/** `set -e` and the ERR trap. */
export function checkFailure(shell: Shell, outcome: Outcome, strict: boolean): Maybe<Outcome> {
  shell.state.status = outcome.status;
  if (outcome.status === 0 || !strict || shell.tolerance > 0 || outcome.leave !== undefined) return outcome;
  const exit = (): Outcome =>
    shell.state.has('errexit') ? { status: outcome.status, leave: { kind: 'exit' } } : outcome;
  return shell.state.traps.has('ERR')
    ? shell.traps.runAction('ERR').then(() => shell.traps.takeDeparture() ?? exit())
    : exit();
}

/** Runs one command of any kind; errors of its expansions become its outcome. */
export function runNode(shell: Shell, node: CommandNode): Maybe<Outcome> {
  try {
    const result = dispatch(shell, node);
    return result instanceof Promise ? result.catch((error) => failed(shell, error)) : result;
  } catch (error) {
    return failed(shell, error);
  }
}

function dispatch(shell: Shell, node: CommandNode): Maybe<Outcome> {
  switch (node.type) {
    case 'Command':
      return runCommand(shell, node);
    case 'Redirected':
      return runRedirected(shell, node, isChecked(node));
    case 'If':
      return runIf(shell, node);
    case 'For':
      return runFor(shell, node);
    case 'ArithmeticFor':
      return runArithmeticFor(shell, node);
    case 'Select':
      return runSelect(shell, node);
    case 'While':
      return runWhile(shell, node);
    case 'Case':
      return runCase(shell, node);
    case 'Subshell':
      return runSubshell(shell, node);
    case 'BraceGroup':
      return runGroup(shell, node.body);
    case 'TestCommand':
      return runTest(shell, node);
    case 'ArithmeticCommand':
      return runArithmetic(shell, node);
    case 'Function':
      return defineFunction(shell, node);
    case 'Coproc':
      return runCoproc(shell, node);
  }
}

/** `ulimit -n` leaves no room for a pipe. */
const withoutPipe = (shell: Shell, message: string): ShellError =>
  shell.dialect === 'dash'
    ? new ShellError('Pipe call failed', { status: 2, scope: 'shell' })
    : new ShellError(`pipe error: ${message}`, { status: 129, scope: 'shell' });

function leaving({ dialect, origin }: Shell, scope: ErrorScope): Outcome['leave'] {
  if (dialect !== 'bash' || scope === 'shell' || (scope === 'script-line' && origin === 'c'))
    return { kind: 'exit' };
  return { kind: 'abandon', outermost: scope === 'script-line' };
}

/** The outcome of an error that an expansion, an assignment or a redirection threw. */
function failed(shell: Shell, error: unknown): Maybe<Outcome> {
  shell.builtin = undefined;
  if (error instanceof RangeError)
    return failed(shell, new ShellError('maximum nesting level exceeded', { scope: 'shell' }));
  if (isFsError(error, 'EINTR')) return ended(130);
  if (isFsError(error, 'EMFILE')) return failed(shell, withoutPipe(shell, error.message));
  if (!(error instanceof ShellError)) throw error;
  const { status } = error;
  return chain(error.message === '' ? undefined : shell.complain(error.message), (): Outcome => {
    shell.state.status = status;
    if (error.scope === 'command') return ended(status);
    return { status, leave: shell.interactive ? { kind: 'abandon' } : leaving(shell, error.scope) };
  });
}
