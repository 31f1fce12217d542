// true: do nothing, successfully.

import type { Command } from './command.ts';
import { helpAlone } from './help-alone.ts';

export const trueCommand: Command = {
  name: 'true',
  help: `Usage: true [ignored command line arguments]
  or:  true OPTION
Do nothing and succeed: the exit status is 0.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => (await helpAlone(process, trueCommand, argv)) ?? 0,
};
