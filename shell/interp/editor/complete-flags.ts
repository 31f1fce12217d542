// Flags of programs, read from the help text that the program itself prints.
import { loadCommand } from '../../commands/index.ts';
import { findProgram } from '../lookup.ts';
import type { Shell } from '../shell.ts';
import type { Candidate } from './candidate.ts';
import type { Word } from './word.ts';

/** The long flags that begin as the word does; undefined when the word is no flag. */
export async function flagCandidates(shell: Shell, word: Word): Promise<Candidate[] | undefined> {
  const [program] = word.before;
  if (program === undefined || !/^-(-[\w-]*)?$/.test(word.value) || word.quote !== '') return undefined;
  if (word.before.includes('--')) return undefined;
  const path = findProgram(shell, program);
  if (path === undefined) return [];
  const command = await loadCommand(path.replace(/^.*\//, ''));
  return flagsIn(command?.help ?? '').filter(({ text }) => text.startsWith(word.value));
}

/** `--size=N` waits for its value, `--all` is complete. */
function flagsIn(help: string): Candidate[] {
  const flags = new Map<string, string>();
  for (const line of help.split('\n')) {
    const names = /^\s+(?:-\S(?: \S+)?, +)?(--.*)$/.exec(line)?.[1]?.split(/ {2,}/, 1)[0] ?? '';
    for (const [, name = '', value] of names.matchAll(/(--[A-Za-z][\w-]*)(=)?/g))
      flags.set(name, value ?? '');
  }
  return [...flags]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ text: name + value, label: name + value, suffix: value === '' ? ' ' : '' }));
}
