// What runc does to start a program: its environment, and the words for what goes wrong.

import { FsError } from '../fs/errno.ts';
import type { Config } from './config.ts';
import { EngineError } from './engine-error.ts';
import type { ExecUser } from './users.ts';

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** runc's two faces: the first program of a container, and a further one. */
export const RUN_FACE =
  'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process';
export const EXEC_FACE = 'OCI runtime exec failed: exec failed: unable to start container process';

/** Docker's own variables first, then the configuration's; runc adds HOME. */
export const environmentOf = (
  config: Config,
  user: ExecUser,
  extra: readonly string[] = [],
): Map<string, string> => {
  const env = new Map([
    ['PATH', DEFAULT_PATH],
    ['HOSTNAME', config.Hostname],
    ...(config.Tty ? [['TERM', 'xterm'] as [string, string]] : []),
  ]);
  for (const pair of [...(config.Env ?? []), ...extra]) {
    const cut = pair.indexOf('=');
    if (cut < 0) env.delete(pair);
    else env.set(pair.slice(0, cut), pair.slice(cut + 1));
  }
  if (!env.has('HOME')) env.set('HOME', user.home);
  return env;
};

/** The error of a program that could not be started, in runc's words; `face` tells which of runc's two faces speaks. */
export const startError = (error: unknown, command: string, face: string): unknown => {
  if (!(error instanceof FsError)) return error;
  if (error.code === 'ENOENT' && !command.includes('/'))
    return new EngineError('exec-not-found', face, command);
  const why =
    error.code === 'ENOENT' ? `stat ${command}: no such file or directory` : error.message.toLowerCase();
  return new EngineError('exec-failed', face, command, why);
};

/** The exit code that Docker gives a program that could not be started. */
export const startErrorCode = (error: unknown): number =>
  error instanceof EngineError && error.code === 'exec-failed' && !error.message.includes('no such file')
    ? 126
    : 127;
