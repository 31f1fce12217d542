// Tab: what the word before the cursor could become. Commands, paths, variables, users, flags, and docker's own names.
import { quietly } from '../../engine/quiet.ts';
import { readTextFile } from '../files.ts';
import type { Shell } from '../shell.ts';
import { dockerCandidates } from './complete-docker.ts';
import { flagCandidates } from './complete-flags.ts';
import { operandCandidates } from './complete-operands.ts';
import { specCandidates } from './complete-specs.ts';
import { commandNames, entries } from './known-commands.ts';
import { type Word, wordAt } from './word.ts';

export interface Completion {
  /** Range of the line that is replaced. */
  readonly start: number;
  readonly end: number;
  /** Full replacements, quoted as the line needs it, each with what follows it ('/', ' '). */
  readonly candidates: readonly Candidate[];
}

export interface Candidate {
  /** What is put into the line. */
  readonly text: string;
  /** What a list of candidates shows. */
  readonly label: string;
  /** Put behind the only candidate. */
  readonly suffix: string;
}

/** The candidates for the word that ends at `cursor`. */
export async function complete(shell: Shell, line: string, cursor: number): Promise<Completion> {
  const word = wordAt(line.slice(0, cursor));
  const { start, candidates } = await candidatesFor(shell, word);
  return { start, end: cursor, candidates: unique(candidates) };
}

interface Found {
  readonly start: number;
  readonly candidates: readonly Candidate[];
}

async function candidatesFor(shell: Shell, word: Word): Promise<Found> {
  const { start } = word;
  const variable = /^(.*)(\$\{?)(\w*)$/s.exec(word.raw);
  if (variable !== null && word.quote !== "'") return { start, candidates: variables(shell, variable) };
  if (/^~[\w-]*$/.test(word.raw)) return { start, candidates: users(shell, word.raw.slice(1)) };
  if (word.isTarget) return { start, candidates: paths(shell, word) };
  if (word.isCommand && !word.value.includes('/')) {
    const names = commandNames(shell, word.value);
    return { start, candidates: names.map((name) => ({ text: name, label: name, suffix: ' ' })) };
  }
  const said = await specCandidates(shell, word);
  if (said !== undefined) return { start, candidates: said };
  const named = word.before[0] === 'docker' ? await dockerCandidates(shell, word) : undefined;
  if (named !== undefined) return { start, candidates: named };
  const words = (await operandCandidates(shell, word)) ?? (await flagCandidates(shell, word));
  return { start, candidates: words ?? paths(shell, pathPart(word)) };
}

// In name=path and --option=path the path is what follows the sign.
function pathPart(word: Word): Word & { readonly before: readonly string[]; readonly lead?: string } {
  const sign = /^[\w-]+=/.exec(word.raw)?.[0];
  if (sign === undefined || word.quote !== '') return word;
  return { ...word, raw: word.raw.slice(sign.length), value: word.value.slice(sign.length), lead: sign };
}

function variables(shell: Shell, [, before = '', sign = '', name = '']: RegExpExecArray): Candidate[] {
  const close = sign === '${' ? '}' : '';
  return shell.state.variables
    .names()
    .filter((known) => known.startsWith(name))
    .sort()
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

/** Commands whose arguments are directories. */
const DIRECTORIES = new Set(['cd', 'pushd', 'rmdir', 'mkdir']);

function paths(shell: Shell, word: Word & { readonly lead?: string }): Candidate[] {
  const slash = word.value.lastIndexOf('/') + 1;
  const typedDir = word.value.slice(0, slash);
  const prefix = word.value.slice(slash);
  const dir =
    /^~(?=\/)/.test(typedDir) && word.raw.startsWith('~')
      ? typedDir.replace('~', shell.state.variables.scalar('HOME') ?? '~')
      : typedDir;
  const rawDir = word.raw.slice(0, word.raw.lastIndexOf('/') + 1);
  const opening = rawDir === '' && word.quote !== '' ? word.quote : '';
  const isDirectory = (name: string): boolean =>
    quietly(shell.process.kernel, () => shell.process.tryStat(`${dir}${name}`)?.kind === 'directory');
  const found = entries(shell, dir === '' ? '.' : dir)
    .filter((name) => name.startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.')))
    .sort()
    .map((name) => ({ name, isDirectory: isDirectory(name) }));
  const wanted = DIRECTORIES.has(word.before[0] ?? '') ? found.filter((entry) => entry.isDirectory) : found;
  return wanted.map(({ name, isDirectory }) => ({
    text: (word.lead ?? '') + opening + rawDir + quoted(name, word.quote),
    label: isDirectory ? `${name}/` : name,
    suffix: isDirectory ? '/' : `${word.quote} `,
  }));
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
