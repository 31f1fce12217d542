// tty: the name of the terminal on standard input.

import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { extraOperand } from './usage-error.ts';

export const tty: Command = {
  name: 'tty',
  usageStatus: 2,
  help: `Usage: tty [OPTION]...
Print the file name of the terminal on standard input.

  -s, --silent, --quiet   print nothing: the exit status says it
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, tty, argv, { silent: { short: 's', alias: ['quiet'] } });
    if ('exit' in parsed) return parsed.exit;
    const [extra] = parsed.operands;
    if (extra !== undefined) return extraOperand(out, tty, extra);
    const name = process.tty(0)?.name;
    if (!parsed.has('silent')) out.line(name ?? 'not a tty');
    await out.flush();
    return name === undefined ? 1 : 0;
  },
};
