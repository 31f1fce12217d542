// What a command knows of the terminal behind a descriptor.

import type { Process } from '../fs/process.ts';

/** isatty(3). */
export const isTerminal = (process: Process, fd: number): boolean => process.tty(fd) !== undefined;

/** The width to lay columns out for: COLUMNS, the terminal's, or 80. */
export const columnsOf = (process: Process, fd: number): number => {
  const set = Number(process.env.get('COLUMNS'));
  if (Number.isInteger(set) && set > 0) return set;
  return process.tty(fd)?.columns || 80;
};
