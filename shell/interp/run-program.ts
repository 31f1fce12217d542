// Starting programs: a new process for the file that PATH gives, and each shell's words when that fails.

import type { Child, SpawnOptions } from '../fs/child.ts';
import { type FsError, isFsError } from '../fs/errno.ts';
import { decodeName } from '../fs/name.ts';
import { O } from '../fs/open-flags.ts';
import { shellStatus } from '../fs/signal.ts';
import { waitForeground } from './foreground.ts';
import { callFunction } from './function.ts';
import { findForbidden, findProgram } from './lookup.ts';
import { runShell } from './main.ts';
import { ended, type Outcome } from './outcome.ts';
import { quoteForReuse } from './quote.ts';
import type { Shell } from './shell.ts';
import type { ShellFunction } from './shell-state.ts';
import { forkError, forkShell } from './subshell.ts';

export interface ProgramOptions {
  /** Variables for this program alone. */
  extra?: ReadonlyMap<string, string>;
  /** Become the program instead of starting a child. */
  exec?: boolean;
  /** argv[0], where it is not the name (exec -a, -l). */
  zero?: string;
  /** Start it without an environment (exec -c). */
  bare?: boolean;
  /** Called as soon as the child has its descriptors. */
  started?: () => void;
}

export async function runProgram(
  shell: Shell,
  argv: readonly string[],
  options: ProgramOptions = {},
): Promise<Outcome> {
  const name = argv[0] as string;
  const path = name === '' ? undefined : findProgram(shell, name, options.extra?.get('PATH'));
  if (path === undefined) return notFound(shell, argv);
  const env = options.bare ? new Map<string, string>() : shell.environment(options.extra);
  if (shell.dialect === 'bash' && !options.bare) env.set('_', path);
  try {
    if (options.exec) {
      for (const signal of shell.traps.forChildren()) shell.process.onSignal(signal, 'default');
      const status = await shell.process.exec(path, [options.zero ?? name, ...argv.slice(1)], env);
      return { status, leave: { kind: 'exit' } };
    }
    const child = shell.process.spawn(path, argv, { env, ...groupOf(shell) });
    options.started?.();
    return ended(shellStatus(await waitForeground(shell, [child], () => shell.commandText())));
  } catch (error) {
    if (!isFsError(error)) throw error;
    if (options.exec && shell.interactive) shell.traps.installInteractive();
    if (error.code === 'EAGAIN') {
      const refusal = forkError(shell, error.message);
      if (shell.dialect !== 'bash') throw refusal;
      await shell.complain(refusal.message);
      return ended(refusal.status);
    }
    if (error.code === 'ENOEXEC') return runText(shell, path, argv, env, options);
    const called = options.zero !== undefined && shell.dialect === 'dash' ? `exec: ${name}` : name;
    const outcome = await refused(shell, path, called, error);
    if (options.zero !== undefined && shell.dialect === 'bash' && error.code !== 'ENOENT')
      await shell.complain(
        `exec: ${path}: cannot execute: ${isDirectory(shell, path) ? 'Is a directory' : error.message}`,
      );
    return outcome;
  }
}

const groupOf = (shell: Shell): SpawnOptions =>
  shell.interactive ? { newGroup: true, defaultSignals: shell.traps.forChildren() } : {};

const HANDLER = 'command_not_found_handle';

/** bash lets a function of that name answer for a missing command, in a process of its own. */
async function askHandler(shell: Shell, handler: ShellFunction, argv: readonly string[]): Promise<Outcome> {
  const child = forkShell(shell, (sub) => callFunction(sub, handler, [HANDLER, ...argv]), shell.jobOptions());
  return ended(shellStatus(await waitForeground(shell, [child], () => shell.commandText())));
}

async function notFound(shell: Shell, argv: readonly string[]): Promise<Outcome> {
  const name = argv[0] as string;
  if (shell.dialect === 'bash') {
    const handler = shell.state.functions.get(HANDLER);
    if (handler !== undefined && name !== '') return askHandler(shell, handler, argv);
    if (name !== '' && findForbidden(shell, name) !== undefined) {
      await shell.complain(`${findForbidden(shell, name)}: Permission denied`);
      return ended(126);
    }
    const hasPath = shell.state.variables.get('PATH') !== undefined;
    // What cannot be printed is quoted.
    const shown = /[\x00-\x1f\x7f]/.test(name) ? quoteForReuse(name) : name;
    await shell.complain(`${shown}: ${hasPath ? 'command not found' : 'No such file or directory'}`);
    return ended(127);
  }
  const forbidden = name === '' || findForbidden(shell, name) !== undefined;
  await shell.complain(forbidden ? `${name}: Permission denied` : `${name}: not found`);
  return ended(127);
}

/** The words and the status for a file that would not start. */
async function refused(shell: Shell, path: string, name: string, error: FsError): Promise<Outcome> {
  const missing = error.code === 'ENOENT';
  const status = missing ? 127 : 126;
  if (shell.dialect !== 'bash') {
    await shell.complain(`${name}: ${missing || error.code === 'ENOTDIR' ? 'not found' : error.message}`);
    return ended(error.code === 'ENOTDIR' ? 127 : status);
  }
  const interpreter = missing ? missingInterpreter(shell, path) : undefined;
  if (interpreter !== undefined) {
    await shell.complain(`${path}: cannot execute: required file not found`);
    return ended(127);
  }
  await shell.complain(`${path}: ${isDirectory(shell, path) ? 'Is a directory' : error.message}`);
  return ended(status);
}

const isDirectory = (shell: Shell, path: string): boolean =>
  shell.process.tryStat(path)?.kind === 'directory';

function missingInterpreter(shell: Shell, path: string): string | undefined {
  if (shell.process.tryStat(path) === undefined) return undefined;
  const [line = ''] = headOf(shell, path).split('\n', 1);
  return /^#!\s*(\S+)/.exec(line)?.[1];
}

function headOf(shell: Shell, path: string): string {
  try {
    const fd = shell.process.open(path, O.RDONLY);
    const bytes = shell.process.pread(fd, 256, 0);
    shell.process.close(fd);
    return decodeName(bytes);
  } catch (error) {
    if (isFsError(error)) return '';
    throw error;
  }
}

// A text without #! is a script for the shell that found it.
async function runText(
  shell: Shell,
  path: string,
  argv: readonly string[],
  env: Map<string, string>,
  options: ProgramOptions,
): Promise<Outcome> {
  if (headOf(shell, path).includes('\0')) {
    await shell.complain(
      shell.dialect === 'bash'
        ? `${path}: cannot execute binary file: Exec format error`
        : `${argv[0]}: Exec format error`,
    );
    return ended(126);
  }
  const child: Child = shell.process.fork((process) => {
    for (const fd of shell.keptAside) process.close(fd);
    process.env = env;
    process.argv = argv;
    return runShell(process, [shell.state.name, path, ...argv.slice(1)], shell.dialect);
  }, groupOf(shell));
  options.started?.();
  return ended(shellStatus(await waitForeground(shell, [child], () => shell.commandText())));
}
