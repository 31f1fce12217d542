// Starting another program: the search along PATH, and the wait for its end (execvp(3)).

import { fail, isFsError } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import { shellStatus } from '../fs/signal.ts';

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The file that `name` runs: itself when it has a slash, else the first executable one on PATH. */
export const findProgram = (process: Process, name: string): string | undefined => {
  if (name.includes('/')) return name;
  for (const directory of (process.env.get('PATH') ?? DEFAULT_PATH).split(':')) {
    const path = `${directory === '' ? '.' : directory}/${name}`;
    const stat = process.tryStat(path);
    if (stat?.kind === 'file' && (stat.mode & 0o111) !== 0) return path;
  }
  return undefined;
};

export interface RunOptions {
  readonly cwd?: string;
  /** Child descriptor → ours; all are inherited by default. */
  readonly fds?: Record<number, number>;
}

/** Runs a program and gives its status. Throws FsError when it cannot be started. */
export const runProgram = async (
  process: Process,
  argv: readonly string[],
  options: RunOptions = {},
): Promise<number> => {
  const [name = ''] = argv;
  const path = findProgram(process, name) ?? fail('ENOENT', name);
  try {
    return shellStatus(await process.spawn(path, argv, options).exited);
  } catch (error) {
    // A text without #! is a script for sh.
    if (!isFsError(error, 'ENOEXEC')) throw error;
    return shellStatus(await process.spawn('/bin/sh', ['sh', path, ...argv.slice(1)], options).exited);
  }
};
