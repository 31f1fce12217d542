// nice: run a program at another priority. Here all have the same: it is only run.

import type { Command } from './command.ts';
import { execProgram } from './find-program.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';

export const nice: Command = {
  name: 'nice',
  usageStatus: 125,
  help: `Usage: nice [OPTION] [COMMAND [ARG]...]
Run COMMAND with another niceness, or print the current one: always 0 here, where
all processes have the same priority.

  -n, --adjustment=N   accepted
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const rules = { stopAtOperand: true };
    const parsed = await parseOptions(
      out,
      nice,
      argv,
      { adjustment: { short: 'n', argument: 'required' } },
      rules,
    );
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) {
      out.line('0');
      return out.end();
    }
    const status = await execProgram(process, parsed.operands);
    if (typeof status === 'number') return status;
    await out.complain(quoteLocale(process, parsed.operands[0] as string), status);
    return status.code === 'ENOENT' ? 127 : 126;
  },
};
