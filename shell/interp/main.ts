// The programs `bash` and `sh`: where their commands come from.

import { isFsError } from '../fs/errno.ts';
import { loading } from '../fs/loading.ts';
import { decodeName } from '../fs/name.ts';
import { O } from '../fs/open-flags.ts';
import type { Process, Program } from '../fs/process.ts';
import { assign } from './assign.ts';
import { setLetter, setOption } from './builtins/set.ts';
import { evaluator } from './evaluate.ts';
import { readAll } from './files.ts';
import { countLevel, initialState } from './initial-state.ts';
import { type Invocation, readInvocation, refuseInvocation } from './invocation.ts';
import { ended, type Outcome } from './outcome.ts';
import { type Dialect, Shell } from './shell.ts';
import { ShellError } from './shell-error.ts';
import { runSource } from './source.ts';
import { runStream } from './stream.ts';

/** A shell of that dialect as a program. */
export const shellProgram =
  (dialect: Dialect): Program =>
  (process, argv) =>
    runShell(process, argv, dialect);

/** Runs a shell to its end; gives its exit status. */
export async function runShell(process: Process, argv: readonly string[], dialect: Dialect): Promise<number> {
  const invocation = readInvocation(argv, dialect);
  const name = argv[0] ?? dialect;
  if (invocation.bad !== undefined) return refuseInvocation(process, name, invocation.bad, dialect);
  const script =
    invocation.command === undefined && !invocation.fromInput ? invocation.operands[0] : undefined;
  const terminal = process.tty(0) !== undefined && process.tty(2) !== undefined;
  const interactive =
    invocation.interactive || (invocation.command === undefined && script === undefined && terminal);
  const origin = invocation.command !== undefined ? 'c' : script === undefined ? 's' : '';
  const shell = new Shell({
    process,
    dialect,
    evaluator,
    state: initialState(process, dialect, interactive),
    origin,
  });
  shell.interactive = interactive;
  if (!interactive) shell.traps.begin();
  shell.login = invocation.login;
  shell.state.secondsBase = shell.now();
  shell.state.name =
    origin === 's' ? name : origin === 'c' ? (invocation.operands[0] ?? name) : (script as string);
  shell.state.positional = origin === 's' ? invocation.operands : invocation.operands.slice(1);
  for (const [letter, on] of invocation.letters)
    if (!setLetter(shell, letter, on)) return refuseInvocation(process, name, `-${letter}`, dialect);
  for (const [option, on] of invocation.names)
    if (!setOption(shell, option, on)) shell.state.shopt.set(option, on);
  setDirectory(shell);
  const outcome = await guard(shell, () => runFrom(shell, invocation, script));
  return shell.traps.runExit(ended(outcome));
}

async function guard(shell: Shell, run: () => Promise<Outcome | number>): Promise<number> {
  try {
    const result = await run();
    return typeof result === 'number' ? result : result.status;
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    await shell.complain(error.message);
    return error.status;
  }
}

async function runFrom(
  shell: Shell,
  { command }: Invocation,
  script: string | undefined,
): Promise<Outcome | number> {
  if (command !== undefined) return runSource(shell, command, { mayExec: true });
  if (script !== undefined) return runFile(shell, script);
  if (!shell.interactive) return runStream(shell);
  // The line editor is loaded only where somebody sits at a terminal.
  return (await loading(import('./interactive.ts'))).runInteractive(shell);
}

async function runFile(shell: Shell, path: string): Promise<Outcome | number> {
  const { process } = shell;
  try {
    if (process.stat(path).kind === 'directory') return cannotRun(shell, path, 'Is a directory', 126);
    const fd = process.open(path, O.RDONLY | O.CLOEXEC);
    const bytes = await readAll(process, fd);
    process.close(fd);
    const text = decodeName(bytes);
    if (text.slice(0, 256).includes('\0')) return cannotRun(shell, path, 'cannot execute binary file', 126);
    return await runSource(shell, text);
  } catch (error) {
    if (!isFsError(error)) throw error;
    return cannotRun(shell, path, error.message, error.code === 'ENOENT' ? 127 : 126);
  }
}

async function cannotRun(shell: Shell, path: string, reason: string, status: number): Promise<number> {
  const shown = shell.process.argv[0] ?? shell.dialect;
  if (shell.dialect === 'bash') await shell.write(2, `${shown}: ${path}: ${reason}\n`);
  else
    await shell.write(
      2,
      shell.dialect === 'dash'
        ? `${shown}: 0: cannot open ${path}: ${reason === 'No such file or directory' ? 'No such file' : reason}\n`
        : `${shown}: can't open '${path}': ${reason}\n`,
    );
  return shell.dialect === 'bash' ? status : 2;
}

// PWD from the environment holds only when it names the directory the process is in.
function setDirectory(shell: Shell): void {
  const { process } = shell;
  const { variables } = shell.state;
  const claimed = variables.scalar('PWD');
  const here = process.tryStat('.');
  const there = claimed?.startsWith('/') ? process.tryStat(claimed) : undefined;
  const valid = here !== undefined && there !== undefined && here.ino === there.ino && here.dev === there.dev;
  try {
    if (!valid) assign(shell, 'PWD', process.getcwd());
  } catch (error) {
    if (!isFsError(error)) throw error;
  }
  variables.ensure('PWD').exported = true;
  if (shell.dialect === 'ash') countLevel(variables);
  if (shell.dialect === 'bash') variables.ensure('OLDPWD').exported = true;
}
