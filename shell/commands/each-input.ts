// The loop of every filter: each operand in turn, `-` or no operand meaning standard input.

import { closeInput, openInput } from './input.ts';
import type { Output } from './output.ts';
import { quoteIfNeeded } from './quoting.ts';

export interface InputRules {
  /** How the complaint about a file that cannot be opened begins; `NAME: ` by default. */
  readonly opening?: (shown: string) => string;
  /** The same for one that cannot be read, a directory for instance. */
  readonly reading?: (shown: string) => string;
}

/** Runs `use` for each input; a failed call on one is complained about, and the next one follows. */
export const eachInput = async (
  out: Output,
  names: readonly string[],
  use: (fd: number, name: string) => Promise<void>,
  rules: InputRules = {},
): Promise<void> => {
  const { process } = out;
  for (const name of names.length > 0 ? names : ['-']) {
    const shown = quoteIfNeeded(process, name);
    let fd: number | undefined;
    try {
      fd = openInput(process, name);
      await use(fd, name);
    } catch (error) {
      const describe = fd === undefined ? rules.opening : rules.reading;
      await out.complain(describe === undefined ? shown : describe(shown), error);
    }
    if (fd !== undefined) closeInput(process, fd);
  }
};
