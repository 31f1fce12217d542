// Tab: what the word before the cursor could become. Commands, paths, variables, users, flags, and docker's own names.
import { quietly } from '../../engine/quiet.ts';
import { readTextFile } from '../files.ts';
import type { Shell } from '../shell.ts';
import { dynamicNames } from '../special-variables.ts';
import type { Candidate } from './candidate.ts';
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

/** The candidates for the word that ends at `cursor`. */
export async function complete(shell: Shell, line: string, cursor: number): Promise<Completion> {
  const word = wordAt(line.slice(0, cursor));
  const { start, candidates } = await candidatesFor(shell, word);
  return { start, end: cursor, candidates: unique(candidates) };
}

/** What M-/, M-!, M-$ and M-~ go by, whatever the word looks like. */
export type CompletionKind = 'path' | 'command' | 'variable' | 'user';

/** The candidates of one kind. */
export function completeAs(shell: Shell, line: string, cursor: number, kind: CompletionKind): Completion {
  const word = wordAt(line.slice(0, cursor));
  const candidates = unique(OF_KIND[kind](shell, word));
  return { start: word.start, end: cursor, candidates };
}

const OF_KIND: Readonly<Record<CompletionKind, (shell: Shell, word: Word) => Candidate[]>> = {
  path: (shell, word) => paths(shell, { ...word, before: [] }),
  command: (shell, { value }) => namesAsCandidates(commandNames(shell, value)),
  variable: (shell, { value }) => namesAsCandidates(variableNames(shell, value)),
  user: (shell, { raw }) => userCandidates(shell, raw.replace(/^~/, '')),
};

const namesAsCandidates = (names: readonly string[]): Candidate[] =>
  names.map((name) => ({ text: name, label: name, suffix: ' ' }));

interface Found {
  readonly start: number;
  readonly candidates: readonly Candidate[];
}

async function candidatesFor(shell: Shell, word: Word): Promise<Found> {
  const { start } = word;
  const variable = /^(.*)(\$\{?)(\w*)$/s.exec(word.raw);
  if (variable !== null && word.quote !== "'") return { start, candidates: variables(shell, variable) };
  if (/^~[\w-]*$/.test(word.raw)) return { start, candidates: userCandidates(shell, word.raw.slice(1)) };
  if (word.isTarget) return { start, candidates: paths(shell, word) };
  if (word.isCommand && !word.value.includes('/')) {
    return { start, candidates: namesAsCandidates(commandNames(shell, word.value)) };
  }
  if (word.isCommand) return { start, candidates: paths(shell, word).filter(runs(shell, word)) };
  const said = await specCandidates(shell, word);
  if (said !== undefined) return { start, candidates: said };
  const named = word.before[0] === 'docker' ? await dockerCandidates(shell, word) : undefined;
  if (named !== undefined) return { start, candidates: named };
  const words = (await operandCandidates(shell, word)) ?? (await flagCandidates(shell, word));
  return { start, candidates: words ?? paths(shell, pathPart(word)) };
}

/** A path to a command: a file that may be executed, or a directory on the way. */
const runs =
  (shell: Shell, { value }: Word) =>
  ({ label, suffix }: Candidate): boolean => {
    const path = value.slice(0, value.lastIndexOf('/') + 1) + label;
    const known = quietly(shell.process.kernel, () => shell.process.tryStat(withHome(shell, path)));
    return suffix === '/' || known === undefined || (known.mode & 0o111) !== 0;
  };

/** completion-ignore-case: letters are the same, great and small. */
const beginsWith = ({ state }: Shell, name: string, prefix: string): boolean =>
  state.keymap?.on('completion-ignore-case')
    ? name.toLowerCase().startsWith(prefix.toLowerCase())
    : name.startsWith(prefix);

const withHome = ({ state }: Shell, path: string): string =>
  path.replace(/^~(?=\/)/, () => state.variables.scalar('HOME') ?? '~');

// In name=path and --option=path the path is what follows the sign.
function pathPart(word: Word): Word & { readonly before: readonly string[]; readonly lead?: string } {
  const sign = /^[\w-]+=/.exec(word.raw)?.[0];
  if (sign === undefined || word.quote !== '') return word;
  return { ...word, raw: word.raw.slice(sign.length), value: word.value.slice(sign.length), lead: sign };
}

function variables(shell: Shell, [, before = '', sign = '', name = '']: RegExpExecArray): Candidate[] {
  const close = sign === '${' ? '}' : '';
  const quote = /^"[^"]*$/.test(before) ? '"' : '';
  return variableNames(shell, name).map((known) => {
    const value = shell.state.variables.scalar(known) ?? '';
    const isDirectory =
      value !== '' && quietly(shell.process.kernel, () => shell.process.tryStat(value)?.kind === 'directory');
    const suffix = isDirectory ? `${quote}/` : close === '' ? `${quote} ` : '';
    return { text: before + sign + known + close, label: `$${known}`, suffix };
  });
}

const variableNames = ({ state, dialect }: Shell, prefix: string): string[] =>
  [...new Set([...state.variables.names(), ...(dialect === 'bash' ? dynamicNames : [])])]
    .filter((known) => known.startsWith(prefix))
    .sort();

const userCandidates = (shell: Shell, name: string): Candidate[] =>
  (readTextFile(shell.process, '/etc/passwd')?.split('\n') ?? [])
    .map((line) => line.split(':')[0] ?? '')
    .filter((user) => user !== '' && user.startsWith(name))
    .map((user) => ({ text: `~${user}`, label: `~${user}`, suffix: '/' }));

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
    .filter((name) => beginsWith(shell, name, prefix))
    .sort()
    .map((name) => ({ name, isDirectory: isDirectory(name) }));
  const wanted = DIRECTORIES.has(word.before[0] ?? '') ? found.filter((entry) => entry.isDirectory) : found;
  return wanted.map(({ name, isDirectory }) => ({
    text: (word.lead ?? '') + opening + rawDir + quoted(name, word.quote),
    label: isDirectory ? `${name}/` : name,
    suffix: isDirectory ? '/' : `${word.quote} `,
  }));
}

/** A file's name as it has to be typed. */
export function quoted(name: string, quote: Word['quote']): string {
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
