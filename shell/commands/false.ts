// false: do nothing, unsuccessfully.

import type { Command } from './command.ts';
import { helpAlone } from './help-alone.ts';

export const falseCommand: Command = {
  name: 'false',
  help: `Usage: false [ignored command line arguments]
  or:  false OPTION
Do nothing and fail: the exit status is 1.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    await helpAlone(process, falseCommand, argv);
    return 1;
  },
};
