// The words a completion specification comes to: its actions, word list, pattern, function and command.

import { signals } from '../fs/signal.ts';
import { builtinNames } from './builtins/index.ts';
import { RESERVED } from './builtins/type.ts';
import type { CompletionSpec } from './completion-spec.ts';
import { commandNames } from './editor/known-commands.ts';
import { glob } from './expand/glob.ts';
import { expandText } from './expand/index.ts';
import { readTextFile } from './files.ts';
import { callFunction } from './function.ts';
import { optionLetters, shoptDefaults } from './options.ts';
import { matches } from './pattern.ts';
import type { Shell } from './shell.ts';
import { elementsOf } from './variables.ts';

const GLOB = { extended: true, dotglob: false, globstar: false, nocase: false, dots: false };

/** What is being completed: the command, its words so far, and which of them. */
export interface CompletionContext {
  command: string;
  word: string;
  previous: string;
}

export async function generateCompletions(
  shell: Shell,
  spec: CompletionSpec,
  context: CompletionContext,
): Promise<string[]> {
  const { word } = context;
  const found = spec.actions.flatMap((action) => fromAction(shell, action, word));
  if (spec.glob !== undefined) found.push(...glob(shell.process, spec.glob, GLOB));
  if (spec.words !== undefined) found.push(...(await fromWords(shell, spec.words, word)));
  if (spec.func !== undefined) found.push(...(await fromFunction(shell, spec.func, context)));
  const kept = spec.filter === undefined ? found : filtered(found, spec.filter, word);
  if (kept.length === 0 && spec.options.has('dirnames')) kept.push(...paths(shell, word, true));
  if (spec.options.has('plusdirs')) kept.push(...paths(shell, word, true));
  return kept.map((text) => `${spec.prefix ?? ''}${text}${spec.suffix ?? ''}`);
}

function fromAction(shell: Shell, action: string, word: string): string[] {
  const { state } = shell;
  if (action === 'file') return paths(shell, word, false);
  if (action === 'directory') return paths(shell, word, true);
  const names: Record<string, () => string[]> = {
    alias: () => [...state.aliases.keys()].sort(),
    arrayvar: () =>
      state.variables.names().filter((name) => state.variables.get(name)?.indexed !== undefined),
    builtin: () => builtinNames(shell, true),
    command: () => commandNames(shell, word),
    disabled: () => [...state.disabled].sort(),
    enabled: () => builtinNames(shell),
    export: () => state.variables.names().filter((name) => state.variables.get(name)?.exported),
    function: () => [...state.functions.keys()].sort(),
    group: () => firstFields(shell, '/etc/group'),
    helptopic: () => builtinNames(shell, true),
    job: () => shell.jobs.list().map((job) => job.text.split(' ')[0] ?? ''),
    keyword: () => [...RESERVED],
    running: () =>
      shell.jobs
        .list()
        .filter((job) => job.state === 'running')
        .map((job) => job.text.split(' ')[0] ?? ''),
    setopt: () => Object.keys(optionLetters).sort(),
    shopt: () => Object.keys(shoptDefaults),
    signal: () => Object.keys(signals),
    user: () => firstFields(shell, '/etc/passwd'),
    variable: () => state.variables.names(),
  };
  return (names[action]?.() ?? []).filter((name) => name.startsWith(word));
}

const firstFields = (shell: Shell, path: string): string[] =>
  (readTextFile(shell.process, path) ?? '')
    .split('\n')
    .map((line) => line.split(':')[0] ?? '')
    .filter((name) => name !== '');

/** Names of files that begin so; hidden ones when a dot was typed. */
function paths({ process }: Shell, word: string, directories: boolean): string[] {
  const slash = word.lastIndexOf('/') + 1;
  const [dir, start] = [word.slice(0, slash), word.slice(slash)];
  if (process.tryStat(dir || '.')?.kind !== 'directory') return [];
  return process
    .readdir(dir || '.')
    .map(({ name }) => name)
    .filter((name) => name.startsWith(start) && (start !== '' || !name.startsWith('.')))
    .map((name) => dir + name)
    .filter((path) => !directories || process.tryStat(path)?.kind === 'directory');
}

// The list is split by IFS with quotes respected, then each word expanded.
async function fromWords(shell: Shell, list: string, word: string): Promise<string[]> {
  const ifs = shell.state.variables.scalar('IFS') ?? ' \t\n';
  const words: string[] = [];
  let current: string | undefined;
  let quote = '';
  for (const char of list) {
    if (quote !== '') {
      if (char === quote) quote = '';
      else current += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      current ??= '';
    } else if (ifs.includes(char)) {
      if (current !== undefined) words.push(current);
      current = undefined;
    } else current = (current ?? '') + char;
  }
  if (current !== undefined) words.push(current);
  const expanded: string[] = [];
  for (const text of words) expanded.push(await expandText(shell, text));
  return expanded.filter((text) => text.startsWith(word));
}

async function fromFunction(
  shell: Shell,
  name: string,
  { command, word, previous }: CompletionContext,
): Promise<string[]> {
  const called = shell.state.functions.get(name);
  const { variables } = shell.state;
  if (called === undefined) return [];
  variables.delete('COMPREPLY');
  await callFunction(shell, called, [name, command, word, previous]);
  const reply = elementsOf(variables.get('COMPREPLY'));
  variables.delete('COMPREPLY');
  return reply;
}

// -X takes away what matches; with `!` it keeps it. An `&` stands for the word.
function filtered(words: readonly string[], filter: string, word: string): string[] {
  const keep = filter.startsWith('!');
  const pattern = (keep ? filter.slice(1) : filter).replace(/(\\?)&/g, (_, escaped) =>
    escaped ? '&' : word,
  );
  return words.filter((text) => matches(pattern, text, { extended: true }) === keep);
}
