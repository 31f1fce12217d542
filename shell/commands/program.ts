// From a command to a program the kernel can run: the rim where errors nobody caught become messages.

import { isFsError, strerror } from '../fs/errno.ts';
import type { Process, Program } from '../fs/process.ts';
import type { Command } from './command.ts';
import { toBytes } from './text.ts';

/** A command as a program: an output error ends it with "NAME: write error: ..." and status 1. */
export const programOf =
  (command: Command): Program =>
  async (process, argv) => {
    try {
      return await command.run(process, argv);
    } catch (error) {
      if (!isFsError(error)) throw error;
      const subject = error.call === 'write' ? 'write error' : error.path || error.call;
      await lastWords(process, `${argv[0] ?? command.name}: ${subject}: ${strerror(error.code)}\n`);
      return command.usageStatus ?? 1;
    }
  };

/** Standard error may be what is broken: then there is nobody left to tell. */
const lastWords = async (process: Process, text: string): Promise<void> => {
  try {
    await process.write(2, toBytes(text));
  } catch (error) {
    if (!isFsError(error)) throw error;
  }
};
