// nproc: how many processors there are. The sandbox has two.

import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { extraOperand } from './usage-error.ts';

const PROCESSORS = 2;

export const nproc: Command = {
  name: 'nproc',
  help: `Usage: nproc [OPTION]...
Print the number of processors that this process may use.

      --all      the number of those that are there
      --ignore=N  leave N out, if that is possible
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, nproc, argv, { all: {}, ignore: { argument: 'required' } });
    if ('exit' in parsed) return parsed.exit;
    const [extra] = parsed.operands;
    if (extra !== undefined) return extraOperand(out, nproc, extra);
    const ignored = parsed.value('ignore') ?? '0';
    if (!/^\d+$/.test(ignored)) {
      await out.warn(`invalid number: ${quoteLocale(process, ignored)}`);
      return 1;
    }
    out.line(String(Math.max(1, PROCESSORS - Number(ignored))));
    return out.end();
  },
};
