// awk's options: -F, -v, -f and what each of the awks adds.

import type { Dialect } from './dialect.ts';

export interface CommandLine {
  readonly separator: string | undefined;
  /** `name=value` */
  readonly assignments: readonly string[];
  readonly programFiles: readonly string[];
  /** The program, unless it is in files, and the operands. */
  readonly rest: readonly string[];
  readonly shows: 'help' | 'version' | undefined;
}

/** Why a command line is wrong: the letter or word, and what is the matter with it. */
export interface WrongOption {
  readonly problem: 'unknown' | 'no argument';
  readonly option: string;
}

const LONG: Readonly<Record<string, string>> = {
  'field-separator': 'F',
  assign: 'v',
  file: 'f',
  help: 'h',
  version: 'V',
};

/** gawk's options without a value that change nothing here. */
const ACCEPTED = 'bcCgIkNnOPrsStM';

export const readCommandLine = (words: readonly string[], dialect: Dialect): CommandLine | WrongOption => {
  const values: Record<'F' | 'v' | 'f', string[]> = { F: [], v: [], f: [] };
  let shows: CommandLine['shows'];
  const queue = [...words];
  for (let word = queue[0]; word !== undefined && /^-./.test(word); word = queue[0]) {
    queue.shift();
    if (word === '--') break;
    const read = readWord(word, queue, dialect);
    if ('problem' in read) return read;
    if (read.letter === 'h') shows = 'help';
    else if (read.letter === 'V') shows = 'version';
    else if (read.letter in values) values[read.letter as 'F'].push(read.value);
  }
  return {
    separator: values.F.at(-1),
    assignments: values.v,
    programFiles: values.f,
    rest: queue,
    shows,
  };
};

type Read = { readonly letter: string; readonly value: string } | WrongOption;

const readWord = (word: string, queue: string[], dialect: Dialect): Read => {
  if (word.startsWith('--')) return readLong(word, queue, dialect);
  const letter = word[1] ?? '';
  if (letter === 'W' && dialect.name !== 'busybox') return readW(word, queue);
  if ('Fvf'.includes(letter)) {
    const value = word.length > 2 ? word.slice(2) : queue.shift();
    return value === undefined ? { problem: 'no argument', option: letter } : { letter, value };
  }
  if (dialect.name === 'gawk' && word === '-V') return { letter: 'V', value: '' };
  if (dialect.name === 'gawk' && word === '-h') return { letter: 'h', value: '' };
  if (dialect.name === 'gawk' && ACCEPTED.includes(letter)) return { letter, value: '' };
  return { problem: 'unknown', option: dialect.name === 'mawk' ? word : letter };
};

/** mawk's `-W version`. */
const readW = (word: string, queue: string[]): Read => {
  const value = word.length > 2 ? word.slice(2) : (queue.shift() ?? '');
  if (/^v/.test(value)) return { letter: 'V', value: '' };
  return /^[hu]/.test(value) ? { letter: 'h', value: '' } : { letter: 'W', value };
};

const readLong = (word: string, queue: string[], dialect: Dialect): Read => {
  const [name = '', attached] = word.slice(2).split(/=(.*)/s);
  const letter = LONG[name];
  // The older mawk has no long options.
  if (letter === undefined || (dialect.name === 'mawk' && !dialect.intervals))
    return dialect.name === 'gawk' && /^(posix|traditional|re-interval|sandbox|lint)/.test(name)
      ? { letter: 'P', value: '' }
      : { problem: 'unknown', option: word };
  if (letter === 'h' || letter === 'V') return { letter, value: '' };
  const value = attached ?? queue.shift();
  return value === undefined ? { problem: 'no argument', option: name } : { letter, value };
};
