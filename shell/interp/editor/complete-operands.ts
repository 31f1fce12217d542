// Operands that are no paths: the programs say what they take, the shell knows it of its builtins.
import { loadCommand } from '../../commands/index.ts';
import { quietly } from '../../engine/quiet.ts';
import { signals } from '../../fs/signal.ts';
import { builtinFor, builtinNames } from '../builtins/index.ts';
import { findProgram } from '../lookup.ts';
import { optionLetters, shoptDefaults } from '../options.ts';
import type { Shell } from '../shell.ts';
import type { Candidate } from './candidate.ts';
import { commandNames } from './known-commands.ts';
import type { Word } from './word.ts';

type Words = (shell: Shell, word: Word) => readonly string[] | undefined;

const commands: Words = (shell, { value }) => (value.includes('/') ? undefined : commandNames(shell, value));
const variables: Words = (shell) => shell.state.variables.names();
const jobs: Words = (shell) => shell.jobs.list().map(({ number }) => `%${number}`);
const signalNames: Words = (shell, { value }) =>
  /^-/.test(value) ? Object.keys(signals).map((name) => `-${name}`) : jobs(shell, { value } as Word);
const shellOptions: Words = (_shell, { before }) =>
  /^[-+]o$/.test(before.at(-1) ?? '') ? Object.keys(optionLetters) : undefined;

/** For what the shell does itself, and for programs whose operand is a command. */
const own: Readonly<Record<string, Words>> = {
  type: commands,
  hash: commands,
  which: commands,
  whereis: commands,
  export: variables,
  unset: variables,
  readonly: variables,
  declare: variables,
  local: variables,
  fg: jobs,
  bg: jobs,
  wait: jobs,
  disown: jobs,
  kill: signalNames,
  set: shellOptions,
  shopt: () => Object.keys(shoptDefaults),
  help: (shell) => builtinNames(shell),
  alias: (shell) => [...shell.state.aliases.keys()],
  unalias: (shell) => [...shell.state.aliases.keys()],
};

/** The words that fit; undefined where a path does. */
export async function operandCandidates(shell: Shell, word: Word): Promise<Candidate[] | undefined> {
  const [name] = word.before;
  if (name === undefined || word.quote !== '') return undefined;
  const words = Object.hasOwn(own, name) ? own[name]?.(shell, word) : await programWords(shell, name, word);
  return words
    ?.filter((text) => text.startsWith(word.value))
    .sort()
    .map((text) => ({ text, label: text, suffix: ' ' }));
}

async function programWords(shell: Shell, name: string, word: Word): Promise<string[] | undefined> {
  if (builtinFor(shell, name) !== undefined) return undefined;
  const path = quietly(shell.process.kernel, () => findProgram(shell, name));
  const words = path === undefined ? undefined : (await loadCommand(path.replace(/^.*\//, '')))?.words;
  if (words === undefined) return undefined;
  const operands = word.before.slice(1).filter((text) => !text.startsWith('-'));
  const found = quietly(shell.process.kernel, () => words(shell.process, operands));
  return found === undefined ? undefined : [...found];
}
