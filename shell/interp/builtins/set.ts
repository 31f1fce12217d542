// set: options and positional parameters; without arguments, the variables.
import { settingOf } from '../declaration.ts';
import { functionText } from '../function-text.ts';
import { chain, type Maybe } from '../maybe.ts';
import { dashOptions, isOptionName, optionByLetter, optionLetters } from '../options.ts';
import { singleQuote } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { ShellError } from '../shell-error.ts';
import { type Builtin, print } from './builtin.ts';
import { showUsage } from './usage.ts';

export const set: Builtin = {
  special: true,
  run(shell, argv) {
    if (argv.length === 1) return print(shell, 'set', variableListing(shell));
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] as string;
      if (word === '--') return positional(shell, argv.slice(at + 1));
      if (word === '-') {
        shell.state.options.delete('xtrace');
        shell.state.options.delete('verbose');
        return at + 1 < argv.length ? positional(shell, argv.slice(at + 1)) : 0;
      }
      if (!/^[-+]./.test(word)) return positional(shell, argv.slice(at));
      const on = word.startsWith('-');
      for (const letter of word.slice(1)) {
        if (letter === 'o') {
          const name = argv[at + 1];
          if (name === undefined) return print(shell, 'set', optionListing(shell, on));
          at++;
          if (!setOption(shell, name, on)) return badName(shell, name);
        } else if (!setLetter(shell, letter, on)) return badLetter(shell, letter, on);
      }
    }
    return 0;
  },
};

function positional(shell: Shell, words: readonly string[]): number {
  shell.state.positional = words;
  return 0;
}

/** Sets an option by name; false when there is none. */
export function setOption(shell: Shell, name: string, on: boolean): boolean {
  const known =
    shell.dialect === 'bash'
      ? isOptionName(name)
      : dashOptions.some(([option]) => option === name) || (name === 'pipefail' && shell.dialect === 'ash');
  if (!known) return false;
  if (on) shell.state.options.add(name);
  else shell.state.options.delete(name);
  return true;
}

export function setLetter(shell: Shell, letter: string, on: boolean): boolean {
  const name =
    shell.dialect === 'bash' ? optionByLetter(letter) : dashOptions.find(([, flag]) => flag === letter)?.[0];
  return name !== undefined && setOption(shell, name, on);
}

function badName(shell: Shell, name: string): Maybe<number> {
  if (shell.dialect === 'ash') return chain(shell.complain(`set: Illegal option -o ${name}`), () => 0);
  if (shell.dialect !== 'bash')
    throw new ShellError(`set: Illegal option -o ${name}`, { status: 2, scope: 'shell' });
  return chain(shell.complain(`set: ${name}: invalid option name`), () => 2);
}

function badLetter(shell: Shell, letter: string, on: boolean): Maybe<number> {
  const shown = `${on ? '-' : '+'}${letter}`;
  if (shell.dialect !== 'bash')
    throw new ShellError(`set: Illegal option ${shown}`, { status: 2, scope: 'shell' });
  return chain(shell.complain(`set: ${shown}: invalid option`), () => showUsage(shell, 'set'));
}

/** What `set` and `declare` show without arguments. */
export function variableListing(shell: Shell): string {
  const { variables, functions } = shell.state;
  const lines = variables.names().flatMap((name) => {
    const variable = variables.get(name);
    if (variable === undefined) return [];
    if (shell.dialect !== 'bash')
      return variable.value === undefined ? [] : [`${name}=${singleQuote(variable.value)}`];
    return settingOf(name, variable) ?? [];
  });
  if (shell.dialect === 'bash')
    for (const name of [...functions.keys()].sort()) lines.push(functionText(shell.state, name));
  return lines.map((line) => `${line}\n`).join('');
}

const ASH_ORDER =
  'errexit noglob ignoreeof monitor noexec xtrace verbose noclobber allexport notify nounset errtrace vi pipefail'.split(
    ' ',
  );

function optionListing(shell: Shell, readable: boolean): string {
  const names =
    shell.dialect === 'bash'
      ? Object.keys(optionLetters).sort()
      : shell.dialect === 'ash'
        ? ASH_ORDER
        : dashOptions.map(([name]) => name);

  const { state } = shell;
  if (!readable) return names.map((name) => `set ${state.has(name) ? '-' : '+'}o ${name}\n`).join('');
  if (shell.dialect === 'bash')
    return names.map((name) => `${name.padEnd(15)}\t${state.has(name) ? 'on' : 'off'}\n`).join('');
  return `${shell.dialect === 'dash' ? 'Current option settings\n' : ''}${names.map((name) => `${name.padEnd(15)} ${state.has(name) ? 'on' : 'off'}\n`).join('')}`;
}
