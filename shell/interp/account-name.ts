// The names that /etc/passwd gives to numbers.
import type { Process } from '../fs/process.ts';
import { readTextFile } from './files.ts';

/** The name of an account by its number; undefined where /etc/passwd has none. */
export function accountName(process: Process, uid: number): string | undefined {
  const lines = readTextFile(process, '/etc/passwd')?.split('\n') ?? [];
  return lines.map((line) => line.split(':')).find((fields) => fields[2] === String(uid))?.[0];
}
