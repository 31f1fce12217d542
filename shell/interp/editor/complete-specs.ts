// Operands as `complete` has said: word lists, actions and functions of the person's own.
import { generateCompletions } from '../generate-completions.ts';
import type { Shell } from '../shell.ts';
import type { Candidate } from './candidate.ts';
import type { Word } from './word.ts';

/** Undefined where nothing was said of the command, or what was said leaves it to files. */
export async function specCandidates(shell: Shell, word: Word): Promise<Candidate[] | undefined> {
  const [command = ''] = word.before;
  const spec = shell.state.completions.get(command);
  if (spec === undefined) return undefined;
  const context = { command, word: word.value, previous: word.before.at(-1) ?? '' };
  const words = await whileCompleting(shell, word, () => generateCompletions(shell, spec, context));
  const found = spec.func === undefined ? words : words.filter((text) => text.startsWith(word.value));
  if (found.length === 0 && (spec.options.has('default') || spec.options.has('bashdefault')))
    return undefined;
  const suffix = spec.options.has('nospace') ? '' : ' ';
  return found.map((text) => ({ text, label: text, suffix }));
}

/** Functions find the line in COMP_WORDS, COMP_CWORD, COMP_LINE and COMP_POINT (bash(1), "Shell Variables"). */
async function whileCompleting<T>(shell: Shell, word: Word, run: () => Promise<T>): Promise<T> {
  const { variables, status } = shell.state;
  const words = [...word.before, word.value];
  const line = [...word.before, word.raw].join(' ');
  variables.replace('COMP_WORDS', { value: undefined, indexed: new Map(words.entries()) });
  variables.put('COMP_CWORD', String(words.length - 1));
  variables.put('COMP_LINE', line);
  variables.put('COMP_POINT', String(line.length));
  try {
    return await run();
  } finally {
    for (const name of ['COMP_WORDS', 'COMP_CWORD', 'COMP_LINE', 'COMP_POINT']) variables.delete(name);
    shell.state.status = status;
  }
}
