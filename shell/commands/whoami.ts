// whoami: the name of the user who runs it.

import { Accounts } from './accounts.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { extraOperand } from './usage-error.ts';

export const whoami: Command = {
  name: 'whoami',
  help: `Usage: whoami [OPTION]...
Print the name of the user this process runs as: the same as id -un.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, whoami, argv, {});
    if ('exit' in parsed) return parsed.exit;
    const [extra] = parsed.operands;
    if (extra !== undefined) return extraOperand(out, whoami, extra);
    const user = new Accounts(process).userOf(process.cred.uid);
    if (user) out.line(user.name);
    else await out.warn(`cannot find name for user ID ${process.cred.uid}`);
    return out.end();
  },
};
