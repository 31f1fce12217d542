// unlink: the system call unlink(2), as a command.

import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';
import { extraOperand, missingOperand } from './usage-error.ts';

export const unlink: Command = {
  name: 'unlink',
  help: `Usage: unlink FILE
  or:  unlink OPTION
Remove the one name FILE with the unlink call.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, unlink, argv, {});
    if ('exit' in parsed) return parsed.exit;
    const [name, extra] = parsed.operands;
    if (name === undefined) return missingOperand(out, unlink, []);
    if (extra !== undefined) return extraOperand(out, unlink, extra);
    const { error } = attempt(() => process.unlink(name));
    if (error) await out.complain(`cannot unlink ${quoteAlways(process, name)}`, error);
    return out.end();
  },
};
