// nologin: the shell of accounts that nobody may use.

import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

export const nologin: Command = {
  name: 'nologin',
  help: `Usage: nologin [OPTION]
Refuse a login, politely.

  -c, --command=COMMAND   is not run
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, nologin, argv, { command: { short: 'c', argument: 'required' } });
    if ('exit' in parsed) return parsed.exit;
    out.line('This account is currently not available.');
    await out.flush();
    return 1;
  },
};
