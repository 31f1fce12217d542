// jq's options: letters in bundles, long names, and those that take two words.

import type { Json } from './json.ts';

const FLAGS = {
  s: 'slurp',
  r: 'raw-output',
  j: 'join-output',
  a: 'ascii-output',
  c: 'compact-output',
  C: 'color-output',
  M: 'monochrome-output',
  S: 'sort-keys',
  R: 'raw-input',
  n: 'null-input',
  f: 'from-file',
  e: 'exit-status',
  h: 'help',
  V: 'version',
} as const;

const LONG_FLAGS = [
  ...Object.values(FLAGS),
  'tab',
  'unbuffered',
  'stream',
  'seq',
  'args',
  'jsonargs',
] as const;
export type Flag = (typeof LONG_FLAGS)[number];

/** Options with a name and a value. */
const NAMED = {
  arg: 'varname value',
  argjson: 'varname text',
  slurpfile: 'varname filename',
  rawfile: 'varname filename',
} as const;

export interface NamedArgument {
  readonly how: keyof typeof NAMED;
  readonly name: string;
  readonly value: string;
}

export interface CommandLine {
  readonly flags: ReadonlySet<Flag>;
  readonly indent: number | undefined;
  readonly named: readonly NamedArgument[];
  readonly positional: readonly { readonly text: string; readonly json: boolean }[];
  readonly program: string | undefined;
  readonly files: readonly string[];
}

interface Reading {
  readonly flags: Set<Flag>;
  indent: number | undefined;
  readonly named: NamedArgument[];
  readonly positional: { text: string; json: boolean }[];
  program: string | undefined;
  readonly files: string[];
  further: 'file' | 'text' | 'json';
}

const isFlag = (name: string): name is Flag => (LONG_FLAGS as readonly string[]).includes(name);
const isNamed = (name: string): name is keyof typeof NAMED => Object.hasOwn(NAMED, name);

/** The command line, or what is wrong with it. */
export const readCommandLine = (words: readonly string[]): CommandLine | { readonly problem: string } => {
  const reading: Reading = {
    flags: new Set(),
    indent: undefined,
    named: [],
    positional: [],
    program: undefined,
    files: [],
    further: 'file',
  };
  const queue = [...words];
  let optionsEnded = false;
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (optionsEnded || !/^-./.test(word)) takeOperand(reading, word);
    else if (word === '--') optionsEnded = true;
    else {
      const problem = word.startsWith('--') ? readLong(reading, word, queue) : readLetters(reading, word);
      if (problem !== undefined) return { problem };
    }
  }
  return reading;
};

const takeOperand = (reading: Reading, word: string): void => {
  if (reading.program === undefined) reading.program = word;
  else if (reading.further === 'file') reading.files.push(word);
  else reading.positional.push({ text: word, json: reading.further === 'json' });
};

const readLetters = (reading: Reading, word: string): string | undefined => {
  for (const letter of word.slice(1)) {
    const name = FLAGS[letter as keyof typeof FLAGS];
    if (name === undefined) return `Unknown option ${word}`;
    reading.flags.add(name);
  }
  return undefined;
};

const readLong = (reading: Reading, word: string, queue: string[]): string | undefined => {
  const name = word.slice(2);
  if (name === 'indent') return readIndent(reading, queue);
  if (isNamed(name)) {
    const [variable, value] = queue.splice(0, 2);
    if (variable === undefined || value === undefined)
      return `--${name} takes two parameters (e.g. --${name} ${NAMED[name]})`;
    reading.named.push({ how: name, name: variable, value });
    return undefined;
  }
  if (!isFlag(name)) return `Unknown option ${word}`;
  if (name === 'args') reading.further = 'text';
  if (name === 'jsonargs') reading.further = 'json';
  reading.flags.add(name);
  return undefined;
};

const readIndent = (reading: Reading, queue: string[]): string | undefined => {
  const word = queue.shift();
  if (word === undefined) return '--indent takes one parameter';
  const indent = Number.parseInt(word, 10) || 0;
  if (indent < -1 || indent > 7) return '--indent takes a number between -1 and 7';
  reading.indent = indent;
  return undefined;
};

export const namedObject = (entries: ReadonlyMap<string, Json>, positional: readonly Json[]): Json =>
  new Map<string, Json>([
    ['positional', positional],
    ['named', entries],
  ]);
