// Option values out of a list (gnulib argmatch): abbreviations count, and the complaint shows the list.

import type { Command } from './command.ts';
import type { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { tryHelp } from './usage-error.ts';

/** What an option's value may be: each row holds words that mean the same. */
export type Choices = Readonly<Record<string, readonly string[]>>;

/** The choice (a key) that `value` names or abbreviates; else complains and gives undefined. */
export const choose = async <T extends Choices>(
  out: Output,
  option: string,
  value: string,
  choices: T,
  command?: Command,
): Promise<Extract<keyof T, string> | undefined> => {
  type Key = Extract<keyof T, string>;
  const entries = Object.entries(choices) as [Key, readonly string[]][];
  const exact = entries.find(([, words]) => words.includes(value));
  if (exact) return exact[0];
  const near = entries.filter(([, words]) => words.some((word) => word.startsWith(value)));
  if (near.length === 1) return near[0]?.[0];
  const wrong = near.length > 1 ? 'ambiguous' : 'invalid';
  const { process } = out;
  await out.warn(`${wrong} argument ${quoteLocale(process, value)} for ${quoteLocale(process, option)}`);
  const rows = entries.map(
    ([, words]) => `  - ${words.map((word) => quoteLocale(process, word)).join(', ')}\n`,
  );
  await out.errorText(`Valid arguments are:\n${rows.join('')}`);
  if (command?.usageLine !== undefined) await out.errorText(`${command.usageLine}\n`);
  await tryHelp(out);
  // argmatch fails with 1 even where other usage errors have a status of their own.
  out.status = 1;
  return undefined;
};
