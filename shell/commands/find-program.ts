// Finding and starting programs as execvp(3) does: for env, sudo, su, which, nice and their like.

import { X_OK } from '../fs/credentials.ts';
import { FsError } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';

export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const isExecutable = (process: Process, path: string): boolean =>
  process.tryStat(path)?.kind === 'file' && !attempt(() => process.access(path, X_OK)).error;

/** All executables of that name along `path`, in its order; a name with a slash is its own path. */
export const programsNamed = (process: Process, name: string, path: string): string[] => {
  if (name.includes('/')) return isExecutable(process, name) ? [name] : [];
  return path
    .split(':')
    .map((dir) => (dir === '' ? `./${name}` : `${dir}/${name}`))
    .filter((candidate) => isExecutable(process, candidate));
};

/** The first of them. */
export const findProgram = (process: Process, name: string, path: string): string | undefined =>
  programsNamed(process, name, path)[0];

/** Runs `argv` in this very process; text without '#!' is a shell script. The error says why nothing ran. */
export const execProgram = async (process: Process, argv: readonly string[]): Promise<number | FsError> => {
  const name = argv[0] ?? '';
  const found = findProgram(process, name, process.env.get('PATH') ?? DEFAULT_PATH);
  if (found === undefined && !name.includes('/')) return new FsError('ENOENT', 'execve', name);
  const path = found ?? name;
  const started = attempt(() => process.exec(path, argv));
  if (!started.error) return started.value;
  if (started.error.code === 'ENOEXEC') return process.exec('/bin/sh', ['/bin/sh', path, ...argv.slice(1)]);
  return started.error;
};
