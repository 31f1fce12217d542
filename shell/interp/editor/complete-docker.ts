// docker's subcommands, flags and operands, from the table of its commands and from its engine.
import { loading } from '../../fs/loading.ts';
import type { Shell } from '../shell.ts';
import type { Candidate } from './candidate.ts';
import type { Word } from './word.ts';

/** What could stand there; undefined where a path does. */
export async function dockerCandidates(shell: Shell, word: Word): Promise<Candidate[] | undefined> {
  const { dockerWords } = await loading(import('../../commands/docker/completion.ts'));
  const found = dockerWords(shell.process, word.before.slice(1), word.value);
  return found?.map(({ word: text, goesOn }) => ({ text, label: text, suffix: goesOn ? '' : ' ' }));
}
