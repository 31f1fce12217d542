// logname: the name a user logged in by.

import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { extraOperand } from './usage-error.ts';

export const logname: Command = {
  name: 'logname',
  help: `Usage: logname [OPTION]
Print the name of the user who logged in at this terminal.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, logname, argv, {});
    if ('exit' in parsed) return parsed.exit;
    const [extra] = parsed.operands;
    if (extra !== undefined) return extraOperand(out, logname, extra);
    const name = process.env.get('SUDO_USER') ?? process.env.get('LOGNAME');
    if (process.terminal !== undefined && name !== undefined) out.line(name);
    else await out.warn('no login name');
    return out.end();
  },
};
