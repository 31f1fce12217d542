// The two families of programs: GNU tools, and busybox applets, whose calls and words differ in places.
// Everything that differs asks here; the words themselves are in busybox/words.ts.

import { type Errno, strerror } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import { muslErrors, muslOptions, rewordings } from './busybox/words.ts';

export type Flavor = 'gnu' | 'busybox';

/** The C library that a busybox is linked with: error texts and getopt's words are its own. */
export type Libc = 'glibc' | 'musl';

const applets = new WeakMap<Process, Libc>();

/** Marks a process as running a busybox applet. */
export const runAsBusybox = (process: Process, libc: Libc = 'glibc'): void => {
  applets.set(process, libc);
};

export const flavorOf = (process: Process): Flavor => (applets.has(process) ? 'busybox' : 'gnu');

export const libcOf = (process: Process): Libc => applets.get(process) ?? 'glibc';

/** A message as the program's family words it. `name` is what the program is called by. */
export const wordsFor = (process: Process, name: string, message: string): string => {
  if (flavorOf(process) === 'gnu') return message;
  const plain = message.replaceAll(/[‘’]/g, "'");
  const own = rewordings[name]?.find(([pattern]) => pattern.test(plain));
  const worded = own ? plain.replace(own[0], own[1]) : plain;
  if (libcOf(process) === 'glibc') return worded;
  const rule = muslOptions.find(([pattern]) => pattern.test(worded));
  return rule ? worded.replace(rule[0], rule[1]) : worded;
};

/** The text of a failed call's error, as the program's C library has it. */
export const errorText = (process: Process, code: Errno): string =>
  (libcOf(process) === 'musl' ? muslErrors[code] : undefined) ?? strerror(code);
