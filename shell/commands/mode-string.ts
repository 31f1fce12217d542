// The ten characters of `ls -l`: file type and permissions.

import { kindOf, S_ISGID, S_ISUID, S_ISVTX } from '../fs/mode.ts';

export const TYPE_LETTERS = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  char: 'c',
  block: 'b',
  fifo: 'p',
  socket: 's',
} as const;

/** `drwxr-xr-x` for a full st_mode. */
export const modeString = (mode: number): string =>
  TYPE_LETTERS[kindOf(mode)] +
  triple(mode >> 6, (mode & S_ISUID) !== 0, 's') +
  triple(mode >> 3, (mode & S_ISGID) !== 0, 's') +
  triple(mode, (mode & S_ISVTX) !== 0, 't');

const triple = (bits: number, special: boolean, letter: 's' | 't'): string => {
  const execute = (bits & 1) !== 0;
  const last = special ? (execute ? letter : letter.toUpperCase()) : execute ? 'x' : '-';
  return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`;
};
