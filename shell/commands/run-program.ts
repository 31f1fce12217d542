// Starting another program as a child, and the wait for its end.

import { fail, isFsError } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import { shellStatus } from '../fs/signal.ts';
import { DEFAULT_PATH, findProgram } from './find-program.ts';

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
  const search = process.env.get('PATH') ?? DEFAULT_PATH;
  const path = name.includes('/') ? name : (findProgram(process, name, search) ?? fail('ENOENT', name));
  try {
    return shellStatus(await process.spawn(path, argv, options).exited);
  } catch (error) {
    // A text without #! is a script for sh.
    if (!isFsError(error, 'ENOEXEC')) throw error;
    return shellStatus(await process.spawn('/bin/sh', ['sh', path, ...argv.slice(1)], options).exited);
  }
};
