// Tab: what the word before the cursor could become. Commands, paths, variables and user names.
import { isFsError } from '../../fs/errno.ts';
import { builtinNames } from '../builtins/index.ts';
import { readTextFile } from '../files.ts';
import type { Shell } from '../shell.ts';

export interface Completion {
  /** Range of the line that is replaced. */
  readonly start: number;
  readonly end: number;
  /** Full replacements, quoted as the line needs it, each with what follows it ('/', ' '). */
  readonly candidates: readonly Candidate[];
}

interface Candidate {
  /** What is put into the line. */
  readonly text: string;
  /** What a list of candidates shows. */
  readonly label: string;
  /** Put behind the only candidate. */
  readonly suffix: string;
}

/** The candidates for the word that ends at `cursor`. */
export function complete(shell: Shell, line: string, cursor: number): Completion {
  const word = wordAt(line.slice(0, cursor));
  const done = (candidates: readonly Candidate[]): Completion => ({
    start: word.start,
    end: cursor,
    candidates: unique(candidates),
  });
  const variable = /^(.*)(\$\{?)(\w*)$/s.exec(word.raw);
  if (variable !== null && word.quote !== "'") return done(variables(shell, variable));
  if (/^~[\w-]*$/.test(word.raw)) return done(users(shell, word.raw.slice(1)));
  if (word.isCommand && !word.value.includes('/')) return done(commands(shell, word.value));
  return done(paths(shell, word));
}

interface Word {
  start: number;
  /** As typed, from start. */
  raw: string;
  /** Without its quotes. */
  value: string;
  /** The quote still open, if any. */
  quote: '' | '"' | "'";
  isCommand: boolean;
  /** The command it is an argument of. */
  command: string;
}

/** The shell word that ends the text. */
function wordAt(text: string): Word {
  let start = 0;
  let value = '';
  let quote: Word['quote'] = '';
  let isCommand = true;
  let command = '';
  const endWord = (at: number, separator: boolean): void => {
    if (start < at) {
      if (isCommand && !/^\w+=/.test(value) && !RESERVED.has(value)) {
        command = value;
        isCommand = false;
      }
    }
    if (separator) isCommand = true;
    value = '';
    start = at + 1;
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char === '\\' && quote !== "'") value += text[++i] ?? '';
    else if (quote !== '') {
      if (char === quote) quote = '';
      else value += char;
    } else if (char === '"' || char === "'") quote = char;
    else if (/[\s]/.test(char)) endWord(i, char === '\n');
    else if (/[;&|()`]/.test(char)) endWord(i, true);
    else if (/[<>]/.test(char)) {
      const wasCommand = isCommand;
      endWord(i, false);
      isCommand = false;
      if (wasCommand) command = '';
    } else value += char;
  }
  return { start, raw: text.slice(start), value, quote, isCommand, command };
}

const RESERVED = new Set([
  'if',
  'then',
  'elif',
  'else',
  'while',
  'until',
  'do',
  '{',
  '!',
  'time',
  'sudo',
  'exec',
  'command',
  'env',
]);

function variables(shell: Shell, [, before = '', sign = '', name = '']: RegExpExecArray): Candidate[] {
  const close = sign === '${' ? '}' : '';
  return shell.state.variables
    .names()
    .filter((known) => known.startsWith(name))
    .map((known) => ({
      text: before + sign + known + close,
      label: `$${known}`,
      suffix: close === '' ? ' ' : '',
    }));
}

function users(shell: Shell, name: string): Candidate[] {
  const lines = readTextFile(shell.process, '/etc/passwd')?.split('\n') ?? [];
  const known = lines
    .map((line) => line.split(':')[0] ?? '')
    .filter((user) => user !== '' && user.startsWith(name));
  return known.map((user) => ({ text: `~${user}`, label: `~${user}`, suffix: '/' }));
}

function commands(shell: Shell, prefix: string): Candidate[] {
  const names = new Set<string>([
    ...builtinNames(shell),
    ...shell.state.functions.keys(),
    ...shell.state.aliases.keys(),
    ...executables(shell, prefix),
  ]);
  return [...names]
    .filter((name) => name.startsWith(prefix))
    .sort()
    .map((name) => ({ text: name, label: name, suffix: ' ' }));
}

function executables(shell: Shell, prefix: string): string[] {
  const path = shell.state.variables.scalar('PATH') ?? '';
  return path
    .split(':')
    .flatMap((dir) => entries(shell, dir || '.').filter((name) => name.startsWith(prefix)));
}

function entries({ process }: Shell, dir: string): string[] {
  try {
    return process.readdir(dir).map((entry) => entry.name);
  } catch (error) {
    if (isFsError(error)) return [];
    throw error;
  }
}

function paths(shell: Shell, word: Word): Candidate[] {
  const slash = word.value.lastIndexOf('/') + 1;
  const typedDir = word.value.slice(0, slash);
  const prefix = word.value.slice(slash);
  const dir =
    /^~(?=\/)/.test(typedDir) && word.raw.startsWith('~')
      ? typedDir.replace('~', shell.state.variables.scalar('HOME') ?? '~')
      : typedDir;
  const rawDir = word.raw.slice(0, word.raw.lastIndexOf('/') + 1);
  const names = entries(shell, dir === '' ? '.' : dir).filter(
    (name) => name.startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.')),
  );
  const found = names.sort().map((name) => {
    const isDirectory = shell.process.tryStat(`${dir}${name}`)?.kind === 'directory';
    const opening = rawDir === '' && word.quote !== '' ? word.quote : '';
    const text = opening + rawDir + quoted(name, word.quote);
    return {
      text,
      label: isDirectory ? `${name}/` : name,
      suffix: isDirectory ? '/' : `${word.quote} `,
      isDirectory,
    };
  });
  const directoriesOnly = /^(cd|pushd|rmdir|mkdir)$/.test(word.command) && !word.isCommand;
  return directoriesOnly ? found.filter(({ isDirectory }) => isDirectory) : found;
}

function quoted(name: string, quote: Word['quote']): string {
  if (quote === "'") return name.replaceAll("'", "'\\''");
  if (quote === '"') return name.replace(/["$`\\]/g, '\\$&');
  return name.replace(/[\s"'$`\\&|;()<>*?[\]{}!#~]/g, '\\$&');
}

function unique(candidates: readonly Candidate[]): Candidate[] {
  return [...new Map(candidates.map((candidate) => [candidate.text, candidate])).values()];
}

/** The longest text that all candidates begin with. */
export function commonPrefix(texts: readonly string[]): string {
  const [first = '', ...rest] = texts;
  let length = first.length;
  for (const text of rest) {
    let i = 0;
    while (i < length && text[i] === first[i]) i++;
    length = i;
  }
  return first.slice(0, length);
}

/** Candidates in columns, filled downwards, as readline lists them. */
export function inColumns(labels: readonly string[], columns: number): string {
  const width = Math.max(0, ...labels.map((label) => label.length)) + 2;
  const perRow = Math.max(1, Math.floor(columns / width));
  const rows = Math.ceil(labels.length / perRow);
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: perRow }, (_unused, column) => labels[column * rows + row] ?? '')
      .map((label) => label.padEnd(width))
      .join('')
      .trimEnd(),
  );
  return lines.map((line) => `${line}\n`).join('');
}
