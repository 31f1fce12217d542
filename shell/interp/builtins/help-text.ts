// What `help` prints in bash: the list in two columns, topics in three layouts.

import { searchPath } from '../lookup.ts';
import { chain, type Maybe } from '../maybe.ts';
import type { Outcome } from '../outcome.ts';
import { hasMagic, matches } from '../pattern.ts';
import { runProgram } from '../run-program.ts';
import type { Shell } from '../shell.ts';
import { type Flags, print, refuse } from './builtin.ts';
import { commandsHelp } from './help-commands.ts';
import { languageHelp } from './help-language.ts';
import type { Telling } from './help-telling.ts';
import { variablesHelp } from './help-variables.ts';
import { synopses, type TopicName } from './synopses.ts';

const tellings: Readonly<Record<TopicName, Telling>> = { ...languageHelp, ...variablesHelp, ...commandsHelp };
const names = Object.keys(synopses) as TopicName[];

/** On cowsh's host a program tells about the machine and what it has. */
const HOST_TOPIC = 'cowsh';
const PROGRAM = 'help';

export function showHelp(shell: Shell, { given, operands }: Flags): Maybe<number | Outcome> {
  if (operands.length === 0) return print(shell, 'help', list(shell));
  if (operands.includes(HOST_TOPIC) && hasProgram(shell)) return runProgram(shell, [PROGRAM, HOST_TOPIC]);
  const found = operands.map(named);
  const shown = found
    .flat()
    .map((name) =>
      given.has('d') ? brief(name) : given.has('m') ? page(shell, name) : plain(name, given.has('s')),
    );
  const title = hasMagic(operands[0] as string) ? headline(operands) : '';
  return chain(print(shell, 'help', title + shown.join('')), (status) => {
    if (shown.length > 0) return status;
    const last = operands.at(-1);
    return refuse(
      shell,
      'help',
      `no help topics match \`${last}'.  Try \`help help' or \`man -k ${last}' or \`info ${last}'.`,
    );
  });
}

/** NAME --help. */
export const showTopic = (shell: Shell, name: string): Maybe<number> =>
  chain(print(shell, name, plain(name as TopicName, false)), () => 2);

const hasProgram = (shell: Shell): boolean => searchPath(shell, PROGRAM).length > 0;

/** Topics that a pattern matches; where there are none, those that begin with it. */
function named(pattern: string): TopicName[] {
  const exact = names.filter((name) => name === pattern || matches(pattern, name, { extended: true }));
  return exact.length > 0 ? exact : names.filter((name) => name.startsWith(pattern));
}

const headline = (patterns: readonly string[]): string =>
  `Shell commands matching keyword${patterns.length > 1 ? 's' : ''} \`${patterns.join(', ')}'\n\n`;

const brief = (name: TopicName): string => `${name} - ${tellings[name][0]}\n`;

const plain = (name: TopicName, short: boolean): string =>
  `${name}: ${synopses[name]}\n${short ? '' : indented(description(name))}`;

function page(shell: Shell, name: TopicName): string {
  const synopsis = synopses[name];
  const [summary] = tellings[name];
  const version = shell.state.variables.scalar('BASH_VERSION') ?? '';
  return [
    `NAME\n    ${name} - ${summary}\n`,
    `SYNOPSIS\n    ${synopsis}\n`,
    `DESCRIPTION\n${indented(description(name))}`,
    'SEE ALSO\n    bash(1)\n',
    `IMPLEMENTATION\n    bash of cowsh, as GNU bash, version ${version}\n\n`,
  ].join('\n');
}

function description(name: TopicName): string {
  const [summary, text, status = ''] = tellings[name];
  return [summary, text, status && `Exit Status:\n${status}`].filter((part) => part !== '').join('\n\n');
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `    ${line}\n`)
    .join('');

function list(shell: Shell): string {
  const about = hasProgram(shell)
    ? `\`help ${HOST_TOPIC}' tells about this machine and lists its programs.\n`
    : '';
  const version = shell.state.variables.scalar('BASH_VERSION') ?? '';
  const half = Math.floor(screenWidth(shell) / 2);
  const width = half <= 3 ? 40 : half;
  const rows = Math.ceil(names.length / 2);
  let text = `GNU bash, version ${version} (as cowsh has it)
What the shell itself can do; \`help NAME' tells more of one of these.
${about}
A star (*) marks what \`enable -n' has switched off.

`;
  for (let row = 0; row < rows; row++) {
    const right = names[row + rows];
    const left = cell(shell, names[row] as TopicName, width, 1);
    text += right === undefined ? `${left}\n` : `${left.padEnd(width)}${cell(shell, right, width, 2)}\n`;
  }
  return text;
}

/** A mark and a synopsis; what does not fit ends in `>`, on the right one character sooner. */
function cell(shell: Shell, name: TopicName, width: number, cut: number): string {
  const synopsis = synopses[name];
  const mark = shell.state.disabled.has(name) ? '*' : ' ';
  if (synopsis.length < width - 3) return mark + synopsis;
  return `${mark}${synopsis.slice(0, Math.min(synopsis.length, width - 2) - cut)}>`;
}

const screenWidth = (shell: Shell): number =>
  Number(shell.state.variables.scalar('COLUMNS')) || shell.terminal()?.columns || 80;
