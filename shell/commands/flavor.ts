// The two families of programs: GNU tools, and busybox applets, whose calls and words differ in places.
// Everything that differs asks here.

import type { Process } from '../fs/process.ts';

export type Flavor = 'gnu' | 'busybox';

const applets = new WeakSet<Process>();

/** Marks a process as running a busybox applet. */
export const runAsBusybox = (process: Process): void => {
  applets.add(process);
};

export const flavorOf = (process: Process): Flavor => (applets.has(process) ? 'busybox' : 'gnu');

/** Messages in busybox's words, by the applet and GNU's words; `NAME` is the file without quotes. */
const BUSYBOX_WORDS: Readonly<Record<string, string>> = {
  'cannot remove': "can't remove",
  'cannot stat': "can't stat",
  'cannot create directory': "can't create directory",
  'cannot create regular file': "can't create",
  'cannot open': "can't open",
  'cannot move': "can't rename",
  'failed to remove': '',
  'cannot touch': '',
  'cannot access': '',
  'failed to create symbolic link': '',
  'failed to create hard link': '',
};

const PATTERN = new RegExp(`^(${Object.keys(BUSYBOX_WORDS).join('|')}) ['‘](.*?)['’]( to .*)?$`);

/** A GNU message about a failed call as the program's family words it: "can't remove 'x'". */
export const wordsFor = (process: Process, message: string): string => {
  if (flavorOf(process) === 'gnu') return message;
  const match = PATTERN.exec(message);
  if (!match) return message;
  const [, phrase = '', name = ''] = match;
  const words = BUSYBOX_WORDS[phrase];
  if (words === '') return phrase === 'failed to remove' ? `'${name}'` : name;
  return `${words} '${name}'`;
};
