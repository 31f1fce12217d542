// The two families of programs: GNU tools, and busybox applets, whose calls and words differ in places.
// Everything that differs asks here; the words are those of busybox 1.35.

import type { Process } from '../fs/process.ts';

export type Flavor = 'gnu' | 'busybox';

/** The C library that a busybox is linked with: error texts and getopt's words are its own. */
export type Libc = 'glibc' | 'musl';

const applets = new WeakMap<Process, Libc>();

/** Marks a process as running a busybox applet. */
export const runAsBusybox = (process: Process, libc: Libc = 'glibc'): void => {
  applets.set(process, libc);
};

/** Alpine's busybox. */
export const usesMusl = (process: Process): boolean => applets.get(process) === 'musl';

export const flavorOf = (process: Process): Flavor => (applets.has(process) ? 'busybox' : 'gnu');

export const BUSYBOX_BANNER = 'BusyBox v1.36.1 (2024-06-10 07:11:47 UTC) multi-call binary.';

type Rewording = readonly [gnu: RegExp, busybox: string];

/** What GNU says after the program's name → what the applet says. `$1` is the file's name. */
const REWORDED: Readonly<Record<string, readonly Rewording[]>> = {
  cat: [[/^(.*): (No such file|Permission denied|Not a dir)/, "can't open '$1': $2"]],
  chmod: [
    [/^cannot access '(.*)': /, '$1: '],
    [/^invalid mode: /, 'invalid mode '],
    [/^changing permissions of '(.*)': /, '$1: '],
  ],
  chgrp: [
    [/^cannot access '(.*)': /, '$1: '],
    [/^invalid group: '(.*)'$/, 'unknown group $1'],
    [/^changing \w+ of '(.*)': /, '$1: '],
  ],
  chown: [
    [/^cannot access '(.*)': /, '$1: '],
    [/^invalid user: '(.*)'$/, 'unknown user $1'],
    [/^invalid group: '.*:(.*)'$/, 'unknown group $1'],
    [/^changing \w+ of '(.*)': /, '$1: '],
  ],
  cp: [
    [/^-r not specified; /, ''],
    [/^cannot stat '/, "can't stat '"],
    [/^cannot create regular file '/, "can't create '"],
    [/^cannot open '(.*)' for reading: /, "can't open '$1': "],
  ],
  dd: [[/^failed to open '/, "can't open '"]],
  du: [[/^cannot access '(.*)': /, '$1: ']],
  env: [[/^'(.*)': /, "can't execute '$1': "]],
  id: [[/^'(.*)': no such user$/, 'unknown user $1']],
  ln: [
    [/^failed to create (?:symbolic|hard) link '(.*?)'(?: => '.*')?: /, '$1: '],
    [/^failed to access '(.*)': /, '$1: '],
  ],
  ls: [
    [/^cannot access '(.*)': /, '$1: '],
    [/^cannot open directory '(.*)': /, "can't open '$1': "],
  ],
  mkdir: [[/^cannot create directory '/, "can't create directory '"]],
  mv: [
    [/^cannot stat '/, "can't rename '"],
    [/^cannot move '(.*?)' to '.*?': /, "can't rename '$1': "],
  ],
  readlink: [],
  rm: [
    [/^cannot remove '(.*)': Is a directory$/, "'$1' is a directory"],
    [/^cannot remove '/, "can't remove '"],
  ],
  rmdir: [[/^failed to remove (?:directory )?'/, "'"]],
  stat: [[/^cannot statx? '/, "can't stat '"]],
  sync: [[/^error opening '/, "can't open '"]],
  tail: [[/^cannot open '(.*)' for reading: /, "can't open '$1': "]],
  head: [[/^cannot open '(.*)' for reading: /, '$1: ']],
  touch: [[/^(?:cannot touch|setting times of) '(.*)': /, '$1: ']],
  truncate: [[/^cannot open '(.*)' for writing: /, '$1: open: ']],
  unlink: [[/^cannot unlink '/, "can't remove file '"]],
};

/** A message as the program's family words it. `name` is what the program is called by. */
export const wordsFor = (process: Process, name: string, message: string): string => {
  if (flavorOf(process) === 'gnu') return message;
  const plain = message.replaceAll(/[‘’]/g, "'");
  const rule = (REWORDED[name] ?? []).find(([pattern]) => pattern.test(plain));
  return rule ? plain.replace(rule[0], rule[1]) : plain;
};
