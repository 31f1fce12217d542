// A file for a program's output, made or emptied.

import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import { flavorOf } from './flavor.ts';

/** GNU's way is to open first and to cut afterwards (sort, split); an applet has it done by open(2). Throws FsError. */
export const openEmpty = (process: Process, name: string): number => {
  if (flavorOf(process) === 'busybox') return process.open(name, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
  const fd = process.open(name, O.WRONLY | O.CREAT, 0o666);
  // A device cannot be cut, and need not be.
  const { error } = attempt(() => process.ftruncate(fd, 0));
  if (error && process.fstat(fd).kind === 'file') throw error;
  return fd;
};
