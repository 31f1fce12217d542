// link: the system call link(2), as a command.

import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';
import { extraOperand, missingOperand } from './usage-error.ts';

export const link: Command = {
  name: 'link',
  help: `Usage: link FILE1 FILE2
  or:  link OPTION
Make FILE2 a second name of FILE1 with the link call.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, link, argv, {});
    if ('exit' in parsed) return parsed.exit;
    const { operands } = parsed;
    const [from, to, extra] = operands;
    if (from === undefined || to === undefined) return missingOperand(out, link, operands);
    if (extra !== undefined) return extraOperand(out, link, extra);
    const { error } = attempt(() => process.link(from, to));
    const [a, b] = [quoteAlways(process, from), quoteAlways(process, to)];
    if (error) await out.complain(`cannot create link ${b} to ${a}`, error);
    return out.end();
  },
};
