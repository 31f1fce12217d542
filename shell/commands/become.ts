// Becoming another program, for those that only prepare the way for one: unshare, nsenter, setsid, taskset and their kin.

import { execProgram } from './find-program.ts';
import type { Output } from './output.ts';

/** Runs `argv` in this process; "failed to execute NAME: …" and 127 or 126 where that cannot be. */
export const become = async (out: Output, argv: readonly string[]): Promise<number> => {
  await out.flush();
  const status = await execProgram(out.process, argv);
  if (typeof status === 'number') return status;
  await out.complain(`failed to execute ${argv[0]}`, status);
  return status.code === 'ENOENT' ? 127 : 126;
};

/** The command, or without one the user's shell as a login shell. */
export const becomeOrShell = async (out: Output, argv: readonly string[]): Promise<number> => {
  if (argv.length > 0) return become(out, argv);
  const { process } = out;
  const shell = process.env.get('SHELL') || '/bin/sh';
  try {
    return await process.exec(shell, [`-${shell.split('/').at(-1) ?? 'sh'}`]);
  } catch (error) {
    await out.complain(`failed to execute ${shell}`, error);
    return 127;
  }
};
