// Programs without options (echo, true, printf, [) know --help and --version only as their sole argument.

import type { Process } from '../fs/process.ts';
import type { Command } from './command.ts';
import { printHelp, printVersion } from './options.ts';
import { Output } from './output.ts';

/** Answers the exit status when help or version was asked for and printed. */
export const helpAlone = async (
  process: Process,
  command: Command,
  argv: readonly string[],
): Promise<number | undefined> => {
  if (argv.length !== 2) return undefined;
  if (argv[1] === '--help') return printHelp(new Output(process), command);
  if (argv[1] === '--version') return printVersion(new Output(process), command);
  return undefined;
};
