// The keys that sort had before -k: `+1 -2` leaves out one field and ends behind the second.

import type { Process } from '../fs/process.ts';
import { flavorOf } from './flavor.ts';
import { KeyError, type SortKey } from './sort-key.ts';

const START = /^\+(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*)$/;
const END = /^-(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*)/;

/** The command line with each old key as a value of -k; a word that is none stays a file's name. */
export const withKeys = (process: Process, argv: readonly string[]): string[] => {
  if (flavorOf(process) === 'busybox' || process.env.has('POSIXLY_CORRECT')) return [...argv];
  const words: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] as string;
    if (word === '--') return [...words, ...argv.slice(at)];
    const valued = /^-[a-zA-Z]*[koStT]$/.test(argv[at - 1] ?? '');
    if (valued || !START.test(word)) words.push(word);
    else if (/^-\d/.test(argv[at + 1] ?? '')) words.push('-k', `${word} ${argv[++at]}`);
    else words.push('-k', word);
  }
  return words;
};

/** Reads `+F[.C][OPTS][ -F[.C][OPTS]]`. Throws KeyError. */
export const readOldKey = (text: string): SortKey => {
  const [first = '', second] = text.split(' ');
  const [, field = '0', character = '0', letters = ''] = START.exec(first) ?? [];
  const start = {
    field: Number(field) + 1,
    character: Number(character) + 1,
    skipBlanks: letters.includes('b'),
  };
  if (second === undefined) return { start, end: undefined, order: letters };
  const [used = '', endField = '0', endCharacter = '0', more = ''] = END.exec(second) ?? [];
  if (used !== second)
    throw new KeyError('', 'stray character in field spec: invalid field specification', second);
  const inside = Number(endCharacter);
  const end = {
    field: Number(endField) + (inside > 0 ? 1 : 0),
    character: inside,
    skipBlanks: more.includes('b'),
  };
  return { start, end, order: letters + more };
};
