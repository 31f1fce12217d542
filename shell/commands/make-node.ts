// What mknod and mkfifo share: the mode operand, and the call with the umask set aside for it.

import type { Process } from '../fs/process.ts';
import { applyMode, parseMode } from './symbolic-mode.ts';

/** The permissions that -m asks for, or all that the umask leaves; undefined for a wrong mode. */
export const nodeMode = (
  process: Process,
  text: string | undefined,
): { mode: number; exact: boolean } | undefined => {
  if (text === undefined) return { mode: 0o666, exact: false };
  const changes = parseMode(text);
  return changes && { mode: applyMode(0o666, changes, process.umask(), false), exact: true };
};

export const makeNode = (process: Process, name: string, mode: number, exact: boolean, rdev = 0): void => {
  process.mknod(name, mode, rdev);
  if (exact) process.chmod(name, mode & 0o7777);
};
