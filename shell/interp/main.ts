// The programs `bash` and `sh`: their options, where commands come from, and the state they start with.

import { isFsError } from '../fs/errno.ts';
import { loading } from '../fs/loading.ts';
import { decodeName } from '../fs/name.ts';
import { O } from '../fs/open-flags.ts';
import type { Process, Program } from '../fs/process.ts';
import { assign } from './assign.ts';
import { setLetter, setOption } from './builtins/set.ts';
import { evaluator } from './evaluate.ts';
import { readAll } from './files.ts';
import type { Outcome } from './outcome.ts';
import { type Dialect, Shell } from './shell.ts';
import { ShellError } from './shell-error.ts';
import { ShellState } from './shell-state.ts';
import { runSource } from './source.ts';
import { SourceLines } from './source-lines.ts';
import { runStream } from './stream.ts';
import { parse } from './syntax.ts';
import { isName } from './variables.ts';

/** A shell of that dialect as a program. */
export const shellProgram =
  (dialect: Dialect): Program =>
  (process, argv) =>
    runShell(process, argv, dialect);

interface Invocation {
  command: string | undefined;
  /** Read commands from standard input although there are operands (-s). */
  fromInput: boolean;
  interactive: boolean;
  login: boolean;
  letters: [letter: string, on: boolean][];
  names: [name: string, on: boolean][];
  operands: readonly string[];
  bad?: string;
}

const LONG = new Set(['login', 'norc', 'noprofile', 'posix', 'noediting', 'restricted', 'verbose']);

function readInvocation(argv: readonly string[], dialect: Dialect): Invocation {
  const found: Invocation = {
    command: undefined,
    fromInput: false,
    interactive: false,
    login: /^-/.test(argv[0] ?? ''),
    letters: [],
    names: [],
    operands: [],
  };
  let wantsCommand = false;
  let at = 1;
  for (; at < argv.length; at++) {
    const word = argv[at] as string;
    if (word === '--' || word === '-') {
      at++;
      break;
    }
    if (word.startsWith('--') && dialect === 'bash') {
      if (!LONG.has(word.slice(2))) return { ...found, bad: word };
      found.login ||= word === '--login';
      continue;
    }
    if (!/^[-+]./.test(word)) break;
    const on = word.startsWith('-');
    for (const letter of word.slice(1)) {
      if (letter === 'c') wantsCommand = true;
      else if (letter === 's') found.fromInput = true;
      else if (letter === 'i') found.interactive = true;
      else if (letter === 'l') found.login = true;
      else if (letter === 'o' || (letter === 'O' && dialect === 'bash'))
        found.names.push([argv[++at] ?? '', on]);
      else found.letters.push([letter, on]);
    }
  }
  found.operands = argv.slice(at);
  if (wantsCommand) {
    found.command = found.operands[0];
    found.operands = found.operands.slice(1);
    if (found.command === undefined) found.bad = '-c';
  }
  return found;
}

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
  return shell.traps.runExit(outcome);
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

async function refuseInvocation(
  process: Process,
  name: string,
  bad: string,
  dialect: Dialect,
): Promise<number> {
  const text =
    bad === '-c'
      ? dialect === 'dash'
        ? `${name}: 0: -c requires an argument\n`
        : `${name}: -c: option requires an argument\n`
      : dialect === 'dash'
        ? `${name}: 0: Illegal option ${bad}\n`
        : `${name}: ${bad}: invalid option\n`;
  await process.write(2, new TextEncoder().encode(text));
  return 2;
}

/** The environment as variables, and the shell's own on top. */
function initialState(process: Process, dialect: Dialect, interactive: boolean): ShellState {
  const state = new ShellState();
  const { variables } = state;
  for (const [name, value] of process.env) {
    if (dialect === 'bash' && /^BASH_FUNC_.+%%$/.test(name)) importFunction(state, name.slice(10, -2), value);
    if (!isName(name)) continue;
    const variable = variables.ensure(name);
    variable.value = value;
    variable.exported = true;
  }
  const own = (name: string, value: string): void => {
    if (variables.get(name)?.value === undefined) variables.put(name, value);
  };
  variables.put('IFS', ' \t\n');
  own(
    'PATH',
    dialect === 'bash'
      ? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
      : '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  );
  variables.put('PPID', String(parentNumber(process)));
  variables.put('OPTIND', '1');
  own('PS4', '+ ');
  if (dialect === 'bash') initializeBash(state, process, interactive);
  else {
    own('PS1', dialect === 'ash' ? '\\w \\$ ' : process.cred.uid === 0 ? '# ' : '$ ');
    own('PS2', '> ');
  }
  return state;
}

/** A function that another bash has exported. */
function importFunction(state: ShellState, name: string, text: string): void {
  const source = `${name} ${text}`;
  const command = parse(source).script.commands[0]?.command;
  if (command?.type !== 'Function') return;
  state.functions.set(name, {
    name,
    node: command,
    source: new SourceLines(source),
    file: 'environment',
    exported: true,
  });
}

// The parent's pid as the process's own pid namespace counts; 0 when it is outside.
function parentNumber(process: Process): number {
  if (process.container === undefined) return process.ppid;
  const parent = process.kernel.processes.get(process.ppid);
  return parent?.pids === process.pids ? parent.nspid : 0;
}

function initializeBash(state: ShellState, process: Process, interactive: boolean): void {
  const { variables, options } = state;
  const own = (name: string, value: string): void => {
    if (variables.get(name)?.value === undefined) variables.put(name, value);
  };
  for (const option of ['braceexpand', 'hashall', 'interactive-comments']) options.add(option);
  if (interactive) {
    for (const option of ['emacs', 'histexpand', 'history', 'monitor']) options.add(option);
    state.shopt.set('expand_aliases', true);
    own('PS1', '\\s-\\v\\$ ');
    own('PS2', '> ');
    own('HISTSIZE', '500');
    own('HISTFILESIZE', '500');
  }
  own('BASH_VERSION', '5.2.15(1)-release');
  own('BASH', '/bin/bash');
  own('HOSTNAME', process.uts.hostname);
  own('HOSTTYPE', 'x86_64');
  own('MACHTYPE', 'x86_64-pc-linux-gnu');
  own('OSTYPE', 'linux-gnu');
  countLevel(variables);
  const versions = variables.ensure('BASH_VERSINFO');
  versions.indexed = new Map(
    ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'].map((part, i) => [i, part]),
  );
  versions.readonly = true;
  for (const [name, value] of [
    ['UID', process.cred.uid],
    ['EUID', process.cred.uid],
  ] as const) {
    variables.put(name, String(value));
    const variable = variables.ensure(name);
    variable.readonly = variable.integer = true;
  }
  variables.ensure('PPID').readonly = true;
}

// How many shells deep this one is; dash does not count.
function countLevel(variables: ShellState['variables']): void {
  const level = variables.ensure('SHLVL');
  level.value = String((Number.parseInt(level.value ?? '0', 10) || 0) + 1);
  level.exported = true;
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
