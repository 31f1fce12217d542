// Keys out of what a terminal sends: characters as they are, the others by name: <Up>, <C-Left>, <Delete>.

import { keyOfSequence } from './key-sequences.ts';

const nameOf = (sequence: string): string | undefined => {
  const [, parameters = '', final = ''] = /^\x1b(?:\[|O)([\d;]*)([A-Za-z~])$/.exec(sequence) ?? [];
  const key = keyOfSequence(parameters, final);
  return key === undefined ? undefined : `<${key}>`;
};

/** One read's keys. An Escape that begins no sequence of a key is the Escape key; unknown sequences are dropped. */
export const keysOf = (text: string): string[] =>
  (text.match(/\x1b\[[\d;]*[A-Za-z~]|\x1bO[A-DFHP-S]|./gsu) ?? []).flatMap((key) => {
    if (key.length < 3) return [key];
    const name = nameOf(key);
    return name === undefined ? [] : [name];
  });
