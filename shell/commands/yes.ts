// yes: print a line again and again, until killed.

import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { toBytes } from './text.ts';

export const yes: Command = {
  name: 'yes',
  help: `Usage: yes [STRING]...
  or:  yes OPTION
Print a line with all STRINGs, or y, again and again until killed.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, yes, argv, {});
    if ('exit' in parsed) return parsed.exit;
    const line = `${parsed.operands.length > 0 ? parsed.operands.join(' ') : 'y'}\n`;
    const block = toBytes(line.repeat(Math.max(1, Math.floor(8192 / line.length))));
    try {
      for (;;) {
        await process.write(1, block);
        const pause = process.breathe();
        if (pause) await pause;
      }
    } catch (error) {
      await out.complain('standard output', error);
    }
    return 1;
  },
};
