// A usage error: what is wrong, and where to read more; the exit status is the program's own.

import { appletFailure, appletUsage } from './busybox/usage.ts';
import type { Command } from './command.ts';
import { flavorOf, libcOf } from './flavor.ts';
import type { Output } from './output.ts';
import { quoteAlways, quoteLocale } from './quoting.ts';

/** "cat: invalid option -- 'x'" and "Try 'cat --help' for more information."; answers the exit status. */
export const usageError = async (out: Output, command: Command, problem: string): Promise<number> => {
  if (flavorOf(out.process) === 'busybox') {
    // An applet names a wrong option, or complains in words of its own; else it shows its whole usage.
    if (/option/.test(problem)) await out.warn(problem);
    else if (out.worded(problem) !== problem) {
      await out.warn(problem);
      return appletFailure(command.name);
    }
    await out.errorText(appletUsage(command, libcOf(out.process)));
    return appletFailure(command.name);
  }
  await out.warn(problem);
  if (command.usageShowsHelp) {
    await out.errorText(command.help);
    return command.usageStatus ?? 1;
  }
  if (command.usageLine !== undefined) await out.errorText(`${command.usageLine}\n`);
  const signature = command.signsHint ? `${out.name}: ` : '';
  const hint = command.usageHint ?? `Try '${out.name} --help' for more information.`;
  if (hint !== '') await out.errorText(`${signature}${hint}\n`);
  return command.usageStatus ?? 1;
};

/** "Try 'NAME --help' for more information.", which applets do not say. */
export const tryHelp = async (out: Output): Promise<void> => {
  if (flavorOf(out.process) === 'gnu')
    await out.errorText(`Try '${out.name} --help' for more information.\n`);
};

/** The complaint about too few operands: nothing at all, or nothing after the last one. */
export const missingOperand = (
  out: Output,
  command: Command,
  operands: readonly string[],
  what = 'operand',
): Promise<number> => {
  const last = operands.at(-1);
  // Names of files have quotes of another kind than other words.
  const quote = what.includes('file') ? quoteAlways : quoteLocale;
  const problem =
    last === undefined ? `missing ${what}` : `missing ${what} after ${quote(out.process, last)}`;
  return usageError(out, command, problem);
};

/** The complaint about one operand too many. */
export const extraOperand = (out: Output, command: Command, operand: string): Promise<number> =>
  usageError(out, command, `extra operand ${quoteLocale(out.process, operand)}`);
