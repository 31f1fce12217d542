// A failed redirection in the words of each shell.
import { isFsError } from '../fs/errno.ts';
import type { Shell } from './shell.ts';
import { ShellError } from './shell-error.ts';

/** The error to report for a file that would not open; rethrows what is no filesystem error. */
export function redirectFailure(
  shell: Shell,
  error: unknown,
  path: string,
  action: 'open' | 'create',
): ShellError {
  if (!isFsError(error)) throw error;
  const missing = error.code === 'ENOENT' || error.code === 'ENOTDIR';
  if (shell.dialect === 'bash') return new ShellError(`${path}: ${error.message}`, { scope: 'command' });
  if (shell.dialect === 'ash') {
    const reason = missing ? (action === 'open' ? 'no such file' : 'nonexistent directory') : error.message;
    return new ShellError(`can't ${action} ${path}: ${reason}`, { scope: 'command' });
  }
  const reason = missing ? (action === 'open' ? 'No such file' : 'Directory nonexistent') : error.message;
  return new ShellError(`cannot ${action} ${path}: ${reason}`, { status: 2, scope: 'command' });
}
