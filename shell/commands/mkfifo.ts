// mkfifo: make named pipes.

import { S_IFIFO } from '../fs/mode.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { makeNode, nodeMode } from './make-node.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';
import { missingOperand } from './usage-error.ts';

const options = { mode: { short: 'm', argument: 'required' }, Z: {} } as const;

export const mkfifo: Command = {
  name: 'mkfifo',
  help: `Usage: mkfifo [OPTION]... NAME...
Make named pipes (FIFOs) under the given NAMEs.

  -m, --mode=MODE   set the permissions to MODE, not a=rw - umask
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, mkfifo, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) return missingOperand(out, mkfifo, []);
    const wanted = nodeMode(process, parsed.value('mode'));
    if (!wanted) {
      await out.warn('invalid mode');
      return 1;
    }
    for (const name of parsed.operands) {
      const { error } = attempt(() => makeNode(process, name, S_IFIFO | wanted.mode, wanted.exact));
      if (error) await out.complain(`cannot create fifo ${quoteAlways(process, name)}`, error);
    }
    return out.end();
  },
};
