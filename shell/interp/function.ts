// Functions: definition and calls.
import { hideTraps } from './command-traps.ts';
import { runNode } from './evaluate.ts';
import { chain, type Maybe } from './maybe.ts';
import { ended, type Outcome, success } from './outcome.ts';
import type { Call, Shell } from './shell.ts';
import { ShellError } from './shell-error.ts';
import type { ShellFunction } from './shell-state.ts';
import type { CommandNode, FunctionNode } from './syntax.ts';

const DEEPEST = 2000;
/** So many calls may nest before the native stack gets a fresh start. */
const STACK_SLICE = 40;

/** Its attributes outlive its text. */
export function defineFunction(shell: Shell, node: FunctionNode): Maybe<Outcome> {
  const name = node.name.text;
  const { functions } = shell.state;
  const former = functions.get(name);
  if (former?.readonly) return chain(shell.complain(`${name}: readonly function`), () => ended(1));
  functions.set(name, { ...former, name, node, source: shell.lines, file: shell.currentFile() });
  return success;
}

export function callFunction(shell: Shell, called: ShellFunction, argv: readonly string[]): Maybe<Outcome> {
  const limit = Number(shell.state.variables.scalar('FUNCNEST') ?? 0) || DEEPEST;
  if (shell.calls.length >= limit)
    throw new ShellError(`${called.name}: maximum function nesting level exceeded (${limit})`);
  const { state, lines, at, loopDepth } = shell;
  const { positional } = state;
  shell.calls.push({ name: called.name, file: called.file, line: shell.line() });
  state.variables.enterFunction();
  state.positional = argv.slice(1);
  shell.lines = called.source;
  shell.loopDepth = 0;
  const showTraps = hideTraps(shell, called.traced ? ['DEBUG', 'RETURN'] : []);
  const leave = (): void => {
    showTraps();
    const { options } = shell.calls.pop() as Call;
    if (options !== undefined) state.options = options;
    state.variables.leaveFunction();
    state.positional = positional;
    shell.lines = lines;
    shell.at = at;
    shell.loopDepth = loopDepth;
  };
  return finallyDo(
    () =>
      chain(shell.calls.length % STACK_SLICE === 0 ? freshStack() : undefined, () =>
        chain(runBody(shell, called), (outcome) => afterCall(shell, outcome)),
      ),
    leave,
  );
}

const freshStack = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function runBody(shell: Shell, { node, traced }: ShellFunction): Maybe<Outcome> {
  const { body } = node;
  if ((traced || shell.state.has('functrace')) && shell.state.traps.has('DEBUG'))
    return shell.traps.runAction('DEBUG').then(() => runNode(shell, body as CommandNode));
  return body.type === 'CompoundList' ? success : runNode(shell, body);
}

/** Runs the RETURN trap at the end of a function or a sourced file. */
export async function returnTrap(shell: Shell, outcome: Outcome): Promise<Outcome> {
  await shell.traps.runAction('RETURN');
  return outcome;
}

function afterCall(shell: Shell, outcome: Outcome): Maybe<Outcome> {
  const result = outcome.leave?.kind === 'return' ? ended(outcome.status) : outcome;
  // What ends the line or the shell is no return.
  if (result.leave?.kind === 'exit' || result.leave?.kind === 'abandon') return result;
  return shell.state.traps.has('RETURN') ? returnTrap(shell, result) : result;
}

/** try/finally over a value that may have to be waited for. */
export function finallyDo<T>(run: () => Maybe<T>, clean: () => void): Maybe<T> {
  let result: Maybe<T>;
  try {
    result = run();
  } catch (error) {
    clean();
    throw error;
  }
  if (result instanceof Promise) return result.finally(clean);
  clean();
  return result;
}
