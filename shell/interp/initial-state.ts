// What a shell begins with: the variables and functions of the environment, and its own.

import type { Process } from '../fs/process.ts';
import type { Dialect } from './shell.ts';
import { ShellState } from './shell-state.ts';
import { SourceLines } from './source-lines.ts';
import { parse } from './syntax.ts';
import { isName, type Variables } from './variables.ts';

/** The environment as variables, and the shell's own on top. */
export function initialState(process: Process, dialect: Dialect, interactive: boolean): ShellState {
  const state = new ShellState();
  const { variables } = state;
  for (const [name, value] of process.env) {
    if (dialect === 'bash' && /^BASH_FUNC_.+%%$/.test(name)) importFunction(state, name.slice(10, -2), value);
    if (!isName(name)) continue;
    const variable = variables.ensure(name);
    variable.value = value;
    variable.exported = true;
  }
  variables.put('IFS', ' \t\n');
  preset(variables, 'PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin');
  variables.put('PPID', String(parentNumber(process)));
  variables.put('OPTIND', '1');
  preset(variables, 'PS4', '+ ');
  if (dialect === 'bash') initializeBash(state, process, interactive);
  else {
    preset(variables, 'PS1', dialect === 'ash' ? '\\w \\$ ' : process.cred.uid === 0 ? '# ' : '$ ');
    preset(variables, 'PS2', '> ');
  }
  return state;
}

/** What the environment says goes first. */
function preset(variables: Variables, name: string, value: string): void {
  if (variables.get(name)?.value === undefined) variables.put(name, value);
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
  for (const option of ['braceexpand', 'hashall', 'interactive-comments']) options.add(option);
  if (interactive) {
    for (const option of ['emacs', 'histexpand', 'history', 'monitor']) options.add(option);
    state.shopt.set('expand_aliases', true);
    preset(variables, 'PS1', '\\s-\\v\\$ ');
    preset(variables, 'PS2', '> ');
    preset(variables, 'HISTSIZE', '500');
    preset(variables, 'HISTFILESIZE', '500');
  }
  preset(variables, 'BASH_VERSION', '5.2.15(1)-release');
  preset(variables, 'BASH', '/bin/bash');
  preset(variables, 'HOSTNAME', process.uts.hostname);
  preset(variables, 'HOSTTYPE', 'x86_64');
  preset(variables, 'MACHTYPE', 'x86_64-pc-linux-gnu');
  preset(variables, 'OSTYPE', 'linux-gnu');
  countLevel(variables);
  const versions = variables.ensure('BASH_VERSINFO');
  versions.indexed = new Map(
    ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'].map((part, i) => [i, part]),
  );
  versions.readonly = true;
  for (const name of ['UID', 'EUID']) {
    variables.put(name, String(process.cred.uid));
    const variable = variables.ensure(name);
    variable.readonly = variable.integer = true;
  }
  const parent = variables.ensure('PPID');
  parent.readonly = parent.integer = true;
  variables.ensure('OPTIND').integer = true;
  preset(variables, 'OPTERR', '1');
}

// How many shells deep this one is; dash does not count.
export function countLevel(variables: Variables): void {
  const level = variables.ensure('SHLVL');
  level.value = String((Number.parseInt(level.value ?? '0', 10) || 0) + 1);
  level.exported = true;
}
