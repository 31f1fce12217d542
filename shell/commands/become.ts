// Becoming another program, for those that only prepare the way for one: unshare, nsenter, setsid, taskset and their kin.

import type { FsError } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import { execProgram } from './find-program.ts';
import type { Output } from './output.ts';

/** "failed to execute NAME: ..."; the exit status is 127 for what is not there, else 126. */
export const notExecuted = async (out: Output, name: string, error: FsError): Promise<number> => {
  await out.complain(`failed to execute ${name}`, error);
  return error.code === 'ENOENT' ? 127 : 126;
};

/** Runs `argv` in this process. */
export const become = async (out: Output, argv: readonly string[]): Promise<number> => {
  await out.flush();
  const status = await execProgram(out.process, argv);
  return typeof status === 'number' ? status : notExecuted(out, argv[0] ?? '', status);
};

/** The user's shell, and what makes it a login shell. */
export const loginShell = ({ env }: Process): { readonly path: string; readonly argv: readonly string[] } => {
  const path = env.get('SHELL') || '/bin/sh';
  return { path, argv: [`-${path.split('/').at(-1) ?? 'sh'}`] };
};

/** The command, or without one the user's shell as a login shell. */
export const becomeOrShell = async (out: Output, argv: readonly string[]): Promise<number> => {
  if (argv.length > 0) return become(out, argv);
  const { process } = out;
  const shell = loginShell(process);
  const { value: status, error } = attempt(() => process.exec(shell.path, shell.argv));
  return error ? notExecuted(out, shell.path, error) : status;
};
